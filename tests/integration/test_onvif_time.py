"""No call takes longer than its timeouts, whatever the camera does; and a stop waits for nobody."""

import inspect
import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from gwanje.domain.devices import DevicePort
from gwanje.domain.errors import DeviceError, UnreachableError
from gwanje.domain.ptz import PtzPosition, PtzVelocity
from gwanje.onvif import Timeouts, open_device, preload
from tests.fakes.soap_answers import Quirks
from tests.fakes.soap_camera import SoapCamera

QUICK = Timeouts(connect_s=0.3, read_s=0.3, answer_s=0.6)
# One exchange at its slowest, and slack for a machine that is busy with something else.
BOUND_S = QUICK.connect_s + QUICK.answer_s + 1.0

CALLS: dict[str, Callable[[DevicePort], object]] = {
    "info": lambda d: d.info(),
    "profiles": lambda d: d.profiles(),
    "stream_uri": lambda d: d.stream_uri("main"),
    "snapshot": lambda d: d.snapshot("main"),
    "request_key_frame": lambda d: d.request_key_frame("main"),
    "move_ptz": lambda d: d.move_ptz(PtzVelocity(pan=0.5), 1.0),
    "move_ptz_to": lambda d: d.move_ptz_to(PtzPosition(0.1, 0.1, 0.1)),
    "stop_ptz": lambda d: d.stop_ptz(),
    "ptz_status": lambda d: d.ptz_status(),
    "ptz_presets": lambda d: d.ptz_presets(),
    "go_to_ptz_preset": lambda d: d.go_to_ptz_preset("1"),
    "store_ptz_preset": lambda d: d.store_ptz_preset("gate"),
    "go_to_ptz_home": lambda d: d.go_to_ptz_home(),
}
OPERATIONS = {
    "info": "GetDeviceInformation",
    "profiles": "GetProfiles",
    "stream_uri": "GetStreamUri",
    "snapshot": "GetSnapshotUri",
    "request_key_frame": "SetSynchronizationPoint",
    "move_ptz": "ContinuousMove",
    "move_ptz_to": "AbsoluteMove",
    "stop_ptz": "Stop",
    "ptz_status": "GetStatus",
    "ptz_presets": "GetPresets",
    "go_to_ptz_preset": "GotoPreset",
    "store_ptz_preset": "SetPreset",
    "go_to_ptz_home": "GotoHomePosition",
}


@pytest.fixture(autouse=True, scope="module")
def wsdl() -> None:
    preload()


def test_every_method_of_the_port_is_tried_here() -> None:
    methods = {n for n, _ in inspect.getmembers(DevicePort, inspect.isfunction) if not n.startswith("_")}
    assert methods - {"close"} == set(CALLS) == set(OPERATIONS)


def took(call: Callable[[], object], error: type[DeviceError] = UnreachableError) -> float:
    begun = time.monotonic()
    with pytest.raises(error):
        call()
    return time.monotonic() - begun


@pytest.mark.parametrize("name", CALLS)
def test_a_camera_that_never_says_anything(name: str) -> None:
    with SoapCamera(Quirks(silent=True)) as camera:
        device = open_device(camera.directory_entry(), camera.credential, timeouts=QUICK)
        assert took(lambda: CALLS[name](device)) < BOUND_S
        device.close()


@pytest.mark.parametrize("name", CALLS)
def test_a_camera_that_never_answers_this_one_operation(name: str) -> None:
    with SoapCamera(Quirks(silent_operations=frozenset({OPERATIONS[name]}))) as camera:
        device = open_device(camera.directory_entry(), camera.credential, timeouts=QUICK)
        assert device.info().model == "Dome" if name != "info" else True
        assert took(lambda: CALLS[name](device)) < BOUND_S
        device.close()


def test_a_camera_that_is_not_there() -> None:
    with SoapCamera() as camera:
        entry = camera.directory_entry()
    device = open_device(entry, None, timeouts=QUICK)
    assert took(device.info) < BOUND_S


class Dripper:
    """Takes connections and sends one byte of an endless answer every 50 ms."""

    def __init__(self, head: bytes) -> None:
        self._head = head
        self._stop = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._run, name="dripper")

    def __enter__(self) -> "Dripper":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        self._listener.close()

    def _run(self) -> None:
        self._listener.settimeout(0.05)
        while not self._stop.is_set():
            try:
                connection, _ = self._listener.accept()
            except TimeoutError:
                continue
            with connection:
                self._serve(connection)

    def _serve(self, connection: socket.socket) -> None:
        try:
            connection.recv(65536)
            connection.sendall(self._head)
            while not self._stop.wait(0.05):
                connection.sendall(b"x")
        except OSError:
            return


@pytest.mark.parametrize(
    "head",
    [b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: "],
    ids=["body", "body without a length", "header"],
)
def test_a_camera_that_drips(head: bytes) -> None:
    with Dripper(head) as dripper, SoapCamera() as camera:
        entry = camera.directory_entry(device_address=f"http://127.0.0.1:{dripper.port}/onvif/device_service")
        device = open_device(entry, None, timeouts=QUICK)
        assert took(device.info) < BOUND_S
        device.close()


@pytest.fixture
def slow_move() -> Iterator[tuple[SoapCamera, DevicePort, threading.Thread, list[BaseException]]]:
    """A camera whose ContinuousMove hangs, and a thread that waits in it."""
    failures: list[BaseException] = []
    with SoapCamera() as camera:
        device = open_device(camera.directory_entry(), camera.credential, timeouts=Timeouts(2.0, 2.0, 4.0))
        assert device.ptz_status().moving is False
        camera.quirks.silent_operations = frozenset({"ContinuousMove"})

        def move() -> None:
            try:
                device.move_ptz(PtzVelocity(pan=1.0), 10.0)
            except DeviceError as error:
                failures.append(error)

        thread = threading.Thread(target=move)
        thread.start()
        deadline = time.monotonic() + 5
        while "ContinuousMove" not in camera.operations:
            assert time.monotonic() < deadline
            time.sleep(0.005)
        try:
            yield camera, device, thread, failures
        finally:
            camera.released.set()
            thread.join()
            device.close()


def test_a_stop_does_not_wait_behind_a_move(
    slow_move: tuple[SoapCamera, DevicePort, threading.Thread, list[BaseException]],
) -> None:
    camera, device, thread, _ = slow_move
    begun = time.monotonic()
    device.stop_ptz()
    stopped = time.monotonic() - begun
    assert thread.is_alive(), "the move still waits"
    assert stopped < 0.5
    assert camera.operations.count("Stop") == 1


def test_a_move_that_was_overtaken_by_a_stop_is_stopped_again(
    slow_move: tuple[SoapCamera, DevicePort, threading.Thread, list[BaseException]],
) -> None:
    camera, device, thread, _ = slow_move
    device.stop_ptz()
    camera.quirks.silent_operations = frozenset()
    thread.join()
    assert camera.operations[-1] == "Stop" and camera.operations.count("Stop") == 2


def test_many_stops_at_once(
    slow_move: tuple[SoapCamera, DevicePort, threading.Thread, list[BaseException]],
) -> None:
    camera, device, _, _ = slow_move
    stops = [threading.Thread(target=device.stop_ptz) for _ in range(8)]
    for stop in stops:
        stop.start()
    for stop in stops:
        stop.join(timeout=5)
    assert camera.operations.count("Stop") == 8


def test_a_hundred_cameras_share_the_wsdl_files() -> None:
    with SoapCamera() as camera:
        first = open_device(camera.directory_entry(), camera.credential)
        first.info()
        begun, cpu = time.monotonic(), time.thread_time()
        devices = [open_device(camera.directory_entry(), camera.credential) for _ in range(100)]
        from gwanje.onvif._line import Line
        from gwanje.onvif._zeep_adapter import DEVICE, MEDIA2, PTZ, Service

        line = Line("http://127.0.0.1/", "x", None, Timeouts())
        services = [Service(c, "http://127.0.0.1/", line, "x") for _ in devices for c in (DEVICE, MEDIA2, PTZ)]
        cpu = time.thread_time() - cpu
        assert len({id(s._service.zeep_client.wsdl) for s in services}) == 3
        # A single parse takes some 50 ms; a hundred cameras with three services each stay far below a parse each.
        assert cpu < 2.0, f"{cpu:.2f} s of CPU ({time.monotonic() - begun:.2f} s) for 100 cameras"
        for device in (first, *devices):
            device.close()
