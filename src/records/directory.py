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
            departments = [Department(**row) for row in connection.execute(select(department_table)).mappings()]
            sites = [Site(**row) for row in connection.execute(select(site_table)).mappings()]
            cameras = [Camera(**row) for row in connection.execute(select(camera_table)).mappings()]
        return in_order(departments, sites, cameras)

    def put(self, departments: Sequence[Department], sites: Sequence[Site], cameras: Sequence[Camera]) -> None:
        """See the port. Where one id comes twice the last one counts.

        Raises RecordsError, having changed nothing, when a site's department or a camera's site is nowhere, two
        cameras would have one number, or an address holds a password.
        """
        departments, sites, cameras = _last_by_id(departments), _last_by_id(sites), _last_by_id(cameras)
        with self._database.write() as connection:
            numbers = {
                row.id: row.number for row in connection.execute(select(camera_table.c.id, camera_table.c.number))
            }
            department_ids, site_ids = _ids(connection, department_table), _ids(connection, site_table)
            check_district(department_ids, site_ids, numbers, departments, sites, cameras)
            _put(connection, department_table, department_ids, departments)
            _put(connection, site_table, site_ids, sites)
            replaced = [{"its_id": c.id} for c in cameras if c.id in numbers]
            if replaced:
                # Cameras may exchange their numbers: each steps aside first, since no two may ever share one.
                aside = update(camera_table).where(camera_table.c.id == bindparam("its_id"))
                connection.execute(aside.values(number=-camera_table.c.number), replaced)
            _put(connection, camera_table, set(numbers), cameras)

    def remove_camera(self, camera_id: CameraId) -> None:
        with self._database.write() as connection:
            if not connection.execute(delete(camera_table).where(camera_table.c.id == camera_id)).rowcount:
                raise NotFoundError("this camera is not in the directory any more")


def in_order(departments: Sequence[Department], sites: Sequence[Site], cameras: Sequence[Camera]) -> District:
    """The district in the order in which it is shown, the same whatever the database's collation."""
    return District(
        tuple(sorted(departments, key=lambda d: (d.name, d.id))),
        tuple(sorted(sites, key=lambda s: (s.name, s.id))),
        tuple(sorted(cameras, key=lambda c: c.number)),
    )


def _last_by_id(items: Sequence[_Item]) -> list[_Item]:
    return list({item.id: item for item in items}.values())


def _ids(connection: Connection, table: Table) -> set[str]:
    return set(connection.execute(select(table.c.id)).scalars())


def _put(connection: Connection, table: Table, there: set[str], items: Sequence[Department | Site | Camera]) -> None:
    new: list[dict[str, Any]] = [asdict(item) for item in items if item.id not in there]
    if new:
        connection.execute(insert(table), new)
    changed = [{"its_id": item.id, **asdict(item)} for item in items if item.id in there]
    if changed:
        columns: dict[str, Any] = {column.name: bindparam(column.name) for column in table.c if column.name != "id"}
        for row in changed:
            del row["id"]
        connection.execute(update(table).where(table.c.id == bindparam("its_id")).values(columns), changed)
