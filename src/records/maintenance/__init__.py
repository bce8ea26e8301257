"""Looking after the records: checked, signed, copied, put back. For the command line; every call blocks.

Every call raises GwanjeError (RecordsError where it is about the database). The imports happen inside the functions,
as in the room's own front door.
"""

from collections.abc import Sequence
from pathlib import Path

from ...domain.audit import AuditCheck
from ...domain.ports import Records, SecretStore

__all__ = [
    "backup_records",
    "bench_records",
    "keep_password",
    "open_any",
    "restore_records",
    "upgrade_records",
    "verify_records",
    "write_checkpoint",
]


def verify_records(
    url: str, checkpoints: Sequence[Path] = (), trusted_key: str = "", secrets: SecretStore | None = None
) -> AuditCheck:
    """Check every audit row of the database; nothing is written, nothing is upgraded.

    `checkpoints` are files of write_checkpoint, each signed with a key of this database or with `trusted_key`
    (64 hexadecimal digits), which was written down elsewhere and then is the only one that counts. The password of a
    server comes from `secrets`.
    """
    from .check import verify_records

    return verify_records(url, checkpoints, trusted_key, secrets)


def write_checkpoint(url: str, file: Path, secrets: SecretStore, *, new_key: bool = False) -> str:
    """Check every row, then write a new file that says where each chain ends, signed with the installation's key.

    Returns the public key, 64 hexadecimal digits. Raises RecordsError for a chain that is broken and for a file that
    is there already.
    """
    from .check import write_checkpoint

    return write_checkpoint(url, file, secrets, new_key=new_key)


def upgrade_records(url: str, secrets: SecretStore | None = None) -> tuple[str, str]:
    """Bring the schema to this version's, wholly or not at all. Returns the schema before and after."""
    from .copies import upgrade_records

    return upgrade_records(url, secrets)


def backup_records(url: str, file: Path) -> int:
    """Copy the database as it is at one moment into a new file, while others use it. Returns its size in bytes.

    The copy is one sound file and is on disk when this returns; a file that is there is never overwritten.
    """
    from .copies import backup_records

    return backup_records(url, file)


def restore_records(url: str, file: Path) -> Path | None:
    """Put a backup in the place of the database, which is kept beside it under the name that is returned.

    The console gets a new identity, and so a new audit chain: the numbers that come next in the old one were given.
    Raises RecordsError, having changed nothing, when the backup is damaged, newer than this program or another
    program's, and while anybody has the database open.
    """
    from .copies import restore_records

    return restore_records(url, file)


def open_any(url: str, secrets: SecretStore) -> Records:
    """A console's own records, or those of a centre on a server, whichever the address means."""
    from ..store import open_any

    return open_any(url, secrets)


def keep_password(url: str, password: str, secrets: SecretStore) -> str:
    """Put the password of a database server into the secret store; returns under which name."""
    from ..store import secret_name

    name = secret_name(url)
    secrets.put(name, password)
    return name


def bench_records(url: str, consoles: int, seconds: float, rate: float, secrets: SecretStore) -> dict[str, float]:
    """Let `consoles` processes act on one shared database, each with its journal, its copier and its follower.

    Each does `rate` actions of two rows a second. Returns the figures that docs/records.md lists.
    """
    from ..sharing.bench import bench

    return bench(url, consoles, seconds, rate, secrets)
