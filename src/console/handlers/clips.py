"""Recorded clips: each order is done when the player says so."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtGui import QImage

from ...domain.clip_commands import OpenClip, PauseClip, PlayClip, SeekClip, SetClipSpeed, StepClip, TakeClipStill
from ...domain.commands import Command
from ...domain.errors import GwanjeError
from ...videowall.player.port import ClipPicture, ClipPlayer, ClipState
from ..dispatch import Dispatcher, Done, Lane
from .stills import keep_still


class ClipHandlers:
    """Stills are written into `stills_folder`, on the `files` lane."""

    def __init__(self, player: ClipPlayer, files: Lane, stills_folder: Path) -> None:
        self._player = player
        self._files = files
        self._stills_folder = stills_folder

    def register(self, dispatcher: Dispatcher) -> None:
        for command in (OpenClip, PlayClip, PauseClip, StepClip, SeekClip, SetClipSpeed):
            dispatcher.register(command, self.direct)
        dispatcher.register(TakeClipStill, self.take_still)

    def direct(self, command: Command, done: Done) -> None:
        player, then = self._player, partial(_tell, done)
        match command:
            case OpenClip(path=path):
                player.open(path, then)
            case PlayClip():
                player.play(then)
            case PauseClip():
                player.pause(then)
            case StepClip(pictures=pictures):
                player.step(pictures, then)
            case SeekClip(seconds=seconds):
                player.seek(seconds, then)
            case SetClipSpeed(speed=speed):
                player.set_speed(speed, then)

    def take_still(self, command: Command, done: Done) -> None:
        clip = Path(self._player.state.path)

        def taken(picture: ClipPicture | None, error: GwanjeError | None) -> None:
            if picture is None:
                done(None, error)
                return
            image = QImage(
                picture.data, picture.width, picture.height, picture.width * 4, QImage.Format.Format_RGB32
            ).copy()
            at = datetime.now(UTC)
            texts = {"Clip": clip.name, "Clip Time": f"{picture.time:.3f} s", "Creation Time": at.isoformat()}
            file = self._stills_folder / f"{at:%Y%m%d-%H%M%S-%f}-clip.png"
            about = {"clip": str(clip), "seconds": round(picture.time, 3)}
            self._files.submit(
                lambda: keep_still(image, texts, file), lambda kept, failed: done({**about, **(kept or {})}, failed)
            )

        self._player.still(taken)


def _tell(done: Done, state: ClipState | None, error: GwanjeError | None) -> None:
    """The row says where the clip stood when the order was done."""
    done({"clip": state.path, "position": round(state.position, 3)} if state is not None else None, error)
