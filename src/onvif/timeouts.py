"""How long a camera may take."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds, for each HTTP exchange; a call to a camera is one exchange, the first one some more.

    Attributes:
        connect_s: until the camera takes the connection. read_s: until it says anything (more).
        answer_s: from the request to the last byte of the answer, so that a camera that drips bytes cannot hold a lane.
    """

    connect_s: float = 2.0
    read_s: float = 5.0
    answer_s: float = 10.0
