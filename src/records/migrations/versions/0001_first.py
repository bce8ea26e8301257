"""The first schema: audit rows, the directory of cameras, operators, settings."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# Guards against mistakes of programs, not against someone who owns the file: that is the audit chain's work.
_REFUSE_ON_SQLITE = (
    "CREATE TRIGGER audit_is_never_updated BEFORE UPDATE ON audit "
    "BEGIN SELECT RAISE(ABORT, 'audit rows are append-only'); END",
    "CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit "
    "BEGIN SELECT RAISE(ABORT, 'audit rows are append-only'); END",
    # INSERT OR REPLACE deletes the old row without a DELETE trigger.
    "CREATE TRIGGER audit_is_never_replaced BEFORE INSERT ON audit "
    "WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id OR seq = NEW.seq) "
    "BEGIN SELECT RAISE(ABORT, 'audit rows are append-only'); END",
)


def upgrade() -> None:
    op.create_table(
        "installation",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_installation"),
    )
    op.create_table(
        "audit",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), autoincrement=True, nullable=False),
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
        sa.PrimaryKeyConstraint("seq", name="pk_audit"),
        sa.UniqueConstraint("id", name="uq_audit_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_action_id", "audit", ["action_id"])
    if op.get_bind().dialect.name == "sqlite":
        for trigger in _REFUSE_ON_SQLITE:
            op.execute(trigger)
    op.create_table(
        "departments",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_departments"),
    )
    op.create_table(
        "sites",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("department_id", sa.Text, nullable=False),
        sa.Column("latitude", sa.Double),
        sa.Column("longitude", sa.Double),
        sa.Column("address", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sites"),
        sa.ForeignKeyConstraint(["department_id"], ["departments.id"], name="fk_sites_department_id"),
    )
    op.create_index("ix_sites_department_id", "sites", ["department_id"])
    op.create_table(
        "cameras",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("site_id", sa.Text, nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("latitude", sa.Double),
        sa.Column("longitude", sa.Double),
        sa.Column("main_uri", sa.Text, nullable=False),
        sa.Column("sub_uri", sa.Text, nullable=False),
        sa.Column("device_address", sa.Text, nullable=False),
        sa.Column("main_profile", sa.Text, nullable=False),
        sa.Column("sub_profile", sa.Text, nullable=False),
        sa.Column("user", sa.Text, nullable=False),
        sa.Column("ptz", sa.Boolean, nullable=False),
        sa.Column("bearing", sa.Double),
        sa.PrimaryKeyConstraint("id", name="pk_cameras"),
        sa.UniqueConstraint("number", name="uq_cameras_number"),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_cameras_site_id"),
    )
    op.create_index("ix_cameras_site_id", "cameras", ["site_id"])
    op.create_table(
        "operators",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("name_key", sa.Text, nullable=False),
        sa.Column("password_hash", sa.String(255), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_operators"),
        sa.UniqueConstraint("name_key", name="uq_operators_name_key"),
    )
    op.create_table(
        "operator_roles",
        sa.Column("operator_id", sa.String(36), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("operator_id", "role", name="pk_operator_roles"),
        sa.ForeignKeyConstraint(["operator_id"], ["operators.id"], name="fk_operator_roles_operator_id"),
    )
    op.create_table(
        "settings",
        sa.Column("scope", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("scope", "key", name="pk_settings"),
    )
