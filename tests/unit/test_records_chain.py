"""The canonical form of audit rows, as docs/records.md gives it to an auditor."""

import json
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gwanje.records._chain import GENESIS, row_hash, stored_form

VECTORS = json.loads((Path(__file__).resolve().parents[2] / "docs/audit-chain-vectors.json").read_text("utf-8"))
FIELDS = ["id", "action_id", "at", "console", "seat", "operator", "action", "outcome", "camera", "details", "reason"]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: v["row"]["number"])
def test_the_published_vectors(vector: dict[str, object]) -> None:
    row, previous = dict(vector["row"]), str(vector["previous"])  # type: ignore[call-overload]
    canonical = bytes.fromhex(str(vector["canonical_bytes_hex"]))
    assert sha256(canonical).hexdigest() == vector["hash"] == row_hash(previous, row["number"], row)


def test_the_published_vectors_are_one_chain() -> None:
    assert [v["previous"] for v in VECTORS] == [GENESIS, *(v["hash"] for v in VECTORS[:-1])]


def _row(**changes: object) -> dict[str, object]:
    return {**dict.fromkeys(FIELDS, ""), "at": 0, **changes}


@given(st.sampled_from(FIELDS), st.text(), st.text())
def test_no_two_rows_share_a_canonical_form(field: str, one: str, other: str) -> None:
    hashes = [row_hash(GENESIS, 1, _row(**{field: text})) for text in (one, other)]
    assert (hashes[0] == hashes[1]) == (one == other)


@given(st.text(st.sampled_from("0:,1a")), st.text(st.sampled_from("0:,1a")))
def test_text_does_not_move_from_one_field_to_the_next(one: str, other: str) -> None:
    a, b = (row_hash(GENESIS, 1, _row(seat=x, operator=y)) for x, y in ((one + other, ""), (one, other)))
    assert (a == b) == (other == "")


@given(st.text(st.characters()))
def test_every_text_that_can_be_stored_has_a_hash(text: str) -> None:
    row = stored_form(_row(reason=text))
    assert row_hash(GENESIS, 1, row) == row_hash(GENESIS, 1, {**row, "at": "0"})
    assert len(row_hash(GENESIS, 1, row)) == 64
