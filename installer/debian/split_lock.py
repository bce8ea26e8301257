"""Split a lock into the packages that have wheels and those that are published as source only.

usage: split_lock.py LOCK BINARY SOURCE
"""

import re
import sys
from pathlib import Path

# Held to its word by the build: pip refuses a package of BINARY that has no wheel.
SOURCE_ONLY = {"onvif-zeep"}


def main(lock: Path, binary: Path, source: Path) -> None:
    entries = [e for e in re.split(r"\n(?=[a-z0-9])", lock.read_text(encoding="utf-8").strip()) if "==" in e]
    with_wheel = [e for e in entries if e.partition("==")[0] not in SOURCE_ONLY]
    without = [e for e in entries if e.partition("==")[0] in SOURCE_ONLY]
    if len(without) != len(SOURCE_ONLY):
        raise SystemExit(f"{lock} does not pin {', '.join(sorted(SOURCE_ONLY))}")
    binary.write_text("\n".join(with_wheel) + "\n", encoding="utf-8")
    source.write_text("\n".join(without) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        raise SystemExit(__doc__)
    main(*map(Path, sys.argv[1:]))
