"""The Records port in memory: what the database does, without a file. tests/contract holds the two together."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from threading import RLock
from uuid import uuid4

from gwanje.domain.audit import AuditEntry, Outcome
from gwanje.domain.cameras import Camera, CameraId, Department, District, Site
from gwanje.domain.errors import NotFoundError, RecordsError
from gwanje.domain.operators import Operator, OperatorId, Role
from gwanje.records._audit_rows import to_row, unfinished
from gwanje.records._chain import Head, row_hash, stored_form
from gwanje.records._district_rules import check_district
from gwanje.records._text import to_json
from gwanje.records.account_rules import check_password, clean_name, name_key, password_bytes
from gwanje.records.directory import in_order
from gwanje.records.operator_book import name_taken, no_such_operator, wrong_sign_in


class _State:
    """Shared by the parts of one MemoryRecords."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.broken: RecordsError | None = None
        self.closed = False

    @contextmanager
    def call(self) -> Iterator[None]:
        with self.lock:
            if self.closed:
                raise RecordsError("the database is closed", place="memory")
            if self.broken is not None:
                raise self.broken
            yield


class MemoryAuditLog:
    def __init__(self, state: _State) -> None:
        self._state = state
        self.rows: list[AuditEntry] = []

    def append(self, entries: Sequence[AuditEntry]) -> list[AuditEntry]:
        stored = [(entry, to_row(entry)) for entry in entries]
        with self._state.call():
            rows, written = list(self.rows), []
            by_id = {row.id: row for row in rows}
            heads = {row.console: Head(row.number, row.hash) for row in rows}
            for entry, columns in stored:
                there = by_id.get(entry.id)
                if there is None:
                    before = heads.get(entry.console, Head())
                    head = Head(before.number + 1, row_hash(before.hash, before.number + 1, stored_form(columns)))
                    heads[entry.console] = head
                    details = json.loads(columns["details"])
                    there = replace(entry, details=details, seq=len(rows) + 1, number=head.number, hash=head.hash)
                    rows.append(there)
                    by_id[entry.id] = there
                elif to_row(there) != columns:
                    raise RecordsError(f"another audit row has the id {entry.id}", place="memory")
                written.append(replace(entry, seq=there.seq, number=there.number, hash=there.hash))
            self.rows = rows
        return written

    def read(self, *, after: int = 0, limit: int = 500) -> list[AuditEntry]:
        with self._state.call():
            return [row for row in self.rows if row.seq > after][: max(0, limit)]

    def latest(self, limit: int) -> list[AuditEntry]:
        with self._state.call():
            return self.rows[-limit:] if limit > 0 else []

    def close_unfinished(self, now: datetime) -> list[AuditEntry]:
        with self._state.call():
            closed = {row.action_id for row in self.rows if row.outcome is not Outcome.REQUESTED}
            opened: dict[object, AuditEntry] = {}
            for row in self.rows:
                if row.action_id not in closed:
                    opened.setdefault(row.action_id, row)
            return self.append([unfinished(row, now) for row in opened.values()])


class MemoryDirectory:
    def __init__(self, state: _State) -> None:
        self._state = state
        self._departments: dict[str, Department] = {}
        self._sites: dict[str, Site] = {}
        self._cameras: dict[str, Camera] = {}

    def district(self) -> District:
        with self._state.call():
            return in_order(list(self._departments.values()), list(self._sites.values()), list(self._cameras.values()))

    def put(self, departments: Sequence[Department], sites: Sequence[Site], cameras: Sequence[Camera]) -> None:
        with self._state.call():
            departments = list({d.id: d for d in departments}.values())
            sites = list({s.id: s for s in sites}.values())
            cameras = list({c.id: c for c in cameras}.values())
            numbers: dict[str, int] = {camera.id: camera.number for camera in self._cameras.values()}
            check_district(set(self._departments), set(self._sites), numbers, departments, sites, cameras)
            self._departments.update({d.id: d for d in departments})
            self._sites.update({s.id: s for s in sites})
            self._cameras.update({c.id: c for c in cameras})

    def remove_camera(self, camera_id: CameraId) -> None:
        with self._state.call():
            if self._cameras.pop(camera_id, None) is None:
                raise NotFoundError("this camera is not in the directory any more")


class MemoryOperatorBook:
    """Keeps passwords as they are: a test has nothing to hide and no time to hash."""

    def __init__(self, state: _State) -> None:
        self._state = state
        self._accounts: dict[str, tuple[Operator, bytes]] = {}

    def is_empty(self) -> bool:
        with self._state.call():
            return not self._accounts

    def add(self, name: str, password: str, roles: frozenset[Role]) -> Operator:
        cleaned, key = clean_name(name), name_key(name)
        check_password(name, password)
        with self._state.call():
            if key in self._accounts:
                raise name_taken()
            operator = Operator(OperatorId(str(uuid4())), cleaned, frozenset(roles))
            self._accounts[key] = (operator, password_bytes(password))
            return operator

    def set_password(self, name: str, password: str) -> Operator:
        check_password(name, password)
        with self._state.call():
            operator, _ = self._accounts.get(name_key(name), (None, b""))
            if operator is None:
                raise no_such_operator()
            self._accounts[name_key(name)] = (operator, password_bytes(password))
            return operator

    def verify(self, name: str, password: str) -> Operator:
        with self._state.call():
            operator, secret = self._accounts.get(name_key(name), (None, b""))
            if operator is None or secret != password_bytes(password):
                raise wrong_sign_in()
            return operator

    def operators(self) -> list[Operator]:
        with self._state.call():
            found = [operator for operator, _ in self._accounts.values()]
            return sorted(found, key=lambda operator: (name_key(operator.name), operator.id))


class MemorySettings:
    def __init__(self, state: _State) -> None:
        self._state = state
        self._texts: dict[tuple[str, str], str] = {}

    def load(self, scope: str, key: str) -> object | None:
        with self._state.call():
            text = self._texts.get((scope, key))
            document: object = None if text is None else json.loads(text)
            return document

    def save(self, scope: str, key: str, value: object) -> None:
        text = to_json(value, f"setting {scope}/{key}")
        with self._state.call():
            self._texts[scope, key] = text


class MemoryRecords:
    """Attributes: `broken`, while set, is what every call raises: a database that cannot be reached or written."""

    def __init__(self) -> None:
        self._state = _State()
        self._audit = MemoryAuditLog(self._state)
        self._directory = MemoryDirectory(self._state)
        self._operators = MemoryOperatorBook(self._state)
        self._settings = MemorySettings(self._state)
        self._console_id = str(uuid4())

    @property
    def broken(self) -> RecordsError | None:
        return self._state.broken

    @broken.setter
    def broken(self, error: RecordsError | None) -> None:
        with self._state.lock:
            self._state.broken = error

    @property
    def audit(self) -> MemoryAuditLog:
        return self._audit

    @property
    def directory(self) -> MemoryDirectory:
        return self._directory

    @property
    def operators(self) -> MemoryOperatorBook:
        return self._operators

    @property
    def settings(self) -> MemorySettings:
        return self._settings

    @property
    def console_id(self) -> str:
        return self._console_id

    def close(self) -> None:
        self._state.closed = True
