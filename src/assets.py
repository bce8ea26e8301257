"""The one way to a file that ships with the program: icons, translations, map assets, WSDLs, sample data."""

from functools import cache
from pathlib import Path


class AssetMissingError(FileNotFoundError):
    """A file that set-up should have put in place is not there."""


@cache
def root() -> Path:
    """The `resources` folder: inside the installed package, or beside `src` in a checkout."""
    here = Path(__file__).resolve().parent
    for candidate in (here / "resources", here.parent / "resources"):
        if candidate.is_dir():
            return candidate
    raise AssetMissingError(f"no resources folder beside {here}; reinstall gwanje")


def asset(name: str) -> Path:
    """Return the path of `name` (slash-separated, relative to resources/).

    Raises AssetMissingError, naming the cure, when it is not there.
    """
    path = root() / name
    if not path.exists():
        raise AssetMissingError(f"resource {name!r} is missing from {root()}; run `make setup` (or reinstall gwanje)")
    return path
