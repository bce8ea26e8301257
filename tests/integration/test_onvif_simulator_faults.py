"""The simulator's faults as the ONVIF room sees them; an established connection included."""

import time
from collections.abc import Iterator

import pytest

from gwanje.domain.devices import DevicePort
from gwanje.domain.errors import DeviceError, UnreachableError, WrongPasswordError
from gwanje.domain.ptz import PtzVelocity
from gwanje.onvif import Timeouts, open_device
from gwanje.simulator.process import SimulatorProcess


@pytest.fixture(scope="module")
def simulator() -> Iterator[SimulatorProcess]:
    with SimulatorProcess(cameras=12) as process:
        yield process


@pytest.fixture
def number(simulator: SimulatorProcess) -> Iterator[int]:
    number = next(c.number for c in simulator.district.cameras if c.ptz)
    yield number
    simulator.clear_fault(number)


@pytest.fixture
def device(simulator: SimulatorProcess, number: int) -> Iterator[DevicePort]:
    camera = next(c for c in simulator.district.cameras if c.number == number)
    device = open_device(camera, simulator.credential, timeouts=Timeouts(1.0, 1.0, 2.0))
    yield device
    device.close()


@pytest.mark.parametrize("known_before", [False, True], ids=["at first", "meanwhile"])
def test_a_wrong_clock(simulator: SimulatorProcess, number: int, device: DevicePort, known_before: bool) -> None:
    if known_before:
        device.profiles()
    simulator.set_fault(number, "wrong_clock", offset_s=-7200.0)
    assert len(device.profiles()) >= 2
    device.move_ptz(PtzVelocity(pan=0.3), 5.0)
    device.stop_ptz()
    assert device.info().clock_offset_s == pytest.approx(-7200.0, abs=2.0)


def test_a_wrong_password_and_the_right_one_again(simulator: SimulatorProcess, number: int, device: DevicePort) -> None:
    device.profiles()
    simulator.set_fault(number, "wrong_password")
    with pytest.raises(WrongPasswordError):
        device.profiles()
    with pytest.raises(WrongPasswordError):
        device.stop_ptz()
    simulator.clear_fault(number)
    device.profiles()
    device.stop_ptz()


def test_a_camera_that_refuses_everything(simulator: SimulatorProcess, number: int, device: DevicePort) -> None:
    simulator.set_fault(number, "refuse")
    with pytest.raises(DeviceError):
        device.profiles()
    simulator.clear_fault(number)
    assert device.profiles()


def test_a_camera_that_is_too_slow(simulator: SimulatorProcess, number: int, device: DevicePort) -> None:
    device.profiles()
    simulator.set_fault(number, "slow", delay_s=10.0)
    begun = time.monotonic()
    with pytest.raises(UnreachableError, match="in time"):
        device.profiles()
    assert time.monotonic() - begun < 3.0
    simulator.clear_fault(number)
    assert device.profiles()
