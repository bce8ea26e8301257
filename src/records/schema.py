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
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    UniqueConstraint,
)

from ._text import AnyText

HEAD = "0002"
"""The newest migration; with it on the database nothing is left to upgrade."""

CONSOLE_ID = "console_id"
"""The key in `installation` of the identity under which this console writes."""

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

# What is known of this database as a whole: console_id, audit_last_seq, audit_closed_up_to.
installation = Table(
    "installation",
    metadata,
    Column("key", String(64), nullable=False),
    Column("value", AnyText, nullable=False),
    PrimaryKeyConstraint("key"),
)

# Append-only: triggers refuse UPDATE and DELETE. A camera is named, not referred to: its rows outlive it.
# seq is the place in this database, number the place in its console's chain, hash what ties it to the row before.
audit = Table(
    "audit",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), autoincrement=False, nullable=False),
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
    PrimaryKeyConstraint("seq"),
    UniqueConstraint("id"),
    UniqueConstraint("console", "number"),
    Index("ix_audit_action_id", "action_id"),
)

# Where each console's chain ends: what tells that rows are missing at the end. Triggers let it only grow.
audit_heads = Table(
    "audit_heads",
    metadata,
    Column("console", AnyText, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("hash", String(64), nullable=False),
    PrimaryKeyConstraint("console"),
)

departments = Table(
    "departments",
    metadata,
    Column("id", AnyText, nullable=False),
    Column("name", AnyText, nullable=False),
    PrimaryKeyConstraint("id"),
)

sites = Table(
    "sites",
    metadata,
    Column("id", AnyText, nullable=False),
    Column("name", AnyText, nullable=False),
    Column("department_id", AnyText, ForeignKey("departments.id"), nullable=False),
    Column("latitude", Double),
    Column("longitude", Double),
    Column("address", AnyText, nullable=False),
    PrimaryKeyConstraint("id"),
    Index("ix_sites_department_id", "department_id"),
)

cameras = Table(
    "cameras",
    metadata,
    Column("id", AnyText, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("name", AnyText, nullable=False),
    Column("site_id", AnyText, ForeignKey("sites.id"), nullable=False),
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
    PrimaryKeyConstraint("id"),
    UniqueConstraint("number"),
    Index("ix_cameras_site_id", "site_id"),
)

operators = Table(
    "operators",
    metadata,
    Column("id", String(36), nullable=False),
    Column("name", AnyText, nullable=False),
    Column("name_key", AnyText, nullable=False),
    Column("password_hash", String(255), nullable=False),
    PrimaryKeyConstraint("id"),
    UniqueConstraint("name_key"),
)

operator_roles = Table(
    "operator_roles",
    metadata,
    Column("operator_id", String(36), ForeignKey("operators.id"), nullable=False),
    Column("role", String(32), nullable=False),
    PrimaryKeyConstraint("operator_id", "role"),
)

settings = Table(
    "settings",
    metadata,
    Column("scope", AnyText, nullable=False),
    Column("key", AnyText, nullable=False),
    Column("value", AnyText, nullable=False),
    PrimaryKeyConstraint("scope", "key"),
)
