"""The records room: the database of a console, and the store of the camera passwords that never go into it.

The imports happen inside the functions: SQLAlchemy and keyring take longer to load than a window takes to appear,
and the database lane can load them while the window is drawn.
"""

from pathlib import Path

from ..domain.ports import Records, SecretStore

__all__ = ["database_url", "open_records", "open_secret_store"]


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


def open_secret_store(profile_dir: Path) -> SecretStore:
    """The system keyring where it works, else an encrypted file in the profile folder; see secrets.py for the rules."""
    from .secrets import open_secret_store

    return open_secret_store(profile_dir)
