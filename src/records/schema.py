"""The tables as this version knows them. migrations/ makes them; a test compares the two.

The same tables must run on PostgreSQL: no type of one database alone. Keys are UUIDs as text, made by the console,
so that rows of several consoles can be brought together. Times are whole microseconds since 1970-01-01 UTC: exact,
ordered alike in every database, and free of time zones.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKeyConstraint,
    Index,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    UniqueConstraint,
)

from ._text import AnyText

HEAD = "0003"
"""The newest migration; with it on the database nothing is left to upgrade."""

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
    }
)

# One row; not Alembic's default name, so that a foreign database with migrations of its own is told apart.
schema_version = Table(
    "gwanje_schema",
    MetaData(),
    Column("version_num", String(32), nullable=False),
)


def _centre() -> Column[str]:
    """First in every key, so that a database which many centres share can be spread over machines by it."""
    return Column("centre", String(64), nullable=False)


# What is known of a centre's records as a whole: console_id, audit_last_seq, audit_closed_up_to, checkpoint_keys.
installation = Table(
    "installation",
    metadata,
    _centre(),
    Column("key", String(64), nullable=False),
    Column("value", AnyText, nullable=False),
    PrimaryKeyConstraint("centre", "key"),
)

# Append-only: triggers or the role refuse UPDATE and DELETE. A camera is named, not referred to: its rows outlive it.
# seq is the place in its centre's records, number the place in its console's chain, hash ties it to the row before.
audit = Table(
    "audit",
    metadata,
    _centre(),
    Column("seq", BigInteger, nullable=False),
    Column("id", String(36), nullable=False),
    Column("action_id", String(36), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("console", AnyText, nullable=False),
    Column("seat", AnyText, nullable=False),
    Column("operator", AnyText, nullable=False),
    Column("action", AnyText, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("camera", AnyText, nullable=False),
    Column("details", AnyText, nullable=False),
    Column("reason", AnyText, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("hash", String(64), nullable=False),
    PrimaryKeyConstraint("centre", "seq"),
    UniqueConstraint("centre", "id", name="uq_audit_id"),
    UniqueConstraint("centre", "console", "number", name="uq_audit_console"),
    Index("ix_audit_action_id", "centre", "action_id"),
)

# Where each console's chain ends: what tells that rows are missing at the end. On SQLite triggers let it only grow.
audit_heads = Table(
    "audit_heads",
    metadata,
    _centre(),
    Column("console", AnyText, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("hash", String(64), nullable=False),
    PrimaryKeyConstraint("centre", "console"),
)

departments = Table(
    "departments",
    metadata,
    _centre(),
    Column("id", AnyText, nullable=False),
    Column("name", AnyText, nullable=False),
    PrimaryKeyConstraint("centre", "id"),
)

sites = Table(
    "sites",
    metadata,
    _centre(),
    Column("id", AnyText, nullable=False),
    Column("name", AnyText, nullable=False),
    Column("department_id", AnyText, nullable=False),
    Column("latitude", Double),
    Column("longitude", Double),
    Column("address", AnyText, nullable=False),
    PrimaryKeyConstraint("centre", "id"),
    ForeignKeyConstraint(
        ["centre", "department_id"], ["departments.centre", "departments.id"], name="fk_sites_department_id"
    ),
    Index("ix_sites_department_id", "centre", "department_id"),
)

cameras = Table(
    "cameras",
    metadata,
    _centre(),
    Column("id", AnyText, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("name", AnyText, nullable=False),
    Column("site_id", AnyText, nullable=False),
    Column("purpose", AnyText, nullable=False),
    Column("latitude", Double),
    Column("longitude", Double),
    Column("main_uri", AnyText, nullable=False),
    Column("sub_uri", AnyText, nullable=False),
    Column("device_address", AnyText, nullable=False),
    Column("main_profile", AnyText, nullable=False),
    Column("sub_profile", AnyText, nullable=False),
    Column("user", AnyText, nullable=False),
    Column("ptz", Boolean, nullable=False),
    Column("bearing", Double),
    PrimaryKeyConstraint("centre", "id"),
    UniqueConstraint("centre", "number", name="uq_cameras_number"),
    ForeignKeyConstraint(["centre", "site_id"], ["sites.centre", "sites.id"], name="fk_cameras_site_id"),
    Index("ix_cameras_site_id", "centre", "site_id"),
)

operators = Table(
    "operators",
    metadata,
    _centre(),
    Column("id", String(36), nullable=False),
    Column("name", AnyText, nullable=False),
    Column("name_key", AnyText, nullable=False),
    Column("password_hash", String(255), nullable=False),
    PrimaryKeyConstraint("centre", "id"),
    UniqueConstraint("centre", "name_key", name="uq_operators_name_key"),
)

operator_roles = Table(
    "operator_roles",
    metadata,
    _centre(),
    Column("operator_id", String(36), nullable=False),
    Column("role", String(32), nullable=False),
    PrimaryKeyConstraint("centre", "operator_id", "role"),
    ForeignKeyConstraint(
        ["centre", "operator_id"], ["operators.centre", "operators.id"], name="fk_operator_roles_operator_id"
    ),
)

settings = Table(
    "settings",
    metadata,
    _centre(),
    Column("scope", AnyText, nullable=False),
    Column("key", AnyText, nullable=False),
    Column("value", AnyText, nullable=False),
    PrimaryKeyConstraint("centre", "scope", "key"),
)
