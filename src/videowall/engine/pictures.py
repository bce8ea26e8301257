"""From decoded frames to pictures: which size, which are worth showing, and whether they are new."""

import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import Colorspace, Interpolation, VideoReformatter
from numpy.typing import NDArray

LATE_AFTER_S = 0.25
SHOW_AT_LEAST_EVERY_S = 0.2
_WINDOW_S = 2.0
_CLOCK_STEP_S = 1.0
_DRIFT = 5e-4
_NEVER = float("-inf")
_SAMPLED_ROWS = 64
_SAME_WITHIN = 10
_BT709, _UNSPECIFIED = 1, 2  # AVCOL_SPC_BT709, AVCOL_SPC_UNSPECIFIED
_CONVERTIBLE = frozenset({0, _BT709, _UNSPECIFIED, 4, 5, 6, 7, 9})  # RGB, FCC, BT.470, SMPTE 170 and 240, BT.2020


def fitted_size(native: tuple[int, int], aspect: float, box: tuple[int, int]) -> tuple[int, int]:
    """The largest size inside `box` that keeps the shape of the picture and is not larger than the picture.

    `aspect` is the width of one pixel over its height; analogue cameras have pixels that are not square.
    """
    width, height = native[0] * aspect, float(native[1])
    scale = min(1.0, box[0] / width, box[1] / height)
    return max(2, round(width * scale)), max(2, round(height * scale))


def is_bt709(frame: VideoFrame) -> bool:
    """Which matrix codes the colours. Cameras that do not say so follow the custom: high definition is BT.709."""
    return frame.colorspace == _BT709 or (frame.colorspace == _UNSPECIFIED and frame.height >= 720)


def with_known_colours(frame: VideoFrame) -> VideoFrame:
    """The frame itself; a matrix that FFmpeg cannot convert from, or that is none, counts as not given."""
    if frame.colorspace not in _CONVERTIBLE:
        frame.colorspace = _UNSPECIFIED
    return frame


class Scaler:
    """Scales and turns into BGRx. One for each session: it keeps its tables as long as the sizes stay.

    In two steps where it can, because FFmpeg has quick routines for each step and none for both at once. The quick one
    for the colours leaves out the last columns of a width that is not a multiple of eight.
    """

    def __init__(self) -> None:
        self._shrinker = VideoReformatter()
        self._painter = VideoReformatter()

    def scale(self, frame: VideoFrame, width: int, height: int) -> NDArray[np.uint8]:
        """Rows of at least `width` * 4 bytes; the rest of a row is padding."""
        source_space = Colorspace.ITU709 if is_bt709(frame) else None
        # Averaging costs more, but a fast bilinear scaler shimmers where it skips whole pixels.
        method = Interpolation.AREA if width * 2 < frame.width else Interpolation.FAST_BILINEAR
        if width % 8 == 0 and height % 2 == 0:
            frame = self._shrinker.reformat(frame, width, height, interpolation=method, threads=1)
        elif (width, height) == (frame.width, frame.height):
            method |= Interpolation.ACCURATE_RND  # keeps FFmpeg off its quick routine
        painted = self._painter.reformat(
            frame, width, height, format="bgra", src_colorspace=source_space, interpolation=method, threads=1
        )
        plane = painted.planes[0]
        return np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)[:height]


class ChangeDetector:
    """Tells a new picture from the same one again: is any of the sampled luma values clearly another one?

    A hanging camera's encoder goes on refining and refreshing the picture it has, by up to 5 of 255 levels in our
    trials; a running clock, a leaf or a car changes some values by far more. Compared with the last new picture and
    not with the one before, so that a slow change counts too.
    """

    def __init__(self) -> None:
        self._last: NDArray[np.uint8] | None = None

    def is_new(self, frame: VideoFrame) -> bool:
        plane = frame.planes[0]
        rows = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)[: frame.height]
        sample = rows[:: max(1, frame.height // _SAMPLED_ROWS), : frame.width]
        if self._last is not None and self._last.shape == sample.shape:
            shifted = sample - self._last  # modulo 256: within the tolerance means 0..2T once T is added
            shifted += _SAME_WITHIN
            if int(shifted.max()) <= 2 * _SAME_WITHIN:
                return False
        self._last = sample.copy()
        return True


class Pace:
    """Decides which pictures to pass over when more than one is waiting: the newest counts, not each one.

    A picture is late when it came a quarter of a second later, against its own time stamp, than the quickest one of
    the last seconds. A lasting shift becomes the new normal after two windows.

    Attributes, of the last picture: `is_late`, `has_jumped` (its time stamp is a second or more away from what the
    ones before let expect), `behind` (seconds that it came later than the quickest of all, by the stream's clock).
    """

    def __init__(self) -> None:
        self.is_late = self.has_jumped = False
        self.behind = 0.0
        self._quickest = self._quickest_of_window = self._earliest = _NEVER
        self._window_ends = self._judged_at = 0.0
        self._shown_at = 0.0
        self._shown_stamp = float("-inf")

    def shows(self, stamp: float | None, now: float) -> bool:
        """Whether the picture with presentation time `stamp` (seconds), decoded at `now`, is to be shown."""
        self.is_late = self.has_jumped = False
        if stamp is not None:
            offset = now - stamp
            self.has_jumped = stamp <= self._shown_stamp - _CLOCK_STEP_S or offset <= self._earliest - _CLOCK_STEP_S
            if self.has_jumped or self._earliest == _NEVER:
                self._quickest = self._quickest_of_window = self._earliest = offset
            elif stamp < self._shown_stamp:
                return False  # never backwards
            if now >= self._window_ends:
                self._quickest, self._quickest_of_window = self._quickest_of_window, offset
                self._window_ends = now + _WINDOW_S
            self._quickest_of_window = min(self._quickest_of_window, offset)
            self._quickest = min(self._quickest, self._quickest_of_window)
            # Remembered for long, so that catching up is not taken for a jump, but a clock that drifts is followed.
            self._earliest = min(self._earliest + _DRIFT * (now - self._judged_at), offset)
            self._judged_at = now
            self.behind = offset - self._earliest
            self.is_late = offset - self._quickest > LATE_AFTER_S
            if self.is_late and now - self._shown_at < SHOW_AT_LEAST_EVERY_S:
                return False
            self._shown_stamp = stamp
        self._shown_at = now
        return True
