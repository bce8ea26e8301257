"""The second engine: libVLC decodes, in the same watched worker processes (docs/adr/0011)."""

from ..port import Pixels
from .ffmpeg import HUNG_AFTER_S, FfmpegEngine


class VlcEngine(FfmpegEngine):
    """Implements `Engine`. Without libVLC on the machine every session ends with Reason.UNSUPPORTED."""

    def __init__(
        self, workers: int | None = None, *, pixels: Pixels = Pixels.BGRX, hung_after: float = HUNG_AFTER_S
    ) -> None:
        super().__init__(workers, pixels=pixels, hardware="", name="vlc", hung_after=hung_after)
