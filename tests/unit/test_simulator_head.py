"""The head moves as ONVIF says, on a clock that the test sets."""

import pytest

from gwanje.domain.ptz import PtzPosition, PtzVelocity
from gwanje.simulator.head import TOP_SPEED, PtzHead
from gwanje.simulator.view import PANORAMA, VIEW, window

HOME = PtzPosition(0.0, 0.0, 0.0)


def test_a_continuous_move_integrates_and_stops() -> None:
    head = PtzHead(HOME)
    head.move(PtzVelocity(pan=0.5, tilt=-0.2), 10.0, None)
    assert head.position(11.0).pan == pytest.approx(0.5 * TOP_SPEED.pan)
    assert head.moving(11.0) == (True, False)
    head.stop(11.0)
    assert head.moving(11.5) == (False, False)
    assert head.position(99.0) == head.position(11.0)
    assert (head.moves, head.stops) == (1, 1)


def test_it_ends_by_itself_after_the_timeout() -> None:
    head = PtzHead(HOME)
    head.move(PtzVelocity(pan=1.0), 0.0, 0.5)
    assert head.position(60.0).pan == pytest.approx(0.5 * TOP_SPEED.pan)
    assert head.moving(0.6) == (False, False)


def test_it_runs_against_its_end_stop() -> None:
    head = PtzHead(HOME)
    head.move(PtzVelocity(pan=-1.0, zoom=1.0), 0.0, None)
    assert head.position(60.0) == PtzPosition(-1.0, 0.0, 1.0)
    assert head.moving(60.0) == (False, False)


def test_an_absolute_move_takes_its_time() -> None:
    head = PtzHead(HOME)
    head.move_to(PtzPosition(0.8, -0.4, 2.0), 0.0)
    assert head.position(0.4).pan == pytest.approx(0.4 * TOP_SPEED.pan)
    assert head.moving(0.4) == (True, True)
    assert head.position(9.0) == PtzPosition(0.8, -0.4, 1.0)
    assert head.moving(9.0) == (False, False)


def test_zoom_can_stop_while_pan_goes_on() -> None:
    head = PtzHead(HOME)
    head.move(PtzVelocity(pan=0.5, zoom=0.5), 0.0, 10.0)
    head.stop(1.0, pan_tilt=False)
    assert head.moving(1.1) == (True, False)
    head.move_to(PtzPosition(-1.0, 0.0, 1.0), 2.0)
    head.stop(2.1, zoom=False)
    assert head.moving(2.2) == (False, True)


@pytest.mark.parametrize("pan", [-1.0, 0.0, 1.0])
@pytest.mark.parametrize("tilt", [-1.0, 0.0, 1.0])
@pytest.mark.parametrize("zoom", [0.0, 0.5, 1.0])
def test_the_view_stays_inside_the_panorama(pan: float, tilt: float, zoom: float) -> None:
    view = window(PtzPosition(pan, tilt, zoom))
    assert view.left >= -1e-6 and view.top >= -1e-6
    assert view.left + view.width <= PANORAMA[0] + 1e-6
    assert view.top + view.height <= PANORAMA[1] + 1e-6
    assert view.width / view.height == pytest.approx(VIEW[0] / VIEW[1])
