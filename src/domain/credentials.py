"""A user name with its password, safe to print by accident."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Credential:
    """What a camera is opened with. The password never shows in repr() or str()."""

    user: str
    password: str = field(repr=False)
