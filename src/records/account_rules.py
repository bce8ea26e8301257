"""Names and passwords of operators: what is allowed, and when two names are one."""

import unicodedata

from ..domain.errors import GwanjeError

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 1000
LONGEST_NAME = 100

_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def clean_name(name: str) -> str:
    """The name as it is kept: NFKC, without spaces around it.

    Raises GwanjeError when nothing is left, it is too long, or holds characters that cannot be seen: two names that
    look alike must not be two operators.
    """
    cleaned = unicodedata.normalize("NFKC", name).strip()
    if not cleaned:
        raise GwanjeError("the name is empty", place="name", cure="enter a name")
    if len(cleaned) > LONGEST_NAME:
        raise GwanjeError("the name is too long", place="name", cure=f"use at most {LONGEST_NAME} characters")
    if any(unicodedata.category(c) in _INVISIBLE for c in cleaned):
        raise GwanjeError("the name contains a character that cannot be seen", place="name", cure="type it anew")
    return cleaned


def name_key(name: str) -> str:
    """What two spellings of one name have in common. Never raises."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).strip()).casefold()
    return unicodedata.normalize("NFKC", folded).strip()


def password_bytes(password: str) -> bytes:
    """What is hashed: NFC, since keyboards and systems compose letters differently."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")


def check_password(name: str, password: str) -> None:
    """Raise GwanjeError when the password breaks the rules; the text never quotes it."""
    length = len(unicodedata.normalize("NFC", password))
    if length < SHORTEST_PASSWORD:
        raise GwanjeError(
            "the password is too short", place="password", cure=f"use at least {SHORTEST_PASSWORD} characters"
        )
    if length > LONGEST_PASSWORD:
        raise GwanjeError(
            "the password is too long", place="password", cure=f"use at most {LONGEST_PASSWORD} characters"
        )
    if name_key(password) == name_key(name):
        raise GwanjeError("the password is the name", place="password", cure="choose another one")
