"""Audit rows from a journal into the shared database: with the number and hash that they have, each once."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, insert, select

from ...domain.errors import RecordsError
from .._append import chain_head, keep_head, last_seq
from .._chain import Head, row_hash, stored_form
from .._facts import LAST_SEQ, put_fact
from .._postgres import tell
from ..schema import audit, audit_heads

_FACTS = [column for column in audit.c if column.name not in {"centre", "seq"}]


def newest_numbers(connection: Connection, centre: str) -> dict[str, int]:
    """The newest number of each console."""
    query = select(audit_heads.c.console, audit_heads.c.number).where(audit_heads.c.centre == centre)
    return {console: int(number) for console, number in connection.execute(query)}


def rows_after(connection: Connection, console: str, number: int, limit: int) -> list[dict[str, Any]]:
    """The next rows of a console in the journal."""
    query = select(*_FACTS).where(audit.c.centre == "", audit.c.console == console, audit.c.number > number)
    return [dict(row) for row in connection.execute(query.order_by(audit.c.number).limit(limit)).mappings()]


def take_over(connection: Connection, centre: str, console: str, rows: Sequence[dict[str, Any]], place: str) -> int:
    """Add the rows of one console that are not there yet; returns the newest number that is there then.

    In a transaction that holds the centre's write lock, so that what was sent twice, by whoever and after whatever
    broke off, is there once. Raises RecordsError when the rows do not continue the chain that is there.
    """
    head, seq = chain_head(connection, centre, console), last_seq(connection, centre)
    new = []
    for row in rows:
        if row["number"] <= head.number:
            continue
        if row["number"] != head.number + 1 or row_hash(head.hash, row["number"], stored_form(row)) != row["hash"]:
            raise RecordsError("the audit rows do not continue those in the shared database", place=place)
        seq += 1
        head = Head(row["number"], row["hash"])
        new.append({"centre": centre, "seq": seq, **row})
    if new:
        connection.execute(insert(audit), new)
        keep_head(connection, centre, console, head)
        put_fact(connection, centre, LAST_SEQ, str(seq))
        tell(connection, centre)
    return head.number
