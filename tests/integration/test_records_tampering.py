"""Someone who owns the database changes rows: found every time, and told what was done.

Each tampering happens in a transaction that is looked at and then rolled back, so that a thousand take seconds.
"""

import random
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Connection, Engine, make_url, text

from gwanje.domain.audit import AuditEntry, BreakKind, ChainBreak, Outcome
from gwanje.records import database_url, open_records
from gwanje.records._chain import GENESIS, Head, row_hash
from gwanje.records._sqlite import make_engine
from gwanje.records._verify import verify

LENGTHS = {"A": 40, "콘솔 나": 25, "C\x00": 12}
CONTENT = ["id", "action_id", "at", "seat", "operator", "action", "outcome", "camera", "details", "reason"]
COLUMNS = (
    "centre, seq, id, action_id, at, console, seat, operator, action, outcome, camera, details, reason, number, hash"
)
ADD = f"INSERT INTO audit ({COLUMNS}) VALUES ({', '.join(':' + c for c in COLUMNS.split(', '))})"

Row = dict[str, Any]
Expected = tuple[BreakKind, str, set[int], set[str | None]]  # kind, console, number, id


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder = tmp_path_factory.mktemp("tampered")
    records = open_records(database_url(folder))
    turns = [name for name, length in LENGTHS.items() for _ in range(length)]
    random.Random(7).shuffle(turns)
    rows = [
        AuditEntry(uuid4(), uuid4(), datetime.now(UTC), name, "1", f"운영자 {n}", "ptz.move", Outcome.REQUESTED, "c")
        for n, name in enumerate(turns)
    ]
    for start in range(0, len(rows), 7):
        records.audit.append(rows[start : start + 7])
    records.close()
    engine = make_engine(make_url(database_url(folder)))
    yield engine
    engine.dispose()


class Tamperer:
    """One tampering with one console's rows; `rows` are those of the console, by number."""

    def __init__(self, connection: Connection, chance: random.Random) -> None:
        self.db = connection
        self.chance = chance
        for (name,) in self.db.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
            self.db.execute(text(f"DROP TRIGGER {name}"))
        self.all: list[Row] = [dict(r) for r in self.db.execute(text("SELECT * FROM audit")).mappings()]
        self.console = chance.choice(sorted({r["console"] for r in self.all}))
        self.rows = sorted((r for r in self.all if r["console"] == self.console), key=lambda r: r["number"])

    def set(self, row: Row, **values: object) -> None:
        names = ", ".join(f"{name} = :{name}" for name in values)
        self.db.execute(text(f"UPDATE audit SET {names} WHERE seq = :its_seq"), {**values, "its_seq": row["seq"]})

    def previous(self, row: Row) -> str:
        return str(self.rows[row["number"] - 2]["hash"]) if row["number"] > 1 else GENESIS

    def shift(self, rows: list[Row], by: int) -> None:
        """Number the rows anew, each step on numbers that nobody has."""
        for row in rows:
            self.set(row, number=row["number"] + by + 10_000)
        for row in rows:
            self.set(row, number=row["number"] + by)

    def expected(self, kind: BreakKind, *rows: Row) -> Expected:
        return kind, self.console, {r["number"] for r in rows}, {r["id"] for r in rows}

    def edit(self) -> Expected:
        row = self.chance.choice(self.rows)
        field = self.chance.choice([*CONTENT, "hash"])
        changed = {"at": row["at"] + 1, "outcome": "failed", "hash": "f" * 64}.get(field, f"{row[field]} ")
        if field == "details":
            changed = self.chance.choice(['{"a":1}', "{", b"\xff\xfe", ""])
        self.set(row, **{field: changed})
        found = {row["id"], changed} if field == "id" else {row["id"]}
        return BreakKind.EDITED, self.console, {row["number"]}, found

    def edit_with_a_new_hash(self) -> Expected:
        row = self.chance.choice(self.rows)
        self.set(row, reason="x", hash=row_hash(self.previous(row), row["number"], {**row, "reason": "x"}))
        # Seen where the next row does not follow; which of the two was changed cannot be told.
        return self.expected(BreakKind.EDITED, self.rows[min(row["number"], len(self.rows) - 1)])

    def edit_and_chain_anew(self) -> Expected:
        """Every hash after it is computed anew: the head tells."""
        index = self.chance.randrange(len(self.rows))
        previous = self.previous(self.rows[index])
        for row in self.rows[index:]:
            row["reason"] = "x"
            row["hash"] = previous = row_hash(previous, row["number"], row)
            self.set(row, reason="x", hash=previous)
        return self.expected(BreakKind.EDITED, self.rows[-1])

    def edit_the_number(self) -> Expected:
        row = self.chance.choice(self.rows)
        self.set(row, number=self.chance.choice([0, -5, len(self.rows) + 1, 10**12]))
        return self.expected(BreakKind.EDITED, row)

    def edit_the_console(self) -> Expected:
        row = self.chance.choice(self.rows)
        free = [c for c, n in LENGTHS.items() if c.replace("\x00", "\x1a0000") != self.console and n < row["number"]]
        self.set(row, console=self.chance.choice([*free, "nobody"]).replace("\x00", "\x1a0000"))
        return self.expected(BreakKind.EDITED, row)

    def delete(self) -> Expected:
        first = self.chance.randrange(len(self.rows) - 1)
        gone = self.rows[first : self.chance.randrange(first + 1, len(self.rows))]
        for row in gone:
            self.db.execute(text("DELETE FROM audit WHERE seq = :seq"), row)
        if self.chance.random() < 0.5:
            self.shift(self.rows[first + len(gone) :], -len(gone))
            return BreakKind.MISSING, self.console, {first + 1}, {self.rows[first + len(gone)]["id"]}
        return BreakKind.MISSING, self.console, {first + 1}, {None}

    def insert(self) -> Expected:
        like, number = self.chance.choice(self.rows), self.chance.randrange(1, len(self.rows) + 2)
        new = {**like, "id": str(uuid4()), "seq": len(self.all) + 1, "number": number}
        if self.chance.random() < 0.3:
            new |= {"console": "a new one", "number": self.chance.choice([1, 5])}
            new["hash"] = row_hash(GENESIS, new["number"], new)
        else:
            after = self.rows[number - 1 :]
            self.shift(after, 1)
            if after and self.chance.random() < 0.5:  # at its place among the others too
                later = sorted((r for r in self.all if r["seq"] >= after[0]["seq"]), key=lambda r: -r["seq"])
                for row in later:
                    self.set(row, seq=row["seq"] + 1)
                new["seq"] = after[0]["seq"]
            if self.chance.random() < 0.5:
                new["hash"] = row_hash(self.rows[number - 2]["hash"] if number > 1 else GENESIS, number, new)
        self.db.execute(text(ADD), new)
        # With a hash that fits, the row that was there before is the one that does not follow.
        ids = {new["id"], *(r["id"] for r in self.rows[number - 1 : number])}
        return BreakKind.INSERTED, new["console"], {new["number"], new["number"] + 1}, ids

    def swap(self) -> Expected:
        one, other = sorted(self.chance.sample(self.rows, 2), key=lambda r: r["number"])
        places = self.chance.choice(
            [["seq"], ["number"], ["number", "seq"], ["number", "seq", "hash"], ["seq", "hash"]]
        )
        if "hash" in places and "number" not in places:
            places = ["number", "hash"]
        for row in (one, other):  # away from the numbers and places that are unique
            self.set(row, seq=row["seq"] + 10_000, number=row["number"] + 10_000)
        for row, to in ((one, other), (other, one)):
            values = {f: (to if f in places else row)[f] for f in ("seq", "number", "hash")}
            self.set({"seq": row["seq"] + 10_000}, **values)
        # With the places alone exchanged, the first row that lies before its forerunner is named.
        numbers = set(range(one["number"], other["number"] + 1)) if places == ["seq"] else {one["number"]}
        return BreakKind.REORDERED, self.console, numbers, {r["id"] for r in self.rows}

    def truncate(self) -> Expected:
        first = self.chance.choice([0, *range(len(self.rows))])
        for row in self.rows[first:]:
            self.db.execute(text("DELETE FROM audit WHERE seq = :seq"), row)
        return BreakKind.TRUNCATED, self.console, {first + 1}, {None}


TAMPERINGS: list[Callable[[Tamperer], Expected]] = [
    Tamperer.edit,
    Tamperer.edit_with_a_new_hash,
    Tamperer.edit_and_chain_anew,
    Tamperer.edit_the_number,
    Tamperer.edit_the_console,
    Tamperer.delete,
    Tamperer.insert,
    Tamperer.swap,
    Tamperer.truncate,
]


@pytest.mark.parametrize("seed", range(10))
def test_a_thousand_tamperings_are_found_and_named(engine: Engine, seed: int) -> None:
    chance = random.Random(seed)
    wrong = []
    with engine.connect() as connection:
        for turn in range(100):
            tampering = TAMPERINGS[turn % len(TAMPERINGS)]
            transaction = connection.begin()
            try:
                expected = tampering(Tamperer(connection, chance))
                check = verify(connection)
            finally:
                transaction.rollback()
            found = check.first_broken
            if check.intact or not _is(found, expected):
                wrong.append((turn, tampering.__name__, expected, check))
    assert wrong == [], wrong[0]


def _is(found: ChainBreak | None, expected: Expected) -> bool:
    kind, console, numbers, ids = expected
    return found is not None and (
        found.kind is kind and found.console == console and found.number in numbers and found.id in ids
    )


def test_what_nobody_touched_is_intact(engine: Engine) -> None:
    with engine.begin() as connection:
        check = verify(connection)
    assert (check.rows, check.consoles, check.intact, check.first_broken) == (77, 3, True, None)


def _tampered(engine: Engine, *statements: str, checkpoints: list[dict[str, Head]] | None = None) -> ChainBreak:
    with engine.connect() as connection:
        transaction = connection.begin()
        Tamperer(connection, random.Random(0))
        for statement in statements:
            connection.execute(text(statement))
        check = verify(connection, "", checkpoints or [])
        transaction.rollback()
    assert check.first_broken is not None
    return check.first_broken


def test_rows_that_are_gone_with_their_head_are_missed(engine: Engine) -> None:
    gone = _tampered(engine, "DELETE FROM audit WHERE console = 'A'", "DELETE FROM audit_heads WHERE console = 'A'")
    assert gone.kind in {BreakKind.MISSING, BreakKind.TRUNCATED}
    everything = _tampered(engine, "DELETE FROM audit", "DELETE FROM audit_heads")
    assert everything.kind is BreakKind.TRUNCATED


def test_a_head_that_is_gone_is_told(engine: Engine) -> None:
    assert _tampered(engine, "DELETE FROM audit_heads WHERE console = 'A'").console == "A"


def test_a_row_moved_to_another_place_is_told(engine: Engine) -> None:
    assert _tampered(engine, "UPDATE audit SET seq = 500 WHERE seq = 77").kind is BreakKind.REORDERED


def test_who_sets_back_the_head_too_is_found_with_a_checkpoint(engine: Engine) -> None:
    with engine.begin() as connection:
        rows = connection.execute(text("SELECT number, hash FROM audit WHERE console = 'A' ORDER BY number")).all()
    checkpoint = [{"A": Head(*rows[29])}]
    cut = [
        "DELETE FROM audit WHERE console = 'A' AND number > 20",
        f"UPDATE audit_heads SET number = 20, hash = '{rows[19].hash}' WHERE console = 'A'",
        "UPDATE installation SET value = '57' WHERE key = 'audit_last_seq'",
        # The places are closed up too.
        "UPDATE audit SET seq = seq + 1000",
        "UPDATE audit SET seq = (SELECT count(*) FROM audit AS b WHERE b.seq <= audit.seq)",
    ]
    with engine.connect() as connection:
        transaction = connection.begin()
        Tamperer(connection, random.Random(0))
        for statement in cut:
            connection.execute(text(statement))
        assert verify(connection).intact
        found = verify(connection, "", checkpoint).first_broken
        assert found == ChainBreak(BreakKind.TRUNCATED, "A", 21)
        assert verify(connection, "", [{"gone": Head(3, "0" * 64)}]).first_broken == ChainBreak(
            BreakKind.TRUNCATED, "gone", 1
        )
        transaction.rollback()
        transaction = connection.begin()
        tamperer = Tamperer(connection, random.Random(0))
        tamperer.rows = sorted((r for r in tamperer.all if r["console"] == "A"), key=lambda r: r["number"])
        tamperer.edit_and_chain_anew()
        newest = connection.execute(text("SELECT hash FROM audit WHERE console = 'A' AND number = 40")).scalar()
        connection.execute(text(f"UPDATE audit_heads SET hash = '{newest}' WHERE console = 'A'"))
        assert verify(connection).intact
        assert verify(connection, "", [{"A": Head(*rows[39])}]).first_broken is not None
        transaction.rollback()


def test_recording_goes_on_over_a_gap_which_stays_visible(tmp_path: Path) -> None:
    def entry() -> AuditEntry:
        return AuditEntry(uuid4(), uuid4(), datetime.now(UTC), "A", "1", "kim", "x", Outcome.REQUESTED)

    records = open_records(database_url(tmp_path))
    records.audit.append([entry() for _ in range(10)])
    engine = make_engine(make_url(database_url(tmp_path)))
    with engine.begin() as connection:
        Tamperer(connection, random.Random(0))
        connection.execute(text("DELETE FROM audit WHERE number > 7"))
    [after] = records.audit.append([entry()])
    assert (after.seq, after.number) == (11, 11)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM audit_heads"))
        connection.execute(text("DELETE FROM installation WHERE key = 'audit_last_seq'"))
    [after] = records.audit.append([entry()])
    assert (after.seq, after.number) == (12, 12)
    with engine.begin() as connection:
        assert verify(connection).first_broken == ChainBreak(BreakKind.MISSING, "A", 8)
    engine.dispose()
    records.close()


def test_the_program_in_the_docs_checks_a_database(tmp_path: Path) -> None:
    """An auditor needs nothing of ours."""
    page = (Path(__file__).resolve().parents[2] / "docs/records.md").read_text("utf-8")
    [program] = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    records = open_records(database_url(tmp_path))
    rows = [
        AuditEntry(uuid4(), uuid4(), datetime.now(UTC), f"콘솔 {n % 2}", "", "", "x", Outcome.FAILED, reason="\x00한")
        for n in range(9)
    ]
    records.audit.append(rows)
    records.close()

    def run() -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-I", "-c", program], cwd=tmp_path, capture_output=True, text=True, timeout=60
        )

    assert (run().returncode, run().stderr) == (0, "")
    engine = make_engine(make_url(database_url(tmp_path)))
    with engine.begin() as connection:
        Tamperer(connection, random.Random(0))
        connection.execute(text("UPDATE audit SET operator = 'lee' WHERE seq = 4"))
    engine.dispose()
    assert "row 4 is not the one that was written" in run().stderr
