"""Every error text of the source has a place in the tables, and comes out in Korean with its values in it."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator

from gwanje.console.error_words import CURES, MESSAGES, PLACES, error_words, reason_words
from gwanje.domain.errors import GwanjeError, NotFoundError, RecordsError
from gwanje.records._audit_rows import UNFINISHED_REASON
from gwanje.records._errors import _WORDS

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src"
# These speak on the command line alone, in English.
UNSEEN = (
    SOURCE / "simulator",
    SOURCE / "console/cli",
    SOURCE / "console/bench",
    SOURCE / "console/demo",
    SOURCE / "records/maintenance",
    SOURCE / "records/sharing/bench.py",
)
TABLES = SOURCE / "console/error_words.py"
# What is handed over in a variable; where it comes from is checked by a test of its own, or is the same family.
KNOWN_VARIABLES = {"words[0]", "words[1]", "message", "place", "cure"}
_VARIES = "{}"


def _texts() -> dict[str, set[str]]:
    return {
        "message": {_general(str(t)) for t in MESSAGES},
        "cure": {_general(str(t)) for t in CURES},
        "place": {_general(str(t)) for t in PLACES},
    }


def _general(template: str) -> str:
    return re.sub(r"\{\w+\}", _VARIES, template)


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _trees() -> dict[Path, ast.Module]:
    files = sorted(p for p in SOURCE.rglob("*.py") if not any(p.is_relative_to(u) for u in UNSEEN))
    return {p: ast.parse(p.read_text(encoding="utf-8")) for p in files if p != TABLES}


def _family(trees: dict[Path, ast.Module]) -> set[str]:
    """GwanjeError and every class that derives from it, at any depth."""
    classes = [n for tree in trees.values() for n in ast.walk(tree) if isinstance(n, ast.ClassDef)]
    family = {"GwanjeError"}
    while more := {c.name for c in classes if any(_name(b) in family for b in c.bases)} - family:
        family |= more
    return family


def _written(node: ast.expr) -> str | None:
    """The text as it stands in the source, {} for what varies; None when there is no text at all."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(v.value) if isinstance(v, ast.Constant) else _VARIES for v in node.values)
    return None


def _made(tree: ast.Module, family: set[str]) -> Iterator[ast.Call]:
    """The calls that make such an error; those of classes that word it themselves count where they do so."""
    wording = {
        c.name: list(_super_calls(c)) for c in ast.walk(tree) if isinstance(c, ast.ClassDef) and c.name in family
    }
    for calls in wording.values():
        yield from calls
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in family:
            yield node


def _super_calls(made: ast.ClassDef) -> Iterator[ast.Call]:
    for node in ast.walk(made):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "super().__init__" and made.name != "GwanjeError":
            yield node


def _worded_by_themselves(trees: dict[Path, ast.Module], family: set[str]) -> set[str]:
    return {
        c.name
        for tree in trees.values()
        for c in ast.walk(tree)
        if isinstance(c, ast.ClassDef) and c.name in family and any(_super_calls(c))
    }


def _arguments(call: ast.Call) -> Iterator[tuple[str, ast.expr]]:
    if call.args:
        yield "message", call.args[0]
    for keyword in call.keywords:
        if keyword.arg in ("message", "place", "cure"):
            yield str(keyword.arg), keyword.value


def test_every_error_of_the_source_is_in_the_tables() -> None:
    trees = _trees()
    family, texts, missing, seen = _family(trees), _texts(), [], 0
    own_words = _worded_by_themselves(trees, family)
    for path, tree in trees.items():
        for call in _made(tree, family):
            if _name(call.func) in own_words:
                continue
            for part, node in _arguments(call):
                seen += 1
                text = _written(node)
                where = f"{path.relative_to(ROOT)}:{call.lineno}: {part} {ast.unparse(node)}"
                if text is None and part == "message" and ast.unparse(node) not in KNOWN_VARIABLES:
                    missing.append(f"{where}: write it out, so that it can be translated")
                elif text is not None and text not in texts[part] and not _untranslatable(part, text):
                    missing.append(where)
    assert missing == []
    assert seen > 150, "the scan no longer finds the errors"


def _untranslatable(part: str, text: str) -> bool:
    """A place may be a name as the machine knows it, such as an environment variable."""
    return part == "place" and text.isupper()


def test_the_words_for_database_codes_are_in_the_tables() -> None:
    texts = _texts()
    for message, cure in _WORDS.values():
        assert message in texts["message"]
        assert not cure or cure in texts["cure"]
    assert UNFINISHED_REASON in texts["message"]


def test_nothing_in_the_tables_is_over() -> None:
    """A text that nothing raises any more would stay in the translations for ever."""
    written = {_written(n) for tree in _trees().values() for n in ast.walk(tree) if isinstance(n, ast.expr)}
    for part, known in _texts().items():
        assert known - written == set(), part


@pytest.fixture
def korean(qapp: object, tmp_path: Path) -> Iterator[None]:
    """The translation as it is in the repository, compiled here."""
    compiler = shutil.which("pyside6-lrelease", path=str(Path(sys.executable).parent))
    assert compiler, "pyside6-lrelease belongs to PySide6"
    compiled = tmp_path / "ko.qm"
    source = ROOT / "resources/translations/gwanje_ko.ts"
    subprocess.run([compiler, "-silent", str(source), "-qm", str(compiled)], check=True)
    translator = QTranslator()
    assert translator.load(str(compiled))
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)


def _has_hangul(text: str) -> bool:
    return any("가" <= letter <= "힣" for letter in text)


ERRORS = [
    GwanjeError("nobody is signed in", cure="sign in first"),
    NotFoundError("there is no layout '5: x (y)'", cure="choose one of 1, 2x2, 3x3"),
    GwanjeError("this is not a stream address", place="address", cure="write rtsp://host:port/path"),
    GwanjeError("the camera cannot do this (ActionNotSupported)", place="10.0.0.7: yard (north)"),
    RecordsError(
        "the disk is full", place="/srv/a (b): c/gwanje.db", cure="free some space; the console goes on by itself"
    ),
    RecordsError(
        "the database was written by a newer version of gwanje (schema 0007, this one knows 0001)",
        place="/srv/gwanje.db",
        cure="install that version, or give another database",
    ),
    RecordsError("two cameras would have this number", place="camera 12", cure="give another one"),
]


@pytest.mark.parametrize("error", ERRORS, ids=str)
def test_without_a_translation_the_words_are_the_english_ones(error: GwanjeError) -> None:
    assert error_words(error) == str(error) == reason_words(str(error))


@pytest.mark.usefixtures("korean")
@pytest.mark.parametrize("error", ERRORS, ids=str)
def test_a_stored_reason_reads_like_the_error_itself(error: GwanjeError) -> None:
    assert _has_hangul(error_words(error))
    assert reason_words(str(error)) == error_words(error)


@pytest.mark.usefixtures("korean")
def test_values_and_places_survive_the_translation() -> None:
    error = RecordsError("the setting wall/{0} is damaged", place="/srv/a (b): c/gwanje.db", cure="save it anew")
    words = error_words(error)
    assert words.startswith("/srv/a (b): c/gwanje.db: ")
    assert "wall/{0}" in words
    assert "damaged" not in words and "save it anew" not in words


@pytest.mark.usefixtures("korean")
def test_what_no_table_knows_stays_as_it_is() -> None:
    for text in ("", "12 rows (of 14)", "name: a: b (c) (d)", "the disk is full of paint"):
        assert reason_words(text) == text
        assert error_words(GwanjeError(text)) == text
    assert error_words(None) == ""


@pytest.mark.usefixtures("korean")
def test_every_text_has_korean_words() -> None:
    for text in MESSAGES:
        assert _has_hangul(error_words(GwanjeError(_filled(str(text))))), text
    for text in CURES:
        assert _has_hangul(error_words(GwanjeError("x", cure=_filled(str(text))))), text
    for text in PLACES:
        assert _has_hangul(error_words(GwanjeError("x", place=_filled(str(text))))), text


@pytest.mark.usefixtures("korean")
def test_every_template_keeps_its_values() -> None:
    for text in MESSAGES:
        names = re.findall(r"\{(\w+)\}", str(text))
        words = error_words(GwanjeError(_filled(str(text))))
        assert sorted(re.findall(r"<\w+>", words)) == sorted(f"<{n}>" for n in names), text


def _filled(template: str) -> str:
    return re.sub(r"\{(\w+)\}", r"<\1>", template)
