"""A password that is given to a command: never on its command line."""

import getpass
import sys

from ...domain.errors import GwanjeError


def typed_password(from_stdin: bool) -> str:
    """From the first line of standard input, or typed twice without being seen. Raises GwanjeError."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise GwanjeError("there is nobody to type a password", place="password", cure="use --password-stdin")
    password = getpass.getpass("New password: ")
    if getpass.getpass("Once more: ") != password:
        raise GwanjeError("the two passwords differ", place="password", cure="try again")
    return password
