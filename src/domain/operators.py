"""Operators, their roles and what each role may do (the centre's role table)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

OperatorId = NewType("OperatorId", str)


class Role(StrEnum):
    AGENT = "agent"
    POLICE_OFFICER = "police officer"
    SUPERVISOR = "supervisor"
    PRIVACY_OFFICER = "privacy officer"
    ADMINISTRATOR = "administrator"
    PARTNER_VIEWER = "partner viewer"


class Permission(StrEnum):
    """What a command needs. EVERYONE holds for each operator who is signed in; NOBODY_YET also before sign-in."""

    NOBODY_YET = "nobody yet"
    EVERYONE = "everyone"
    WATCH = "watch live pictures"
    MOVE_PTZ = "move cameras"
    STORE_PTZ_PRESET = "store PTZ presets"
    ARRANGE_OUTPUTS = "arrange wall outputs"
    ADMINISTER_CAMERAS = "administer cameras"
    READ_AUDIT = "read the audit log"


_ALWAYS = frozenset({Permission.NOBODY_YET, Permission.EVERYONE})
_WATCHER = _ALWAYS | {Permission.WATCH, Permission.MOVE_PTZ, Permission.ARRANGE_OUTPUTS}

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.AGENT: _WATCHER,
    # Only the cameras of an open incident; until incidents exist there is none to see.
    Role.POLICE_OFFICER: _ALWAYS,
    Role.SUPERVISOR: _WATCHER | {Permission.STORE_PTZ_PRESET, Permission.READ_AUDIT},
    Role.PRIVACY_OFFICER: _ALWAYS | {Permission.READ_AUDIT},
    Role.ADMINISTRATOR: _ALWAYS | {Permission.ADMINISTER_CAMERAS},
    # Only the streams granted; until grants exist there is none to see.
    Role.PARTNER_VIEWER: _ALWAYS,
}


@dataclass(frozen=True, slots=True)
class Operator:
    """A person with an account. The password hash never leaves src/records."""

    id: OperatorId
    name: str
    roles: frozenset[Role]

    def may(self, permission: Permission) -> bool:
        """Whether any of the operator's roles holds the permission."""
        return any(permission in PERMISSIONS[role] for role in self.roles)
