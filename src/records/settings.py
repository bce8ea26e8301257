"""Small JSON documents in the database."""

import json

from sqlalchemy import ColumnElement, Connection, insert, select, update

from ..domain.errors import RecordsError
from ._database import Database
from ._text import to_json
from .schema import settings


class SqlSettings:
    """The Settings port (domain/ports.py)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def load(self, scope: str, key: str) -> object | None:
        """None when nothing was saved. Raises RecordsError when what is there is no JSON."""
        query = select(settings.c.value).where(*self._where(scope, key))
        with self._database.read() as connection:
            text = connection.scalar(query)
        try:
            document: object = None if text is None else json.loads(text)
        except (ValueError, RecursionError):
            raise RecordsError(
                f"the setting {scope}/{key} is damaged", place=self._database.place, cure="save it anew"
            ) from None
        return document

    def save(self, scope: str, key: str, value: object) -> None:
        """Raises RecordsError when `value` is not a JSON value."""
        text = to_json(value, f"setting {scope}/{key}")

        def save(connection: Connection) -> None:
            changed = connection.execute(update(settings).where(*self._where(scope, key)).values(value=text))
            if not changed.rowcount:
                new = {"centre": self._database.centre, "scope": scope, "key": key, "value": text}
                connection.execute(insert(settings).values(new))

        self._database.write(save)

    def _where(self, scope: str, key: str) -> tuple[ColumnElement[bool], ...]:
        return settings.c.centre == self._database.centre, settings.c.scope == scope, settings.c.key == key
