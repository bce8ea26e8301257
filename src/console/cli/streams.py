"""Stream addresses and credentials as they are given on a command line."""

import sys
from urllib.parse import unquote

from ...domain.cameras import check_stream_uri, without_credentials
from ...domain.credentials import Credential
from ...domain.errors import GwanjeError
from ...videowall.port import StreamAddress

PLACE_OF_NUMBER = "{n}"


def stream_addresses(template: str, numbers: range, credential: Credential | None) -> list[StreamAddress]:
    """An address for each number, put in place of "{n}". Raises GwanjeError, without the credentials."""
    if PLACE_OF_NUMBER not in template and len(numbers) > 1:
        raise GwanjeError("the address has no {n}", place="--url-template", cure="write {n} where the number belongs")
    return [stream_address(template.replace(PLACE_OF_NUMBER, str(n)), credential) for n in numbers]


def stream_address(text: str, credential: Credential | None) -> StreamAddress:
    """User name and password of the address are taken out of it, percent-decoded; `credential` goes before them.

    Raises GwanjeError, without the credentials.
    """
    uri = check_stream_uri(without_credentials(text))
    return StreamAddress(uri, credential or _credential_in(text))


def _credential_in(text: str) -> Credential | None:
    before, at, _ = text.strip().rpartition("@")
    _, slashes, userinfo = before.partition("//")
    if not at or not slashes:
        return None
    user, _, password = userinfo.partition(":")
    return Credential(unquote(user), unquote(password))


def credential_of(user: str | None) -> Credential | None:
    """With the password from the first line of standard input; None without a user."""
    if user is None:
        return None
    return Credential(user, sys.stdin.readline().rstrip("\r\n"))
