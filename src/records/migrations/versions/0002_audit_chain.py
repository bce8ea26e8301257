"""Audit rows are chained: each has its number in its console's chain and the hash over it and the row before.

The rows that are there are chained in the order in which they were written.
"""

import sqlalchemy as sa
from alembic import op

from gwanje.records._chain import Head, row_hash

revision = "0002"
down_revision = "0001"

_REFUSE_ON_SQLITE = (
    "CREATE TRIGGER audit_is_never_updated BEFORE UPDATE ON audit "
    "BEGIN SELECT RAISE(ABORT, 'audit rows are append-only'); END",
    "CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit "
    "BEGIN SELECT RAISE(ABORT, 'audit rows are append-only'); END",
    # INSERT OR REPLACE deletes the old row without a DELETE trigger.
    "CREATE TRIGGER audit_is_never_replaced BEFORE INSERT ON audit "
    "WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id OR seq = NEW.seq) "
    "OR EXISTS (SELECT 1 FROM audit WHERE console = NEW.console AND number = NEW.number) "
    "BEGIN SELECT RAISE(ABORT, 'audit rows are append-only'); END",
    "CREATE TRIGGER audit_heads_only_grow BEFORE UPDATE ON audit_heads "
    "WHEN NEW.console <> OLD.console OR NEW.number <= OLD.number "
    "BEGIN SELECT RAISE(ABORT, 'audit heads only grow'); END",
    "CREATE TRIGGER audit_heads_are_never_deleted BEFORE DELETE ON audit_heads "
    "BEGIN SELECT RAISE(ABORT, 'audit heads only grow'); END",
)

_AT_ONCE = 1000


def _columns(*, chained: bool) -> list[sa.Column]:
    columns = [
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("action_id", sa.String(36), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("console", sa.Text, nullable=False),
        sa.Column("seat", sa.Text, nullable=False),
        sa.Column("operator", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("camera", sa.Text, nullable=False),
        sa.Column("details", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    ]
    return columns if chained else columns[:-2]


def upgrade() -> None:
    op.create_table(
        "audit_heads",
        sa.Column("console", sa.Text, nullable=False),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("console", name="pk_audit_heads"),
    )
    # Made anew: SQLite adds no column without a default, and the new one is named like the old one.
    op.execute("CREATE TABLE audit_0001 AS SELECT * FROM audit")
    op.drop_table("audit")
    op.create_table(
        "audit",
        *_columns(chained=True),
        sa.PrimaryKeyConstraint("seq", name="pk_audit"),
        sa.UniqueConstraint("id", name="uq_audit_id"),
        sa.UniqueConstraint("console", "number", name="uq_audit_console"),
    )
    op.create_index("ix_audit_action_id", "audit", ["action_id"])
    _chain_what_is_there(op.get_bind())
    op.drop_table("audit_0001")
    if op.get_bind().dialect.name == "sqlite":
        for trigger in _REFUSE_ON_SQLITE:
            op.execute(trigger)


def _chain_what_is_there(connection: sa.Connection) -> None:
    old = sa.Table("audit_0001", sa.MetaData(), *_columns(chained=False))
    new = sa.Table("audit", sa.MetaData(), *_columns(chained=True))
    heads: dict[str, Head] = {}
    seq = 0
    while (
        rows := connection.execute(sa.select(old).where(old.c.seq > seq).order_by(old.c.seq).limit(_AT_ONCE))
        .mappings()
        .all()
    ):
        chained = []
        for row in rows:
            before = heads.get(row["console"], Head())
            head = Head(before.number + 1, row_hash(before.hash, before.number + 1, row))
            heads[row["console"]] = head
            chained.append({**row, "number": head.number, "hash": head.hash})
        connection.execute(sa.insert(new), chained)
        seq = rows[-1]["seq"]
    table = sa.table("audit_heads", sa.column("console"), sa.column("number"), sa.column("hash"))
    for console, head in heads.items():
        connection.execute(sa.insert(table).values(console=console, number=head.number, hash=head.hash))
    installation = sa.table("installation", sa.column("key"), sa.column("value"))
    connection.execute(sa.insert(installation).values(key="audit_last_seq", value=str(seq)))
