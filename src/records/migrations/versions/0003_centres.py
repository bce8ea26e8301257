"""The code of the centre is the first part of every key: many centres may share one database. Ours so far is ""."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_REFUSE_ON_SQLITE = (
    "CREATE TRIGGER audit_is_never_updated BEFORE UPDATE ON audit "
    "BEGIN SELECT RAISE(ABORT, 'audit rows are append-only'); END",
    "CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit "
    "BEGIN SELECT RAISE(ABORT, 'audit rows are append-only'); END",
    # INSERT OR REPLACE deletes the old row without a DELETE trigger.
    "CREATE TRIGGER audit_is_never_replaced BEFORE INSERT ON audit "
    "WHEN EXISTS (SELECT 1 FROM audit WHERE centre = NEW.centre AND id = NEW.id) "
    "OR EXISTS (SELECT 1 FROM audit WHERE centre = NEW.centre AND seq = NEW.seq) "
    "OR EXISTS (SELECT 1 FROM audit WHERE centre = NEW.centre AND console = NEW.console AND number = NEW.number) "
    "BEGIN SELECT RAISE(ABORT, 'audit rows are append-only'); END",
    "CREATE TRIGGER audit_heads_only_grow BEFORE UPDATE ON audit_heads "
    "WHEN NEW.centre <> OLD.centre OR NEW.console <> OLD.console OR NEW.number <= OLD.number "
    "BEGIN SELECT RAISE(ABORT, 'audit heads only grow'); END",
    "CREATE TRIGGER audit_heads_are_never_deleted BEFORE DELETE ON audit_heads "
    "BEGIN SELECT RAISE(ABORT, 'audit heads only grow'); END",
)


def _text(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _tables() -> list[tuple[str, list[sa.schema.SchemaItem]]]:
    """In an order in which what is referred to comes first; without the centre."""
    return [
        (
            "installation",
            [sa.Column("key", sa.String(64), nullable=False), *_text("value"), _key("installation", "key")],
        ),
        (
            "audit",
            [
                sa.Column("seq", sa.BigInteger, nullable=False),
                sa.Column("id", sa.String(36), nullable=False),
                sa.Column("action_id", sa.String(36), nullable=False),
                sa.Column("at", sa.BigInteger, nullable=False),
                *_text("console", "seat", "operator", "action"),
                sa.Column("outcome", sa.String(16), nullable=False),
                *_text("camera", "details", "reason"),
                sa.Column("number", sa.BigInteger, nullable=False),
                sa.Column("hash", sa.String(64), nullable=False),
                _key("audit", "seq"),
                sa.UniqueConstraint("centre", "id", name="uq_audit_id"),
                sa.UniqueConstraint("centre", "console", "number", name="uq_audit_console"),
            ],
        ),
        (
            "audit_heads",
            [
                *_text("console"),
                sa.Column("number", sa.BigInteger, nullable=False),
                sa.Column("hash", sa.String(64), nullable=False),
                _key("audit_heads", "console"),
            ],
        ),
        ("departments", [*_text("id", "name"), _key("departments", "id")]),
        (
            "sites",
            [
                *_text("id", "name", "department_id"),
                sa.Column("latitude", sa.Double),
                sa.Column("longitude", sa.Double),
                *_text("address"),
                _key("sites", "id"),
                _reference("sites", "department_id", "departments"),
            ],
        ),
        (
            "cameras",
            [
                *_text("id"),
                sa.Column("number", sa.BigInteger, nullable=False),
                *_text("name", "site_id", "purpose"),
                sa.Column("latitude", sa.Double),
                sa.Column("longitude", sa.Double),
                *_text("main_uri", "sub_uri", "device_address", "main_profile", "sub_profile", "user"),
                sa.Column("ptz", sa.Boolean, nullable=False),
                sa.Column("bearing", sa.Double),
                _key("cameras", "id"),
                sa.UniqueConstraint("centre", "number", name="uq_cameras_number"),
                _reference("cameras", "site_id", "sites"),
            ],
        ),
        (
            "operators",
            [
                sa.Column("id", sa.String(36), nullable=False),
                *_text("name", "name_key"),
                sa.Column("password_hash", sa.String(255), nullable=False),
                _key("operators", "id"),
                sa.UniqueConstraint("centre", "name_key", name="uq_operators_name_key"),
            ],
        ),
        (
            "operator_roles",
            [
                sa.Column("operator_id", sa.String(36), nullable=False),
                sa.Column("role", sa.String(32), nullable=False),
                _key("operator_roles", "operator_id", "role"),
                _reference("operator_roles", "operator_id", "operators"),
            ],
        ),
        ("settings", [*_text("scope", "key", "value"), _key("settings", "scope", "key")]),
    ]


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("centre", *columns, name=f"pk_{table}")


def _reference(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["centre", column], [f"{to}.centre", f"{to}.id"], name=f"fk_{table}_{column}")


def upgrade() -> None:
    tables = _tables()
    # Made anew, with the names that they had: no database adds a column in front of a primary key.
    for name, _ in reversed(tables):
        op.execute(f"CREATE TABLE {name}_0002 AS SELECT * FROM {name}")  # noqa: S608 - names of ours
        op.drop_table(name)
    for name, parts in tables:
        op.create_table(name, sa.Column("centre", sa.String(64), nullable=False), *parts)
        columns = ", ".join(f'"{part.name}"' for part in parts if isinstance(part, sa.Column))
        op.execute(f"INSERT INTO {name} (centre, {columns}) SELECT '', {columns} FROM {name}_0002")  # noqa: S608
        op.drop_table(f"{name}_0002")
    op.create_index("ix_audit_action_id", "audit", ["centre", "action_id"])
    op.create_index("ix_sites_department_id", "sites", ["centre", "department_id"])
    op.create_index("ix_cameras_site_id", "cameras", ["centre", "site_id"])
    if op.get_bind().dialect.name == "sqlite":
        for trigger in _REFUSE_ON_SQLITE:
            op.execute(trigger)
