"""Cameras, sites and departments in the database."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update

from ..domain.cameras import Camera, CameraId, Department, District, Site
from ..domain.errors import NotFoundError
from ._database import Database
from ._district_rules import check_district
from .schema import cameras as camera_table
from .schema import departments as department_table
from .schema import sites as site_table

_Item = TypeVar("_Item", Department, Site, Camera)


class SqlDirectory:
    """The Directory port (domain/ports.py). Departments and sites come by name, cameras by number."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def district(self) -> District:
        with self._database.read() as connection:
            departments = [Department(**row) for row in self._rows(connection, department_table)]
            sites = [Site(**row) for row in self._rows(connection, site_table)]
            cameras = [Camera(**row) for row in self._rows(connection, camera_table)]
        return in_order(departments, sites, cameras)

    def put(self, departments: Sequence[Department], sites: Sequence[Site], cameras: Sequence[Camera]) -> None:
        """See the port. Where one id comes twice the last one counts.

        Raises RecordsError, having changed nothing, when a site's department or a camera's site is nowhere, two
        cameras would have one number, or an address holds a password.
        """
        departments, sites, cameras = _last_by_id(departments), _last_by_id(sites), _last_by_id(cameras)

        def put(connection: Connection) -> None:
            numbers = {row["id"]: row["number"] for row in self._rows(connection, camera_table)}
            department_ids, site_ids = self._ids(connection, department_table), self._ids(connection, site_table)
            check_district(department_ids, site_ids, numbers, departments, sites, cameras)
            self._put(connection, department_table, department_ids, departments)
            self._put(connection, site_table, site_ids, sites)
            replaced = [{"its_centre": self._database.centre, "its_id": c.id} for c in cameras if c.id in numbers]
            if replaced:
                # Cameras may exchange their numbers: each steps aside first, since no two may ever share one.
                connection.execute(_update(camera_table).values(number=-camera_table.c.number), replaced)
            self._put(connection, camera_table, set(numbers), cameras)

        self._database.write(put)

    def remove_camera(self, camera_id: CameraId) -> None:
        of_camera = delete(camera_table).where(
            camera_table.c.centre == self._database.centre, camera_table.c.id == camera_id
        )
        if not self._database.write(lambda connection: connection.execute(of_camera).rowcount):
            raise NotFoundError("this camera is not in the directory any more")

    def _rows(self, connection: Connection, table: Table) -> list[dict[str, Any]]:
        """What the rows say, without whose they are."""
        columns = [column for column in table.c if column.name != "centre"]
        query = select(*columns).where(table.c.centre == self._database.centre)
        return [dict(row) for row in connection.execute(query).mappings()]

    def _ids(self, connection: Connection, table: Table) -> set[str]:
        return set(connection.execute(select(table.c.id).where(table.c.centre == self._database.centre)).scalars())

    def _put(
        self, connection: Connection, table: Table, there: set[str], items: Sequence[Department | Site | Camera]
    ) -> None:
        centre = self._database.centre
        new: list[dict[str, Any]] = [{"centre": centre, **asdict(item)} for item in items if item.id not in there]
        if new:
            connection.execute(insert(table), new)
        changed = [{"its_centre": centre, "its_id": item.id, **asdict(item)} for item in items if item.id in there]
        if changed:
            columns: dict[str, Any] = {c.name: bindparam(c.name) for c in table.c if c.name not in {"centre", "id"}}
            for row in changed:
                del row["id"]
            connection.execute(_update(table).values(columns), changed)


def in_order(departments: Sequence[Department], sites: Sequence[Site], cameras: Sequence[Camera]) -> District:
    """The district in the order in which it is shown, the same whatever the database's collation."""
    return District(
        tuple(sorted(departments, key=lambda d: (d.name, d.id))),
        tuple(sorted(sites, key=lambda s: (s.name, s.id))),
        tuple(sorted(cameras, key=lambda c: c.number)),
    )


def _last_by_id(items: Sequence[_Item]) -> list[_Item]:
    return list({item.id: item for item in items}.values())


def _update(table: Table) -> Any:
    """Of the row whose centre and id are given as its_centre and its_id."""
    return update(table).where(table.c.centre == bindparam("its_centre"), table.c.id == bindparam("its_id"))
