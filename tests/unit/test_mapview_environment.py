"""What is set for a machine without a GPU, and how little importing the room costs."""

import subprocess
import sys

import pytest

from gwanje.mapview import prepare_environment
from gwanje.mapview.environment import has_gpu


def test_nothing_changes_where_there_is_a_gpu() -> None:
    environment: dict[str, str] = {}
    prepare_environment(environment, gpu=True)
    assert environment == {}


def test_without_a_gpu_the_page_is_drawn_in_software() -> None:
    environment = {"QTWEBENGINE_CHROMIUM_FLAGS": "--no-first-run"}
    prepare_environment(environment, gpu=False)
    assert environment == {
        "QT_QUICK_BACKEND": "software",
        "QTWEBENGINE_CHROMIUM_FLAGS": "--no-first-run --disable-gpu",
    }


def test_what_the_operator_of_the_machine_set_is_kept() -> None:
    given = {"QT_QUICK_BACKEND": "rhi", "QTWEBENGINE_CHROMIUM_FLAGS": "--use-gl=angle"}
    environment = dict(given)
    prepare_environment(environment, gpu=False)
    prepare_environment(environment, gpu=False)
    assert environment == given


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="render nodes are a matter of Linux")
def test_a_render_node_counts_as_a_gpu(tmp_path_factory: pytest.TempPathFactory) -> None:
    dri = tmp_path_factory.mktemp("dri")
    (dri / "card0").touch()
    assert not has_gpu(dri)
    (dri / "renderD128").touch()
    assert has_gpu(dri)


def test_importing_the_room_loads_neither_qt_nor_folium() -> None:
    code = "import sys, gwanje.mapview; print([m for m in ('PySide6', 'folium') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"
