"""Whether a GPU shows the walls: what drivers say, how they fail, what may be asked for."""

import json
import sys
import time

import pytest

from gwanje.videowall.wall.canvas.choice import SurfaceChoice, choose_surface
from gwanje.videowall.wall.canvas.probe import Gpu, has_device, probe

GOOD = Gpu("Mesa Intel(R) UHD Graphics 770 (ADL-S GT1)", "Intel", (4, 6), keeps_watch=True)


def says(**answer: object) -> list[str]:
    return [sys.executable, "-c", f"print('a warning'); print({json.dumps(answer)!r})"]


@pytest.mark.parametrize(
    ("renderer", "vendor", "hardware"),
    [
        (GOOD.renderer, GOOD.vendor, True),
        ("NVIDIA T400/PCIe/SSE2", "NVIDIA Corporation", True),
        ("AMD Radeon Graphics (radeonsi, raphael_mendocino, LLVM 15.0.6)", "AMD", True),
        ("D3D12 (NVIDIA GeForce RTX 3060)", "Microsoft Corporation", True),
        ("llvmpipe (LLVM 15.0.6, 256 bits)", "Mesa/X.org", False),
        ("softpipe", "Mesa/X.org", False),
        ("Software Rasterizer", "Mesa Project", False),
        ("Google SwiftShader", "Google Inc.", False),
        ("ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (LLVM 10.0.0)))", "Google Inc. (Google)", False),
        ("Microsoft Basic Render Driver", "Microsoft Corporation", False),
        ("D3D12 (Microsoft Basic Render Driver)", "Microsoft Corporation", False),
        ("GDI Generic", "Microsoft Corporation", False),
        ("", "", False),
    ],
)
def test_software_is_told_from_hardware(renderer: str, vendor: str, hardware: bool) -> None:
    assert Gpu(renderer, vendor, (4, 5)).is_hardware is hardware


def test_what_a_driver_says_is_read() -> None:
    found = probe(says(renderer=GOOD.renderer, vendor="Intel", version=[4, 6], keeps_watch=True))
    assert found == GOOD


@pytest.mark.parametrize(
    "program",
    ["import os; os.abort()", "import sys; sys.exit(1)", "print('{}')", "print('{\"renderer\": 1}')", "print()", ""],
)
def test_a_driver_that_crashes_or_talks_nonsense_is_no_gpu(program: str) -> None:
    assert probe([sys.executable, "-c", program]) is None


def test_a_driver_that_hangs_is_not_waited_for() -> None:
    began = time.monotonic()
    assert probe([sys.executable, "-c", "import time; time.sleep(60)"], within=0.5) is None
    assert time.monotonic() - began < 20


def test_a_probe_that_cannot_start_is_no_gpu() -> None:
    assert probe(["/no/such/program"]) is None


def test_the_probe_of_this_program_answers(display: str) -> None:
    """On the test display that is software, or no OpenGL at all; never a crash of ours."""
    found = probe(within=60)
    assert found is not None, "the probe's process failed (Debian: libegl1 libgl1-mesa-dri)"
    assert found.version >= (3, 0)


@pytest.mark.parametrize(
    ("asked", "is_there", "found", "gpu"),
    [
        ("", True, GOOD, True),
        ("auto", True, GOOD, True),
        (" AUTO ", True, GOOD, True),
        ("nonsense", True, GOOD, True),
        ("auto", False, GOOD, False),
        ("auto", True, None, False),
        ("auto", True, Gpu("llvmpipe", "Mesa", (4, 5)), False),
        ("auto", True, Gpu(GOOD.renderer, "Intel", (2, 1)), False),
        ("raster", True, GOOD, False),
        ("gpu", False, None, True),
        ("gpu", True, Gpu("llvmpipe", "Mesa", (4, 5)), True),
    ],
)
def test_what_is_chosen(asked: str, is_there: bool, found: Gpu | None, gpu: bool) -> None:
    environment = {"GWANJE_SURFACE": asked} if asked else {}
    assert choose_surface(environment, is_there=lambda: is_there, ask=lambda: found).gpu is gpu


def test_nobody_is_asked_where_the_answer_is_known() -> None:
    def ask() -> Gpu | None:
        raise AssertionError("asked")

    assert not choose_surface({"GWANJE_SURFACE": "raster"}, is_there=lambda: True, ask=ask).gpu
    assert not choose_surface({}, is_there=lambda: False, ask=ask).gpu


def test_devices_of_linux(tmp_path) -> None:
    if not sys.platform.startswith("linux"):
        assert has_device(tmp_path)
        return
    assert not has_device(tmp_path)
    (tmp_path / "dri").mkdir()
    (tmp_path / "dri" / "card0").touch()
    assert not has_device(tmp_path)
    (tmp_path / "dri" / "renderD128").touch()
    assert has_device(tmp_path)


def test_qt_is_prepared_for_a_gpu_only() -> None:
    environment: dict[str, str] = {}
    SurfaceChoice(gpu=False).prepare(environment)
    assert environment == {}
    SurfaceChoice(gpu=True).prepare(environment)
    assert environment == {"QSG_RHI_BACKEND": "opengl"}
    kept = {"QSG_RHI_BACKEND": "vulkan"}
    SurfaceChoice(gpu=True).prepare(kept)
    assert kept == {"QSG_RHI_BACKEND": "vulkan"}
