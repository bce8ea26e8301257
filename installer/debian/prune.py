"""Leave out of an installed PySide6 what the program never loads: two thirds of it.

usage: prune.py SITE_PACKAGES

Kept are the Qt modules below, the plugins below, and every shared library that one of them needs, as the system's
own loader (ldd) finds them. Whatever `src` imports must be among the modules, or the build stops.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

# Imported by src, or by Qt's own modules and by pyqtgraph and qtawesome when they are imported.
MODULES = {
    "QtCore",
    "QtDBus",
    "QtGui",
    "QtNetwork",
    "QtOpenGL",
    "QtOpenGLWidgets",
    "QtPositioning",
    "QtPrintSupport",
    "QtQml",
    "QtQuick",
    "QtQuickWidgets",
    "QtSvg",
    "QtSvgWidgets",
    "QtTest",
    "QtWebChannel",
    "QtWebEngineCore",
    "QtWebEngineWidgets",
    "QtWidgets",
}
PLUGINS = {
    "iconengines",
    "imageformats",
    "networkinformation",
    "platforminputcontexts",
    "platforms",
    "platformthemes",
    "tls",
    "wayland-decoration-client",
    "wayland-graphics-integration-client",
    "wayland-shell-integration",
    "xcbglintegrations",
}
# Single plugins of those folders that bring large libraries (the first two), need a desktop's (GTK 3), or draw where
# no window system is.
NOT_PLUGINS = {
    "libqpdf.so",
    "libqtvirtualkeyboardplugin.so",
    "libqgtk3.so",
    "libqeglfs.so",
    "libqvnc.so",
    "libqlinuxfb.so",
    "libqvkkhrdisplay.so",
}
LANGUAGES = ("ko", "en", "en-US")


def size(folder: Path) -> int:
    return sum(f.stat().st_size for f in folder.rglob("*") if f.is_file() and not f.is_symlink())


def needed(file: Path, within: Path) -> set[Path]:
    """The shared libraries under `within` that the loader would take for `file`, its own included."""
    done = subprocess.run(["ldd", str(file)], capture_output=True, text=True)
    found = (Path(p).resolve() for p in re.findall(r"=> (/\S+)", done.stdout))
    return {p for p in found if p.is_relative_to(within)}


def imported_by(package: Path) -> set[str]:
    pattern = re.compile(r"^\s*(?:from|import) PySide6\.(Qt\w+)|^\s*from PySide6 import (.+)$", re.MULTILINE)
    names: set[str] = set()
    for file in package.rglob("*.py"):
        for one, several in pattern.findall(file.read_text(encoding="utf-8")):
            names |= {one} if one else set(re.findall(r"\bQt\w+", several))
    return names


def prune(site: Path) -> None:
    pyside, qt = site / "PySide6", site / "PySide6/Qt"
    unknown = imported_by(site / "gwanje") - MODULES
    if unknown:
        raise SystemExit(f"src imports {', '.join(sorted(unknown))}; add it to MODULES in {__file__}")
    keep_files = {pyside / f"{name}.abi3.so" for name in MODULES}
    keep_files |= {f for name in PLUGINS for f in (qt / "plugins" / name).glob("*.so") if f.name not in NOT_PLUGINS}
    keep_files.add(qt / "libexec/QtWebEngineProcess")
    missing = sorted(f.name for f in keep_files if not f.is_file())
    if missing:
        raise SystemExit(f"this PySide6 has no {', '.join(missing)}")

    within = site.resolve()
    libraries: set[Path] = set()
    for file in sorted(keep_files):
        libraries |= needed(file, within)

    for entry in list(pyside.iterdir()):
        python = entry.suffix == ".py"
        own_library = entry.name.startswith("libpyside6") and entry.resolve() in libraries
        if entry in keep_files or python or own_library or entry.name in {"Qt", "support"}:
            continue
        shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    for entry in list(qt.iterdir()):
        if entry.name not in {"lib", "libexec", "plugins", "resources", "translations"}:
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    for file in [f for f in (qt / "lib").rglob("*") if f.is_file() or f.is_symlink()]:
        if file.resolve() not in libraries:
            file.unlink()
    for file in [f for f in (qt / "plugins").rglob("*") if f.is_file()]:
        if file not in keep_files:
            file.unlink()
    for file in list((qt / "libexec").iterdir()):
        if file not in keep_files:
            file.unlink()
    for file in (qt / "resources").glob("*devtools*"):
        file.unlink()
    for file in [f for f in (qt / "translations").rglob("*") if f.is_file()]:
        if not any(file.stem == lang or file.stem.endswith(f"_{lang}") for lang in LANGUAGES):
            file.unlink()
    # stubs and tests of libraries: read by nobody at run time
    for stub in list(site.rglob("*.pyi")):
        stub.unlink()
    for package in ("numpy", "pyqtgraph", "sqlalchemy", "lxml"):
        for tests in [f for name in ("tests", "examples", "testing") for f in (site / package).rglob(name)]:
            if tests.is_dir() and tests.name != "testing":
                shutil.rmtree(tests)
    for empty in sorted((d for d in pyside.rglob("*") if d.is_dir()), key=lambda d: -len(d.parts)):
        if not any(empty.iterdir()):
            empty.rmdir()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    folder = Path(sys.argv[1])
    before = size(folder)
    prune(folder)
    print(f"  {before >> 20} MB became {size(folder) >> 20} MB", file=sys.stderr)
