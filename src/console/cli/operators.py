"""`gwanje operators ...`: accounts, for whoever installs a console or helps someone who forgot a password.

What is done here is recorded like everything else, with the account of the system in the place of an operator.
"""

import argparse
import getpass
import json
import platform
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from ...domain.audit import AuditEntry, Outcome
from ...domain.errors import GwanjeError
from ...domain.operators import Operator, Role
from ...domain.ports import Records
from ...records import maintenance, open_secret_store
from ..profile import Profile
from .passwords import typed_password
from .records import add_place, say, url_of

_ROLES = {role.value.replace(" ", "-"): role for role in Role}


def add_operators(commands: Any) -> None:
    """The command with everything under it."""
    operators = commands.add_parser("operators", help="accounts of operators")
    what = operators.add_subparsers(dest="what", required=True, metavar="WHAT")
    add = what.add_parser("add", help="a new operator")
    add.add_argument("name", metavar="NAME")
    add.add_argument(
        "--role", choices=sorted(_ROLES), action="append", required=True, help="may be given several times"
    )
    reset = what.add_parser("reset", help="a new password for an operator")
    reset.add_argument("name", metavar="NAME")
    for command in (add, reset):
        command.add_argument(
            "--password-stdin", action="store_true", help="the password is the first line of standard input"
        )
    names = what.add_parser("list", help="names and roles")
    names.add_argument("--json", action="store_true", help="one line of JSON")
    for command in (add, reset, names):
        add_place(command)


def operators(args: argparse.Namespace) -> int:
    if args.what == "list":
        records = _open(args)
        try:
            found = records.operators.operators()
        finally:
            records.close()
        listed = [{"name": o.name, "roles": sorted(o.roles)} for o in found]
        say(json.dumps(listed, ensure_ascii=False) if args.json else "\n".join(_words(o) for o in found))
        return 0
    password = typed_password(args.password_stdin)
    records = _open(args)
    try:
        if args.what == "add":
            roles = frozenset(_ROLES[name] for name in args.role)
            details: dict[str, object] = {"name": args.name, "roles": sorted(roles)}
            done = _recorded(
                records, "operators.add", details, lambda: records.operators.add(args.name, password, roles)
            )
        else:
            details = {"name": args.name}
            done = _recorded(
                records, "operators.reset", details, lambda: records.operators.set_password(args.name, password)
            )
    finally:
        records.close()
    say(_words(done))
    return 0


def _open(args: argparse.Namespace) -> Records:
    return maintenance.open_any(url_of(args), open_secret_store(Profile.at(args.profile).folder))


def _words(operator: Operator) -> str:
    return f"{operator.name}: {', '.join(sorted(operator.roles)) or 'no role'}"


def _recorded(records: Records, action: str, details: dict[str, object], do: Callable[[], Operator]) -> Operator:
    """Do it between its two audit rows."""
    action_id = uuid4()

    def write(outcome: Outcome, reason: str = "") -> None:
        entry = AuditEntry(
            uuid4(),
            action_id,
            datetime.now(UTC),
            records.console_id,
            platform.node(),
            "",
            action,
            outcome,
            details={**details, "system_account": _account()},
            reason=reason,
        )
        records.audit.append([entry])

    write(Outcome.REQUESTED)
    try:
        done = do()
    except GwanjeError as error:
        write(Outcome.FAILED, str(error))
        raise
    write(Outcome.SUCCEEDED)
    return done


def _account() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""
