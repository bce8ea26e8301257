"""Pictures that are kept for a while: bounded in memory and in time, and gone when they have to be."""

import pytest
from PySide6.QtGui import QImage

from gwanje.domain.cameras import CameraId
from gwanje.videowall.recent_pictures import FORGOTTEN_AFTER_S, RecentPictures

A, B, C = (CameraId(name) for name in "abc")


def image(side: int = 10) -> QImage:
    made = QImage(side, side, QImage.Format.Format_RGB32)
    made.fill(0)
    return made


def test_the_newest_picture_of_a_camera_is_kept() -> None:
    recent = RecentPictures()
    recent.keep(A, image(10), 5.0)
    recent.keep(A, image(20), 6.0)
    recent.keep(A, image(30), 4.0)
    found = recent.of(A)
    assert found is not None
    assert (found[0].width(), found[1]) == (20, 6.0)


def test_the_ones_kept_longest_ago_make_room() -> None:
    recent = RecentPictures(most_bytes=2 * 400)
    recent.keep(A, image(), 1.0)
    recent.keep(B, image(), 2.0)
    recent.keep(A, image(), 3.0)
    recent.keep(C, image(), 4.0)
    assert [recent.of(camera) is not None for camera in (A, B, C)] == [True, False, True]


def test_one_picture_is_kept_however_large() -> None:
    recent = RecentPictures(most_bytes=100)
    recent.keep(A, image(100), 1.0)
    assert recent.of(A) is not None


@pytest.mark.parametrize("count", [1, 50])
def test_memory_is_given_back(count: int) -> None:
    recent = RecentPictures(most_bytes=10 * 400)
    for n in range(count):
        recent.keep(A, image(), float(n))
    for camera in (B, C):
        recent.keep(camera, image(), 100.0)
    assert recent.of(A) is not None, "its older pictures count no more"


def test_old_pictures_are_forgotten() -> None:
    now = 1000.0
    recent = RecentPictures(clock=lambda: now)
    recent.keep(A, image(), now)
    recent.keep(B, image(), now + 10)
    now += FORGOTTEN_AFTER_S + 5
    recent.forget_old()
    assert recent.of(A) is None
    assert recent.of(B) is not None
    recent.clear()
    assert recent.is_empty
