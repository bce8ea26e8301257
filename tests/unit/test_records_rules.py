"""The pure parts of the records room: stored text, canonical JSON, names and passwords, and what importing it costs."""

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gwanje.domain.errors import GwanjeError
from gwanje.records._text import escape, to_json, unescape
from gwanje.records.account_rules import check_password, clean_name, name_key

ANY_TEXT = st.text(st.characters())
ESCAPES = st.text(st.sampled_from("\x00\x1a0019afd8\ud800\udfff한\\"))


@given(ANY_TEXT | ESCAPES)
def test_stored_text_comes_back_and_can_be_stored_anywhere(text: str) -> None:
    stored = escape(text)
    assert unescape(stored) == text
    assert "\x00" not in stored
    stored.encode("utf-8")  # raises for a lone surrogate


@given(st.text())
def test_ordinary_text_is_stored_as_it_is(text: str) -> None:
    if not set(text) & {"\x00", "\x1a"}:
        assert escape(text) == text


@given(ANY_TEXT, ANY_TEXT)
def test_different_texts_are_stored_differently(a: str, b: str) -> None:
    assert (escape(a) == escape(b)) == (a == b)


def test_json_has_one_form() -> None:
    assert to_json({"b": [1, 2.5, None], "a": {"한": True}}, "x") == '{"a":{"한":true},"b":[1,2.5,null]}'
    assert to_json({"a": 1, "b": 2}, "x") == to_json({"b": 2, "a": 1}, "x")


def test_json_that_contains_itself_is_refused() -> None:
    document: list[object] = []
    document.append(document)
    with pytest.raises(GwanjeError, match="setting: this cannot be written as JSON"):
        to_json(document, "setting")


@given(ANY_TEXT)
def test_a_clean_name_is_its_own_clean_name_and_keeps_its_key(name: str) -> None:
    try:
        cleaned = clean_name(name)
    except GwanjeError:
        return
    assert clean_name(cleaned) == cleaned
    assert name_key(cleaned) == name_key(name)
    assert name_key(name_key(name)) == name_key(name)


@given(ANY_TEXT)
def test_case_and_composition_make_no_other_name(name: str) -> None:
    for spelling in (unicodedata.normalize("NFD", name), unicodedata.normalize("NFKC", name), f"  {name} "):
        assert name_key(spelling) == name_key(name)


@pytest.mark.parametrize("password", ["가" * 10, " " * 10, "a\x00bcdefghij", "x" * 1000])
def test_passwords_of_any_characters_are_allowed(password: str) -> None:
    check_password("kim", password)


def test_letters_are_counted_not_their_parts() -> None:
    with pytest.raises(GwanjeError, match="too short"):
        check_password("kim", unicodedata.normalize("NFD", "가" * 9))


def test_importing_the_room_loads_no_library() -> None:
    """A window appears before the database is needed; SQLAlchemy alone takes a quarter of a second."""
    heavy = ["sqlalchemy", "alembic", "argon2", "keyring", "cryptography"]
    code = f"import sys, gwanje.records; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "[]\n"
