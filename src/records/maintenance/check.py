"""`records verify` and `records checkpoint`."""

import os
import secrets as randomness
from collections.abc import Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection

from ...domain.audit import AuditCheck
from ...domain.errors import RecordsError
from ...domain.ports import SecretStore
from .._chain import Head
from .._facts import CONSOLE_ID, PUBLIC_KEYS, fact, put_fact
from .._verify import read_heads, verify
from . import checkpoint as checkpoints_
from ._existing import existing

_SECRET = "checkpoint-key"  # noqa: S105 - the name under which it is kept


def verify_records(url: str, checkpoints: Sequence[Path], trusted_key: str, secrets: SecretStore | None) -> AuditCheck:
    """See the package."""
    with existing(url, secrets) as database, database.read() as connection:
        trusted = {trusted_key.lower()} if trusted_key else set(_public_keys(connection, database.centre))
        return verify(connection, database.centre, [_trusted(path, trusted) for path in checkpoints])


def write_checkpoint(url: str, file: Path, secrets: SecretStore, *, new_key: bool = False) -> str:
    """See the package."""
    if file.exists():
        raise _there_already(file)
    with existing(url, secrets) as database:
        centre = database.centre
        with database.read() as connection:
            known = _public_keys(connection, centre)
        kept = secrets.get(_SECRET)
        private = bytes.fromhex(kept) if kept else None
        if private is None and known and not new_key:
            raise RecordsError(
                "the key that signs checkpoints is not in the secret store",
                place=database.place,
                cure="put the secrets back, or make a key with --new-key and write down its public part",
            )
        if private is None or new_key:
            private = randomness.token_bytes(32)
            secrets.put(_SECRET, private.hex())
        public = Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw().hex()
        if public not in known:
            database.write(lambda connection: put_fact(connection, centre, PUBLIC_KEYS, " ".join([*known, public])))
        with database.read() as connection:
            check = verify(connection, centre)
            if not check.intact:
                raise RecordsError(
                    "the audit rows are not intact, and are not signed",
                    place=database.place,
                    cure="see `records verify`",
                )
            identity = fact(connection, centre, CONSOLE_ID) or ""
            signed = checkpoints_.Checkpoint(checkpoints_.now(), identity, read_heads(connection, centre))
        _write_new(file, checkpoints_.sign(signed, private))
    return public


def _trusted(path: Path, keys: set[str]) -> dict[str, Head]:
    try:
        content = path.read_text(encoding="utf-8")
    except (OSError, UnicodeError):
        raise RecordsError("the checkpoint cannot be read", place=str(path)) from None
    found, public = checkpoints_.read(content, str(path))
    if public not in keys:
        raise RecordsError(
            "the checkpoint was signed with a key that is not this installation's",
            place=str(path),
            cure="give the public key that was written down, with --key",
        )
    return dict(found.heads)


def _write_new(file: Path, content: str) -> None:
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(descriptor)
    except FileExistsError:
        raise _there_already(file) from None
    except OSError as error:
        raise RecordsError(f"this file cannot be written: {os.strerror(error.errno or 0)}", place=str(file)) from None


def _there_already(file: Path) -> RecordsError:
    return RecordsError("this file is there already", place=str(file), cure="give another name")


def _public_keys(connection: Connection, centre: str) -> list[str]:
    return (fact(connection, centre, PUBLIC_KEYS) or "").split()
