"""What an operator can do with a recorded clip; see commands.py."""

from dataclasses import dataclass

from .commands import Command
from .operators import Permission


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenClip(Command):
    """Show the first picture of a video file in the clip window."""

    action = "clip.open"
    permission = Permission.WATCH
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayClip(Command):
    """From the picture that is shown, or again from the first one where the clip has ended."""

    action = "clip.play"
    permission = Permission.WATCH
    works_unrecorded = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseClip(Command):
    action = "clip.pause"
    permission = Permission.WATCH
    works_unrecorded = True


@dataclass(frozen=True, slots=True, kw_only=True)
class StepClip(Command):
    """`pictures` is 1 for the very next picture, -1 for the one before."""

    action = "clip.step"
    permission = Permission.WATCH
    works_unrecorded = True
    pictures: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeekClip(Command):
    """To the picture of this time, seconds from the first one. One drag of the slider is one such command."""

    action = "clip.seek"
    permission = Permission.WATCH
    works_unrecorded = True
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SetClipSpeed(Command):
    action = "clip.speed"
    permission = Permission.WATCH
    works_unrecorded = True
    speed: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeClipStill(Command):
    """Keep the picture that is shown as a PNG at its full size, with its time in the clip and its SHA-256."""

    action = "clip.take_still"
    permission = Permission.WATCH
