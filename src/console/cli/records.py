"""`gwanje records ...`: the records checked, signed, copied and put back."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from ...domain.audit import AuditCheck, ChainBreak
from ...records import database_url, maintenance, open_secret_store
from ..profile import Profile
from .passwords import typed_password


def say(text: str) -> None:
    sys.stdout.write(text + "\n")


def add_records(commands: Any) -> None:
    """The command with everything under it."""
    records = commands.add_parser("records", help="check, sign, copy and put back the records")
    what = records.add_subparsers(dest="what", required=True, metavar="WHAT")

    verify = what.add_parser(
        "verify",
        help="look at every audit row",
        description="Checks the chain of every console and names the first row that is not the one that was written: "
        "edited, missing, re-ordered, inserted or truncated. Exit code 1 when one is found. docs/records.md",
    )
    verify.add_argument("--checkpoint", metavar="FILE", type=Path, action="append", default=[], help="hold it to this")
    verify.add_argument("--key", metavar="HEX", default="", help="trust checkpoints signed with this public key alone")
    verify.add_argument("--json", action="store_true", help="one line of JSON")

    checkpoint = what.add_parser("checkpoint", help="write a signed file that says where each chain ends")
    checkpoint.add_argument("file", metavar="FILE", type=Path, help="a new file, to be kept elsewhere")
    checkpoint.add_argument("--new-key", action="store_true", help="sign with a new key from now on")

    upgrade = what.add_parser("upgrade", help="bring the database to this version's schema")
    backup = what.add_parser("backup", help="copy the database into a new file, while others use it")
    backup.add_argument("file", metavar="FILE", type=Path)
    restore = what.add_parser("restore", help="put a backup in its place; what is there is kept beside it")
    restore.add_argument("file", metavar="FILE", type=Path)
    password = what.add_parser("password", help="keep the password of a database server in the secret store")
    password.add_argument("--password-stdin", action="store_true", help="it is the first line of standard input")
    bench = what.add_parser(
        "bench",
        help="consoles as real processes on one database server",
        description="Each console writes to its journal, copies to the server and follows the others. The rows stay, "
        "under a centre of their own. docs/records.md lists the figures. Exit code 1 when a row is lost, comes "
        "twice or out of order.",
    )
    bench.add_argument("--consoles", type=int, default=14, metavar="N", choices=range(1, 101), help="1 to 100 (14)")
    bench.add_argument("--seconds", type=_positive, default=60.0, metavar="S", help="how long they act (default 60)")
    bench.add_argument("--rate", type=_positive, default=20.0, metavar="R", help="actions a second each (default 20)")
    bench.add_argument("--json", action="store_true", help="one line of JSON")
    for command in (verify, checkpoint, upgrade, backup, restore, password, bench):
        add_place(command)


def _positive(text: str) -> float:
    value = float(text)
    if not 0 < value <= 86_400:
        raise argparse.ArgumentTypeError("must be more than 0 and at most 86400")
    return value


def add_place(command: argparse.ArgumentParser) -> None:
    """Which database is meant."""
    command.add_argument("--database", metavar="URL", help="SQLAlchemy URL (default: SQLite in the profile folder)")
    command.add_argument("--profile", metavar="DIR", type=Path, help="folder of the console's data")


def url_of(args: argparse.Namespace) -> str:
    """Raises GwanjeError."""
    return args.database or database_url(Profile.at(args.profile).folder)


def records(args: argparse.Namespace) -> int:
    url, secrets = url_of(args), open_secret_store(Profile.at(args.profile).folder)
    match args.what:
        case "verify":
            check = maintenance.verify_records(url, args.checkpoint, args.key, secrets)
            say(json.dumps(_document(check)) if args.json else _words(check))
            return 0 if check.intact else 1
        case "checkpoint":
            key = maintenance.write_checkpoint(url, args.file, secrets, new_key=args.new_key)
            say(f"{args.file}: signed; public key {key}")
        case "upgrade":
            before, after = maintenance.upgrade_records(url, secrets)
            say(f"schema {after}, as it was" if before == after else f"schema {before} brought to {after}")
        case "backup":
            say(f"{args.file}: {maintenance.backup_records(url, args.file)} bytes; passwords of cameras are not in it")
        case "bench":
            figures = maintenance.bench_records(url, args.consoles, args.seconds, args.rate, secrets)
            say(json.dumps(figures) if args.json else "\n".join(f"{name}: {value}" for name, value in figures.items()))
            return 1 if figures["lost"] or figures["duplicated"] or figures["disordered"] else 0
        case "password":
            say(f"kept as {maintenance.keep_password(url, typed_password(args.password_stdin), secrets)}")
        case _:
            kept = maintenance.restore_records(url, args.file)
            say("restored" if kept is None else f"restored; what was there is kept in {kept}")
    return 0


def _document(check: AuditCheck) -> dict[str, object]:
    """The contract of `records verify --json`."""
    first = check.first_broken
    return {
        "rows": check.rows,
        "consoles": check.consoles,
        "intact": check.intact,
        "first_broken": first and _broken(first),
        "broken": [_broken(b) for b in check.breaks],
    }


def _broken(found: ChainBreak) -> dict[str, object]:
    return {
        "kind": found.kind.value,
        "console": found.console,
        "number": found.number,
        "seq": found.seq,
        "id": found.id,
    }


def _words(check: AuditCheck) -> str:
    lines = [f"{check.rows} rows of {check.consoles} consoles: {'intact' if check.intact else 'NOT INTACT'}"]
    for found in check.breaks:
        row = "" if found.seq is None else f", row {found.seq} ({found.id!r})"
        lines.append(f"{found.kind}: number {found.number} of console {found.console!r}{row}")
    return "\n".join(lines)
