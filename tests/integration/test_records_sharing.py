"""Rows from consoles' journals in the shared database: every one, once, in order, whatever happens to the server."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import make_url

from gwanje.domain.audit import AuditEntry, Outcome
from gwanje.domain.sharing import Sharing, SharingState
from gwanje.records import database_url
from gwanje.records._database import Database
from gwanje.records._sqlite import make_engine
from gwanje.records._verify import verify
from gwanje.records.audit_log import SqlAuditLog
from gwanje.records.sharing import Copier, Follower
from gwanje.records.store import SqlRecords, bring_up, open_records, shared_database
from tests.support import postgres

Open = Callable[[], Database]


@pytest.fixture(scope="module")
def server() -> Iterator[postgres.Server]:
    with postgres.running("fsync=off") as server:
        yield server


@pytest.fixture(params=["postgresql", "sqlite"])
def open_shared(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    """Opens the shared database of a centre, each time on connections of its own."""
    opened: list[Database] = []
    centre = f"centre-{uuid4()}"
    url = database_url(tmp_path / "shared")

    def open_one() -> Database:
        if request.param == "postgresql":
            opened.append(shared_database(request.getfixturevalue("server").url("gwanje", centre)))
        else:
            (tmp_path / "shared").mkdir(exist_ok=True)
            opened.append(Database(make_engine(make_url(url)), "shared file", centre))
        return opened[-1]

    yield open_one
    for database in opened:
        database.close()


@pytest.fixture
def consoles(tmp_path: Path) -> Iterator[list[SqlRecords]]:
    opened = [open_records(database_url(tmp_path / f"console {n}")) for n in range(3)]
    yield opened
    for records in opened:
        records.close()


class Told:
    """What a copier tells."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.all: list[Sharing] = []

    def __call__(self, sharing: Sharing) -> None:
        with self._changed:
            self.all.append(sharing)
            self._changed.notify_all()

    def wait_for(self, fits: Callable[[Sharing], bool]) -> Sharing:
        """Until the newest is one that fits."""
        with self._changed:
            assert self._changed.wait_for(lambda: bool(self.all) and fits(self.all[-1]), 60), self.all[-3:]
            return self.all[-1]


def act(records: SqlRecords, count: int = 1) -> list[AuditEntry]:
    now = datetime.now(UTC)
    entries = [
        AuditEntry(uuid4(), uuid4(), now, records.console_id, "1", "김 \x00", "x", Outcome.FAILED, details={"n": n})
        for n in range(count)
    ]
    return records.audit.append(entries)


def until(fits: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not fits():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def assert_all_there_once(shared: Database, *written: list[AuditEntry]) -> None:
    rows = SqlAuditLog(shared).read(limit=10**6)
    assert [e.seq for e in rows] == list(range(1, len(rows) + 1))
    assert len(rows) == sum(map(len, written))
    for mine in written:
        there = [e for e in rows if e.console == mine[0].console]
        assert [(e.id, e.number, e.hash, e.details) for e in there] == [
            (e.id, e.number, e.hash, e.details) for e in mine
        ]
    with shared.read() as connection:
        check = verify(connection, shared.centre)
    assert (check.intact, check.rows) == (True, len(rows))


def shared_up_to(told: Told, shared: Database, *written: list[AuditEntry]) -> None:
    count = sum(map(len, written))
    told.wait_for(lambda s: s.state is SharingState.SHARED)  # the tables are there
    until(lambda: len(SqlAuditLog(shared).latest(1)) == 1 and SqlAuditLog(shared).latest(1)[0].seq >= count)
    told.wait_for(lambda s: s.state is SharingState.SHARED)


def test_rows_go_there_in_order_and_once(open_shared: Open, consoles: list[SqlRecords]) -> None:
    written = [act(records, 700 if n == 0 else 5) for n, records in enumerate(consoles)]  # more than one batch
    told = [Told() for _ in consoles]
    copiers = [Copier(r.database, open_shared(), t) for r, t in zip(consoles, told, strict=True)]
    for _ in range(10):
        for records, mine, copier in zip(consoles, written, copiers, strict=True):
            mine += act(records)
            copier.wake()
    for t in told:
        shared_up_to(t, open_shared(), *written)
    for copier in copiers:
        copier.close()
    assert_all_there_once(open_shared(), *written)


def test_two_copiers_of_one_journal_bring_each_row_once(open_shared: Open, consoles: list[SqlRecords]) -> None:
    """As when a transaction came through and its answer did not: the rows are sent again."""
    written, told = act(consoles[0], 1200), Told()
    copiers = [Copier(consoles[0].database, open_shared(), told) for _ in range(2)]
    shared_up_to(told, open_shared(), written)
    for copier in copiers:
        copier.close()
    assert_all_there_once(open_shared(), written)


def test_what_was_not_carried_goes_at_the_next_start(open_shared: Open, consoles: list[SqlRecords]) -> None:
    written = act(consoles[0], 3)
    for _ in range(3):
        told = Told()
        copier = Copier(consoles[0].database, open_shared(), told)
        shared_up_to(told, open_shared(), written)
        copier.close()
        written += act(consoles[0], 2)
    assert_all_there_once(open_shared(), written[:-2])


def test_a_chain_that_does_not_continue_is_not_mixed_in(
    open_shared: Open, consoles: list[SqlRecords], tmp_path: Path
) -> None:
    """A journal that was set back to an older copy, and wrote on."""
    shared = open_shared()
    bring_up(shared)
    [mine] = [act(consoles[0], 3)]
    other = [AuditEntry(uuid4(), uuid4(), e.at, e.console, "", "", "x", Outcome.FAILED) for e in mine[:2]]
    there = SqlAuditLog(shared).append(other)
    told = Told()
    copier = Copier(consoles[0].database, open_shared(), told)
    alone = told.wait_for(lambda s: s.state is SharingState.ALONE)
    copier.close()
    assert "do not continue" in alone.reason
    assert alone.since is not None
    assert SqlAuditLog(open_shared()).read() == there


def test_a_follower_sees_each_row_once_in_order(open_shared: Open, consoles: list[SqlRecords]) -> None:
    bring_up(open_shared())
    seen: list[AuditEntry] = []
    follower = Follower(open_shared(), seen.extend)
    copiers = [Copier(records.database, open_shared(), Told()) for records in consoles]
    written: list[list[AuditEntry]] = [[] for _ in consoles]
    for turn in range(20):
        for records, mine, copier in zip(consoles, written, copiers, strict=True):
            mine += act(records, 1 + turn % 3)
            copier.wake()
    total = sum(map(len, written))
    until(lambda: len(seen) >= total)
    later = Follower(open_shared(), (late := []).extend, after=total - 4)
    until(lambda: len(late) >= 4)
    for part in (*copiers, follower, later):
        part.close()
    assert [e.seq for e in seen] == list(range(1, total + 1))
    assert late == seen[-4:]
    assert_all_there_once(open_shared(), *written)


def test_a_server_that_is_away_slow_to_come_and_cut_off(tmp_path: Path, consoles: list[SqlRecords]) -> None:
    with postgres.running() as server:
        shared = [shared_database(server.url("gwanje", "c")) for _ in range(3)]
        written, told, seen = act(consoles[0], 10), Told(), []
        copier = Copier(consoles[0].database, shared[0], told)
        follower = Follower(shared[1], seen.extend)
        told.wait_for(lambda s: s.state is SharingState.SHARED)
        for how in (2, 3):  # SIGINT, SIGQUIT: in an orderly way, and as in a power cut
            server.stop(how)
            written += act(consoles[0], 5)  # recorded at once, all the same
            copier.wake()
            alone = told.wait_for(lambda s: s.state is SharingState.ALONE)
            assert alone.since is not None
            assert alone.since <= datetime.now(UTC)
            assert alone.behind >= 5
            server.start()
            told.wait_for(lambda s: s == Sharing(SharingState.SHARED))
        stop = threading.Event()

        def cut() -> None:
            """Ends connections of ours in the middle of whatever they do."""
            with server.admin() as admin:
                while not stop.wait(0.02):
                    admin.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                        "WHERE application_name = 'gwanje' AND state <> 'idle'"
                    )

        cutter = threading.Thread(target=cut)
        cutter.start()
        for _ in range(40):
            written += act(consoles[0], 20)
            copier.wake()
        stop.set()
        cutter.join()
        until(lambda: len(seen) >= len(written))
        told.wait_for(lambda s: s == Sharing(SharingState.SHARED))
        follower.close()
        copier.close()
        assert [e.id for e in seen] == [e.id for e in written]
        assert_all_there_once(shared[2], written)
        for database in shared:
            database.close()


def test_the_bench_loses_nothing(server: postgres.Server, tmp_path: Path) -> None:
    """`gwanje records bench`: real processes. Its speed is not judged here: other tests run beside it."""
    done = subprocess.run(
        [
            str(Path(sys.executable).with_name("gwanje")),
            *("records", "bench", "--database", server.url("gwanje", "c"), "--profile", str(tmp_path)),
            *("--consoles", "3", "--seconds", "1.5", "--json"),
        ],
        capture_output=True,
        text=True,
        timeout=200,
    )
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert (figures["consoles"], figures["lost"], figures["duplicated"], figures["disordered"]) == (3, 0, 0, 0)
    assert figures["rows"] > 0
    assert figures["durable_rows_per_second"] > 0
    assert 0 < figures["visible_p50_ms"] <= figures["visible_p99_ms"]
