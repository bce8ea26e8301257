"""What the console asks of the records room. Calls block and belong in the database lane.

Every call raises RecordsError (errors.py) when the database cannot be reached, read or written, and nothing else
unless its docstring says so.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from .audit import AuditEntry
from .cameras import Camera, CameraId, Department, District, Site
from .operators import Operator, Role


class AuditLog(Protocol):
    """The append-only log of actions."""

    def append(self, entries: Sequence[AuditEntry]) -> list[AuditEntry]:
        """Write the rows in order, on disk when this returns; returns them with `seq`, `number` and `hash` set."""

    def read(self, *, after: int = 0, limit: int = 500) -> list[AuditEntry]:
        """Rows with seq > after, oldest first."""

    def latest(self, limit: int) -> list[AuditEntry]:
        """The newest rows, oldest first."""

    def close_unfinished(self, now: datetime) -> list[AuditEntry]:
        """Append an UNKNOWN row for each action that was requested and never closed; returns those rows."""


class Directory(Protocol):
    """Cameras, sites and departments."""

    def district(self) -> District: ...

    def put(self, departments: Sequence[Department], sites: Sequence[Site], cameras: Sequence[Camera]) -> None:
        """Insert or replace by id, in one transaction."""

    def remove_camera(self, camera_id: CameraId) -> None:
        """Raises NotFoundError when it is not there."""


class OperatorBook(Protocol):
    """Accounts. Passwords are hashed with argon2id; a hash never leaves the book."""

    def is_empty(self) -> bool: ...

    def add(self, name: str, password: str, roles: frozenset[Role]) -> Operator:
        """Raises GwanjeError when the name is taken or the password breaks the rules."""

    def set_password(self, name: str, password: str) -> Operator:
        """Raises NotFoundError for an unknown name, GwanjeError when the password breaks the rules."""

    def verify(self, name: str, password: str) -> Operator:
        """Raises SignInError. Takes as long for an unknown name as for a wrong password."""

    def operators(self) -> list[Operator]: ...


class Settings(Protocol):
    """Small JSON documents, such as the arrangement of the wall, kept by scope and key."""

    def load(self, scope: str, key: str) -> object | None: ...

    def save(self, scope: str, key: str, value: object) -> None: ...


class Records(Protocol):
    """One open database."""

    @property
    def audit(self) -> AuditLog: ...

    @property
    def directory(self) -> Directory: ...

    @property
    def operators(self) -> OperatorBook: ...

    @property
    def settings(self) -> Settings: ...

    @property
    def console_id(self) -> str:
        """Identity of this installation, made once and kept in the database."""

    def close(self) -> None: ...


class SecretStore(Protocol):
    """Camera passwords, outside the database."""

    @property
    def kind(self) -> str:
        """'keyring' or 'file': shown to the operator."""

    def get(self, key: str) -> str | None: ...

    def put(self, key: str, secret: str) -> None: ...

    def delete(self, key: str) -> None:
        """Nothing happens when it is not there."""
