"""Keep resources/translations in step with the source.

usage: translations.py update   bring the .ts files up to date: new strings arrive unfinished, vanished ones go
       translations.py check    exit 1 unless every string of the source has a finished translation, and none is over
"""

import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "resources/translations"
LANGUAGES = ("ko",)
_PLACEHOLDER = re.compile(r"%(?:L?\d+|n)|\{[^{}]*\}")


def lupdate(ts: Path, language: str) -> None:
    """Line numbers are left out of the file: they would change it with every edit of the source."""
    files = [str(p.relative_to(ROOT)) for p in sorted((ROOT / "src").rglob("*.py"))]
    command = [
        str(Path(sys.executable).with_name("pyside6-lupdate")),
        *("-silent", "-no-obsolete", "-locations", "none", "-source-language", "en", "-target-language", language),
        *files,
        *("-ts", str(ts)),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"pyside6-lupdate failed with {done.returncode}: {done.stdout}{done.stderr}")


def messages(ts: Path) -> dict[tuple[str, str, str], ET.Element]:
    """Context, source text and comment of each message, with its element."""
    found = {}
    for context in ET.parse(ts).getroot().iter("context"):
        for message in context.iter("message"):
            key = (context.findtext("name", ""), message.findtext("source", ""), message.findtext("comment", ""))
            found[key] = message
    return found


def complaints(ts: Path, language: str) -> list[str]:
    if not ts.is_file():
        return [f"{ts.relative_to(ROOT)} is missing"]
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / ts.name
        shutil.copy(ts, fresh)
        lupdate(fresh, language)
        now, kept = messages(fresh), messages(ts)
    found = [f"{c}: {s!r} is not in the file" for c, s, _ in now.keys() - kept.keys()]
    found += [f"{c}: {s!r} is no longer in the source" for c, s, _ in kept.keys() - now.keys()]
    for (context, source, _), message in kept.items():
        translation = message.find("translation")
        forms = [] if translation is None else [f.text or "" for f in translation.iter("numerusform")]
        texts = forms or [translation.text or "" if translation is not None else ""]
        if translation is None or translation.get("type") == "unfinished" or not all(t.strip() for t in texts):
            found.append(f"{context}: {source!r} has no finished translation")
            continue
        for text in texts:
            if sorted(_PLACEHOLDER.findall(text)) != sorted(_PLACEHOLDER.findall(source)):
                found.append(f"{context}: {source!r} and {text!r} have different placeholders")
    return sorted(found)


def main(task: str) -> int:
    status = 0
    for language in LANGUAGES:
        ts = FOLDER / f"gwanje_{language}.ts"
        if task == "update":
            FOLDER.mkdir(parents=True, exist_ok=True)
            lupdate(ts, language)
        for complaint in complaints(ts, language):
            print(f"{ts.name}: {complaint}")
            status = 1
    return status if task == "check" else 0


if __name__ == "__main__":
    if sys.argv[1:] not in (["update"], ["check"]):
        raise SystemExit(__doc__)
    raise SystemExit(main(sys.argv[1]))
