"""Which schema a database has, and the way to this version's."""

import logging
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection, inspect, select

from ..domain.errors import RecordsError
from ._database import Database
from .schema import HEAD, metadata, schema_version

_log = logging.getLogger(__name__)

_FOLDER = Path(__file__).with_name("migrations")


def upgrade(database: Database) -> None:
    """Bring the schema to HEAD in one transaction: wholly or not at all.

    Raises RecordsError, having written nothing, when the database is newer than this program or is not ours.
    """

    def run(connection: Connection) -> None:
        if connection.dialect.name == "postgresql":  # elsewhere the write lock of the file does it
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(5215077)")
        version = version_of(connection, database.place)
        if version != HEAD:  # another process may have been quicker
            _run_steps(connection, version, database.place)

    database.write(run, lock=False)


def version_of(connection: Connection, place: str) -> str | None:
    """The newest step that was run, None for an empty database. Raises RecordsError when it is not ours."""
    tables = inspect(connection).get_table_names()
    if not tables:
        return None
    if schema_version.name not in tables:
        raise RecordsError(
            "this is the database of another program", place=place, cure="give another file, or move this one away"
        )
    versions: Sequence[str] = connection.execute(select(schema_version.c.version_num)).scalars().all()
    if len(versions) != 1:
        raise RecordsError("the database does not say which schema it has", place=place, cure="put back a backup")
    return versions[0]


def refuse_newer(version: str | None, place: str) -> None:
    """Raises RecordsError for a schema that this program does not know."""
    if version is not None and version not in _known():
        raise RecordsError(
            f"the database was written by a newer version of gwanje (schema {version}, this one knows {HEAD})",
            place=place,
            cure="install that version, or give another database",
        )


def _known() -> set[str]:
    from alembic.script import ScriptDirectory

    return {step.revision for step in ScriptDirectory(str(_FOLDER)).walk_revisions()}


def _run_steps(connection: Connection, version: str | None, place: str) -> None:
    # Only a database that has to be upgraded pays for loading Alembic.
    from alembic import command
    from alembic.config import Config

    refuse_newer(version, place)
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes.update(connection=connection, metadata=metadata, version_table=schema_version.name)
    _log.info("upgrading the database from %s to %s", version or "nothing", HEAD)
    command.upgrade(config, HEAD)
