"""Rules of the house that no linter holds: the length of files, and what must not be in the repository.

Prints each breach as FILE:LINE: words; exit 1 if there is one.
"""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONGEST_FILE = 400
BINARY = {".png", ".ico", ".jpg", ".woff2", ".ttf", ".icns"}
FORBIDDEN = {
    "a package registry's host": re.compile(
        r"\bpypi\.(?:org|python\.org)|pythonhosted\.org|registry\.npmjs\.|registry\.yarnpkg\."
    ),
    "a path of one machine": re.compile(r"(?<![\w.])/(?:root|work|Users)/\w|(?<![\w.])/home/\w|[A-Z]:\\Users\\"),
    "a public CDN": re.compile(r"cdn\.jsdelivr|cdnjs\.cloudflare|unpkg\.com|ajax\.googleapis"),
    "a merge conflict": re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE),
}
# this file spells the patterns out
EXEMPT = Path("installer/setup/house.py")


def tracked() -> list[Path]:
    """What git knows, and what it would take."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in sorted(set(done.stdout.split("\0"))) if name and (ROOT / name).is_file()]


def breaches() -> Iterator[str]:
    for path in tracked():
        name = path.relative_to(ROOT)
        if path.suffix in BINARY or name == EXEMPT:
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a sample file in another encoding
        lines = text.count("\n")
        if name.parts[0] == "src" and path.suffix == ".py" and lines > LONGEST_FILE:
            yield f"{name}:{lines}: longer than {LONGEST_FILE} lines; look for the second responsibility"
        for what, pattern in FORBIDDEN.items():
            for match in pattern.finditer(text):
                yield f"{name}:{text.count(chr(10), 0, match.start()) + 1}: {what}: {match.group().strip()!r}"


if __name__ == "__main__":
    found = list(breaches())
    for breach in found:
        print(breach)
    raise SystemExit(1 if found else 0)
