"""Looking for secrets where they must not be: files, command lines, environments."""

import base64
import contextlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import quote, quote_plus

import psutil


def forms(secret: str) -> set[bytes]:
    """The secret as programs write it: plain, in an address, in JSON, in a repr, in two other encodings."""
    found = {
        secret.encode(),
        quote(secret).encode(),
        quote(secret, safe="").encode(),
        quote_plus(secret).encode(),
        quote(secret, safe="").lower().encode(),
        json.dumps(secret)[1:-1].encode(),
        ascii(secret)[1:-1].encode(),
        ascii(secret.encode())[2:-1].encode(),
        secret.encode("utf-16-le"),
        base64.b64encode(secret.encode()).rstrip(b"=")[:-1],  # the last sign depends on what follows
    }
    with contextlib.suppress(UnicodeEncodeError):
        found.add(secret.encode("latin-1"))
    return found


def in_bytes(data: bytes, secrets: Mapping[str, str]) -> list[str]:
    """The names of those secrets that are in there."""
    return [name for name, secret in secrets.items() if any(form in data for form in forms(secret))]


def in_files(folders: Iterable[Path], secrets: Mapping[str, str]) -> list[str]:
    """ "NAME in FILE" for every file below the folders."""
    return [
        f"{name} in {file}"
        for folder in folders
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not file.is_symlink()
        for name in in_bytes(file.read_bytes(), secrets)
    ]


def in_processes(processes: Iterable[psutil.Process], secrets: Mapping[str, str]) -> set[str]:
    """ "NAME in the command line of PROGRAM": what any user can read of them, and what this one can (environment)."""
    found = set()
    for process in processes:
        for what, file in (("command line", "cmdline"), ("environment", "environ")):
            try:
                data = Path(f"/proc/{process.pid}/{file}").read_bytes()
                command = process.name()
            except (OSError, psutil.Error):
                continue  # it has ended
            found |= {f"{name} in the {what} of {command}" for name in in_bytes(data, secrets)}
    return found
