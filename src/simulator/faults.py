"""Faults that can be switched on for one camera, as cameras in the field have them."""

from dataclasses import asdict, dataclass
from enum import StrEnum

from ..domain.errors import GwanjeError


class FaultKind(StrEnum):
    """FREEZE sends the same picture for ever; SILENCE keeps the connection open and sends no media; DROP closes the
    RTSP connections, and each new one `after_s` seconds into the stream; REFUSE answers 503 to everything;
    WRONG_CLOCK sets the device's clock off by `offset_s` and takes tokens only within 5 s of it; WRONG_PASSWORD
    changes the camera's password to one that nobody knows; SLOW answers SOAP `delay_s` late and sends `fps` pictures a
    second; CORRUPT damages `ratio` of the RTP packets.
    """

    FREEZE = "freeze"
    SILENCE = "silence"
    DROP = "drop"
    REFUSE = "refuse"
    WRONG_CLOCK = "wrong_clock"
    WRONG_PASSWORD = "wrong_password"  # noqa: S105 - the name of a fault
    SLOW = "slow"
    CORRUPT = "corrupt"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault with its figures; those that the kind does not use are ignored."""

    kind: FaultKind
    after_s: float = 1.0
    offset_s: float = 3600.0
    delay_s: float = 2.0
    fps: float = 1.0
    ratio: float = 0.05

    def to_json(self) -> dict[str, object]:
        return {**asdict(self), "kind": self.kind.value}

    @staticmethod
    def from_json(document: object) -> "Fault":
        """Raises GwanjeError that says what is wrong with the document."""
        if not isinstance(document, dict):
            raise GwanjeError("a fault is an object", place="fault")
        kinds = [k.value for k in FaultKind]
        if document.get("kind") not in kinds:
            raise GwanjeError("unknown kind", place="fault", cure=f"choose one of {', '.join(kinds)}")
        figures: dict[str, float] = {}
        for name, low, high in (
            ("after_s", 0.0, 3600.0),
            ("offset_s", -1e9, 1e9),
            ("delay_s", 0.0, 60.0),
            ("fps", 0.05, 60.0),
            ("ratio", 0.0, 1.0),
        ):
            value = document.get(name)
            if value is None:
                continue
            if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
                raise GwanjeError(f"{name} must be a number from {low:g} to {high:g}", place="fault")
            figures[name] = float(value)
        return Fault(FaultKind(document["kind"]), **figures)
