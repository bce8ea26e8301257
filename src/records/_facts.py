"""What is known of a centre's records as a whole: short texts by key, in the table `installation`."""

from sqlalchemy import Connection, insert, select, update

from .schema import installation

CONSOLE_ID = "console_id"
"""The identity under which the console writes whose database this is."""

LAST_SEQ = "audit_last_seq"
"""The place of the newest audit row. On a server its row is also the lock of the centre's writers (_postgres.py)."""

CLOSED_UP_TO = "audit_closed_up_to"
PUBLIC_KEYS = "checkpoint_keys"


def fact(connection: Connection, centre: str, key: str) -> str | None:
    """None while nothing was put in."""
    query = select(installation.c.value).where(installation.c.centre == centre, installation.c.key == key)
    found: str | None = connection.scalar(query)
    return found


def put_fact(connection: Connection, centre: str, key: str, value: str) -> None:
    """In a transaction that writes."""
    there = update(installation).where(installation.c.centre == centre, installation.c.key == key)
    if not connection.execute(there.values(value=value)).rowcount:
        connection.execute(insert(installation).values(centre=centre, key=key, value=value))
