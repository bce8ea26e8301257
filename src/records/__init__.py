"""The records room: the database of a console, and the store of the camera passwords that never go into it.

The imports happen inside the functions: SQLAlchemy and keyring take longer to load than a window takes to appear,
and the database lane can load them while the window is drawn.
"""

from pathlib import Path

from ..domain.ports import Records, SecretStore

__all__ = ["database_url", "open_records", "open_secret_store", "open_shared"]


def database_url(profile_dir: Path) -> str:
    """The URL of the database that lies in a profile folder when no other is asked for."""
    from .store import database_url

    return database_url(profile_dir)


def open_records(url: str) -> Records:
    """Open the database at `url` (sqlite:///path), making the file and bringing the schema up to date where needed.

    Raises RecordsError, and leaves the file as it was, when it is not a database, belongs to another program, was
    written by a newer version, or cannot be reached.
    """
    from .store import open_records

    return open_records(url)


def open_shared(url: str, secrets: SecretStore | None = None) -> Records:
    """Open the records of one centre on a PostgreSQL server, bringing the schema up to date where needed.

    `url` is postgresql://user@host/database?centre=CODE, with libpq's further parameters; a server that is not this
    machine has to prove its name (sslmode=verify-full). The password comes from `secrets`, else from libpq's own
    places (PGPASSFILE); it is never in the URL. Raises RecordsError.
    """
    from .store import open_shared

    return open_shared(url, secrets)


def open_secret_store(profile_dir: Path) -> SecretStore:
    """The system keyring where it works, else an encrypted file in the profile folder; see secrets.py for the rules."""
    from .secrets import open_secret_store

    return open_secret_store(profile_dir)
