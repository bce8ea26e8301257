"""Rules of the house that no single room can see."""

import importlib.util
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import gwanje
from gwanje import assets

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


def sources() -> list[Path]:
    return sorted((ROOT / "src").rglob("*.py"))


def test_the_package_refuses_a_second_name() -> None:
    """Two copies of every class would exist under two names."""
    spec = importlib.util.spec_from_file_location("src", ROOT / "src/__init__.py")
    assert spec and spec.loader
    with pytest.raises(ImportError, match="import this package as 'gwanje'"):
        spec.loader.exec_module(importlib.util.module_from_spec(spec))


def test_versions_agree() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    newest = re.search(r"^## \[?(\d+\.\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert newest
    assert newest[1] == gwanje.__version__ == project["version"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda p: p.name)
def test_locks_are_hashed_and_name_no_host(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert not re.findall(r"\w+://|--(?:extra-)?index-url|--find-links|--trusted-host", text)
    pins = re.findall(r"^[a-z0-9][^\s=]*==", text, re.MULTILINE)
    assert pins
    entries = re.split(r"\n(?=[a-z0-9])", text)
    assert [e.split()[0] for e in entries if "==" in e and "--hash=sha256:" not in e] == []


def test_what_is_developed_with_is_what_is_shipped() -> None:
    """Every pin of runtime.txt is in dev.txt too, so that one environment serves both."""
    runtime, dev = (
        set(re.findall(r"^([a-z0-9][^\\\n]*==[^\\\n]*?) *\\?$", (ROOT / "requirements" / n).read_text(), re.MULTILINE))
        for n in ("runtime.txt", "dev.txt")
    )
    assert runtime
    assert runtime - dev == set()


def test_pyside_is_one_that_python_3_11_survives() -> None:
    """docs/adr/0003."""
    import PySide6

    assert PySide6.__version_info__ < (6, 12)


def test_none_keeps_its_reference_count() -> None:
    """docs/adr/0003: PySide6 6.12.0 lost a reference to None with every call that returned nothing."""
    code = """
import sys
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication(["none", "-platform", "offscreen"])
widget = QWidget()
widget.update()
before = sys.getrefcount(None)
for _ in range(1000):
    widget.update()
print(sys.getrefcount(None) - before)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    if sys.version_info >= (3, 12):
        assert done.stdout.strip() == "0"  # None is immortal there
    else:
        assert abs(int(done.stdout)) < 50


def test_every_resource_that_the_code_names_is_there() -> None:
    named = {
        (path.relative_to(ROOT), name)
        for path in sources()
        for name in re.findall(r"""\basset\(\s*["']([^"'{}]+)["']\s*\)""", path.read_text(encoding="utf-8"))
    }
    missing = []
    for place, name in sorted(named):
        try:
            assets.asset(name)
        except assets.AssetMissingError:
            missing.append(f"{place}: {name}")
    assert missing == []
    for always in ("icons/gwanje.svg", "data/seoul/districts.geojson", "vendor/wsdl", "vendor/leaflet/leaflet.js"):
        assets.asset(always)


def test_a_missing_resource_names_its_cure() -> None:
    with pytest.raises(assets.AssetMissingError, match="make setup"):
        assets.asset("icons/none-of-that-name.svg")


def test_no_module_touches_a_window_or_the_network_on_import() -> None:
    """Importing the domain must stay cheap and pure: no Qt, no database, no socket comes with it."""
    code = "import sys, gwanje.domain.commands, gwanje.domain.wall, gwanje.domain.ports; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    heavy = {"PySide6", "sqlalchemy", "av", "zeep", "numpy", "socket", "asyncio", "requests"}
    assert heavy & {name.partition(".")[0] for name in done.stdout.split()} == set()
