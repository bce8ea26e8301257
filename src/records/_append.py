"""Appending to the audit table: the place of each row in its database and in its console's chain."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from ..domain.errors import RecordsError
from ._chain import Head, row_hash, stored_form
from ._facts import LAST_SEQ, fact, put_fact
from .schema import audit, audit_heads

_IDS_AT_ONCE = 500


class Place(NamedTuple):
    """Where a row was written."""

    seq: int
    number: int
    hash: str


class SomeAreThere(Exception):
    """A row of the batch is in the table already."""


def append_rows(connection: Connection, centre: str, rows: Sequence[Mapping[str, Any]]) -> list[Place]:
    """Write the rows in order, in a transaction that holds the write lock. Raises SomeAreThere."""
    if not rows:
        return []
    seq = last_seq(connection, centre)
    heads = {console: chain_head(connection, centre, console) for console in {str(row["console"]) for row in rows}}
    places, written = [], []
    for row in rows:
        seq += 1
        head = heads[row["console"]]
        number = head.number + 1
        place = Place(seq, number, row_hash(head.hash, number, stored_form(row)))
        heads[row["console"]] = Head(number, place.hash)
        places.append(place)
        written.append({"centre": centre, **row, **place._asdict()})
    try:
        connection.execute(insert(audit), written)
    except IntegrityError:
        raise SomeAreThere from None
    for console, head in heads.items():
        keep_head(connection, centre, console, head)
    put_fact(connection, centre, LAST_SEQ, str(seq))
    return places


def append_missing(connection: Connection, centre: str, rows: Sequence[Mapping[str, Any]], place: str) -> list[Place]:
    """The same where some of the rows may be there. Raises RecordsError when one that is there says something else."""
    there = _there(connection, centre, [str(row["id"]) for row in rows])
    missing: dict[str, Mapping[str, Any]] = {}
    for row in rows:
        other = there.get(row["id"]) or missing.setdefault(row["id"], row)
        if any(other[name] != row[name] for name in row):
            raise RecordsError(f"another audit row has the id {row['id']}", place=place)
    try:
        new = dict(zip(missing, append_rows(connection, centre, list(missing.values())), strict=True))
    except SomeAreThere:  # none has its id: a row lies where the chain or the count of rows says that none is
        raise RecordsError(
            "the audit rows do not fit together", place=place, cure="run `gwanje records verify`"
        ) from None
    return [new[i] if (i := row["id"]) in new else Place(*(there[i][f] for f in Place._fields)) for row in rows]


def _there(connection: Connection, centre: str, ids: Sequence[str]) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for start in range(0, len(ids), _IDS_AT_ONCE):
        query = select(audit).where(audit.c.centre == centre, audit.c.id.in_(ids[start : start + _IDS_AT_ONCE]))
        found.update({row["id"]: row for row in connection.execute(query).mappings()})
    return found


def last_seq(connection: Connection, centre: str) -> int:
    """The place of the newest row, kept apart from the rows, so that a place is never given to two."""
    newest = connection.scalar(select(func.max(audit.c.seq)).where(audit.c.centre == centre))
    return max(int(fact(connection, centre, LAST_SEQ) or 0), newest or 0)


def chain_head(connection: Connection, centre: str, console: str) -> Head:
    """Where the chain goes on. After a loss of rows or of the head it goes on too, and `verify` shows the gap."""
    newest = connection.execute(
        select(audit.c.number, audit.c.hash)
        .where(audit.c.centre == centre, audit.c.console == console)
        .order_by(audit.c.number.desc())
        .limit(1)
    ).first()
    kept = connection.execute(
        select(audit_heads.c.number, audit_heads.c.hash).where(
            audit_heads.c.centre == centre, audit_heads.c.console == console
        )
    ).first()
    found = [Head(*head) for head in (kept, newest) if head is not None]
    return max(found, key=lambda head: head.number, default=Head())


def keep_head(connection: Connection, centre: str, console: str, head: Head) -> None:
    of_console = update(audit_heads).where(audit_heads.c.centre == centre, audit_heads.c.console == console)
    if not connection.execute(of_console.values(head._asdict())).rowcount:
        connection.execute(insert(audit_heads).values(centre=centre, console=console, **head._asdict()))
