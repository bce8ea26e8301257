"""The end of the program leaves nothing turning and nothing unwritten."""

from gwanje.domain.audit import Outcome
from gwanje.domain.cameras import CameraId
from gwanje.domain.commands import MovePtz, Quit
from gwanje.domain.errors import UnreachableError
from gwanje.domain.ptz import PtzVelocity
from tests.support.console import console

C1 = CameraId("c1")


def test_quitting_while_a_camera_turns_stops_it_and_closes_its_row(qtbot, tmp_path) -> None:
    with console(qtbot, tmp_path) as made:
        move = made.core.dispatch(MovePtz(camera_id=C1, velocity=PtzVelocity(1, 0, 0)))
        qtbot.waitUntil(lambda: C1 in made.devices and made.devices[C1].ptz_status().moving)
        made.core.dispatch(Quit())
        qtbot.waitUntil(made.quiet)
        assert not made.devices[C1].ptz_status().moving
        assert made.outcomes(move) == [Outcome.REQUESTED, Outcome.SUCCEEDED]


def test_closing_tries_a_failed_stop_again(qtbot, tmp_path) -> None:
    with console(qtbot, tmp_path) as made:
        move = made.core.dispatch(MovePtz(camera_id=C1, velocity=PtzVelocity(1, 0, 0)))
        qtbot.waitUntil(lambda: C1 in made.devices and made.devices[C1].ptz_status().moving)
        device = made.devices[C1]
        stop, failures = device.stop_ptz, iter([UnreachableError("nothing answers")])

        def fail_once() -> None:
            for error in failures:
                raise error
            stop()

        device.stop_ptz = fail_once
        made.core.motions.stop_everything()
        made.core.close()
        assert not device.ptz_status().moving
        assert made.core.dispatcher.in_flight == 0
    assert move.outcome is Outcome.SUCCEEDED
