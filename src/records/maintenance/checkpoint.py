"""A checkpoint: where each chain ended at some moment, signed, kept where the database's owner cannot reach it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from ...domain.errors import RecordsError
from .._chain import Head, netstring

FORMAT = "gwanje-checkpoint-1"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Attributes: made_at: UTC; installation: the console_id of the database; heads: by console, in stored form."""

    made_at: datetime
    installation: str
    heads: Mapping[str, Head]

    def signed_bytes(self) -> bytes:
        """What the signature is over: netstrings, as docs/records.md lists them."""
        fields: list[object] = [FORMAT, self.made_at.isoformat(), self.installation]
        for console, head in sorted(self.heads.items()):
            fields += [console, head.number, head.hash]
        return b"".join(netstring(str(field).encode()) for field in fields)


def sign(checkpoint: Checkpoint, private_key: bytes) -> str:
    """The content of the file. `private_key` is the 32 bytes of an Ed25519 key."""
    key = Ed25519PrivateKey.from_private_bytes(private_key)
    document = {
        "format": FORMAT,
        "made_at": checkpoint.made_at.isoformat(),
        "installation": checkpoint.installation,
        "heads": [
            {"console": console, "number": head.number, "hash": head.hash}
            for console, head in sorted(checkpoint.heads.items())
        ],
        "public_key": key.public_key().public_bytes_raw().hex(),
        "signature": key.sign(checkpoint.signed_bytes()).hex(),
    }
    return json.dumps(document, indent=2) + "\n"


def read(content: str, place: str) -> tuple[Checkpoint, str]:
    """A checkpoint whose signature fits, and the public key that it fits. Raises RecordsError for any other content."""
    try:
        document: dict[str, Any] = json.loads(content)
        if document["format"] != FORMAT:
            raise ValueError
        checkpoint = Checkpoint(
            datetime.fromisoformat(document["made_at"]),
            str(document["installation"]),
            {str(h["console"]): Head(int(h["number"]), str(h["hash"])) for h in document["heads"]},
        )
        public_key = str(document["public_key"])
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(bytes.fromhex(document["signature"]), checkpoint.signed_bytes())
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise RecordsError(
            "this is not a checkpoint", place=place, cure="give a file of `records checkpoint`"
        ) from None
    except InvalidSignature:
        raise RecordsError(
            "the checkpoint was changed after it was signed", place=place, cure="fetch it again from where it is kept"
        ) from None
    return checkpoint, public_key


def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)
