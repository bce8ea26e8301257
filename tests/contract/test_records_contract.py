"""What every Records and every SecretStore does: the database and its twin in memory, keyring, file and memory."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid4

import keyring.backend
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gwanje.domain.audit import LONGEST_CONSOLE, AuditEntry, Outcome
from gwanje.domain.cameras import Camera, CameraId, Department, DepartmentId, District, Site, SiteId
from gwanje.domain.errors import GwanjeError, NotFoundError, RecordsError, SignInError
from gwanje.domain.operators import Operator, Role
from gwanje.domain.ports import Records, SecretStore
from gwanje.records import database_url, open_records, open_shared
from gwanje.records._secret_file import FileSecretStore
from gwanje.records.secrets import KeyringSecretStore
from tests.fakes.memory_records import MemoryRecords
from tests.fakes.memory_secrets import MemorySecretStore
from tests.support import postgres

NOW = datetime(2026, 3, 1, 4, 12, 9, 123457, tzinfo=UTC)

# Everything that Python calls a string: control characters, NUL and lone surrogates too.
ANY_TEXT = st.text(st.characters(), max_size=60)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ANY_TEXT, inner, max_size=4),
    max_leaves=12,
)
many_examples = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)

HARD_TEXTS = [
    "",
    " ",
    "관제센터 서대문구 👮🏽",
    "\x00in the middle\x00",
    "".join(map(chr, range(32))) + "\x7f\x85",
    "\x1a0000 \x1a \x1a1A00",
    "\ud800 lone \udfff",
    "\ud83d\ude00",
    "Robert'); DROP TABLE audit;--",
    "%s %(name)s :name ? {x} \\ \\u0000",
    "\ufeff\u202e\u200b\ufffe",
    "한" * 350_000,
]


@pytest.fixture(scope="module")
def server() -> Iterator[postgres.Server]:
    with postgres.running("fsync=off") as server:
        yield server


@pytest.fixture(params=["sqlite", "memory", "postgresql"])
def records(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Records]:
    opened: Records
    if request.param == "memory":
        opened = MemoryRecords()
    elif request.param == "sqlite":
        opened = open_records(database_url(tmp_path))
    else:  # each test is a centre of its own in one database
        opened = open_shared(request.getfixturevalue("server").url("gwanje", f"centre-{uuid4()}"))
    yield opened
    opened.close()


def row(action_id: UUID | None = None, outcome: Outcome = Outcome.REQUESTED, **changes: object) -> AuditEntry:
    entry = AuditEntry(uuid4(), action_id or uuid4(), NOW, "console", "seat 3", "kim", "ptz.move", outcome, "camera-1")
    return replace(entry, **changes)  # type: ignore[arg-type]


def unplaced(entry: AuditEntry) -> AuditEntry:
    return replace(entry, seq=0, number=0, hash="")


# --- audit -----------------------------------------------------------------------------------------------------------


def test_rows_come_back_as_they_were_written(records: Records) -> None:
    entries = [row(details={"pan": 0.125, "tiles": [1, None, "x"], "on": True}, reason="because"), row(camera="")]
    written = records.audit.append(entries)
    assert [(e.seq, e.number) for e in written] == [(1, 1), (2, 2)]
    assert [unplaced(e) for e in written] == entries
    assert records.audit.read() == written


def test_nothing_to_append_is_nothing(records: Records) -> None:
    assert records.audit.append([]) == []
    assert records.audit.read() == []
    assert records.audit.latest(5) == []


def test_numbers_follow_the_order_of_a_large_batch(records: Records) -> None:
    entries = [row() for _ in range(3000)]
    records.audit.append([row()])
    assert [e.seq for e in records.audit.append(entries)] == list(range(2, 3002))
    assert [e.id for e in records.audit.read(after=1, limit=5000)] == [e.id for e in entries]


def test_reading_pages_and_the_newest(records: Records) -> None:
    records.audit.append([row() for _ in range(10)])
    assert [e.seq for e in records.audit.read(after=3, limit=4)] == [4, 5, 6, 7]
    assert [e.seq for e in records.audit.read(after=-7, limit=2)] == [1, 2]
    assert records.audit.read(after=10) == []
    assert [e.seq for e in records.audit.latest(3)] == [8, 9, 10]
    assert len(records.audit.latest(10**30)) == 10
    assert records.audit.latest(0) == records.audit.latest(-1) == records.audit.read(limit=0) == []


def test_the_time_is_exact_and_in_utc(records: Records) -> None:
    seoul = timezone(timedelta(hours=9))
    times = [NOW, datetime(1969, 7, 20, 20, 17, 40, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, 999999, UTC)]
    records.audit.append([row(at=at.astimezone(seoul) if at.year < 9999 else at) for at in times])
    assert [e.at for e in records.audit.read()] == times
    with pytest.raises(RecordsError, match="time zone"):
        records.audit.append([row(at=datetime(2026, 3, 1))])  # noqa: DTZ001


def test_a_row_sent_again_counts_once(records: Records) -> None:
    first, second, third = row(details={"a": [1, 2]}), row(), row()
    records.audit.append([first, second])
    assert [e.seq for e in records.audit.append([second, third, first])] == [2, 3, 1]
    assert [e.id for e in records.audit.read()] == [first.id, second.id, third.id]


def test_another_row_with_the_same_id_is_refused_with_its_whole_batch(records: Records) -> None:
    first = row()
    records.audit.append([first])
    with pytest.raises(RecordsError, match=str(first.id)):
        records.audit.append([row(), replace(first, reason="edited")])
    assert [e.id for e in records.audit.read()] == [first.id]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), b"bytes", object(), {1, 2}, NOW])
def test_details_that_are_no_json_are_refused_without_being_quoted(records: Records, value: object) -> None:
    with pytest.raises(RecordsError, match=r"details of ptz\.move") as caught:
        records.audit.append([row(), row(details={"inner": value})])
    assert repr(value) not in str(caught.value)
    assert records.audit.read() == []


@pytest.mark.parametrize("text", HARD_TEXTS, ids=range(len(HARD_TEXTS)))
def test_any_text_comes_back(records: Records, text: str) -> None:
    entry = row(
        console=text[:LONGEST_CONSOLE],
        seat=text,
        operator=text,
        action=text,
        camera=text,
        reason=text,
        details={text: [text, {"x": text}]},
    )
    [written] = records.audit.append([entry])
    assert records.audit.read() == [written]
    assert unplaced(written) == entry


@many_examples
@given(ANY_TEXT, ANY_TEXT, st.dictionaries(ANY_TEXT, JSON, max_size=4))
def test_any_generated_text_comes_back(records: Records, a: str, b: str, details: dict[str, object]) -> None:
    [written] = records.audit.append([row(operator=a, reason=b, details=details)])
    assert records.audit.latest(1) == [written]
    assert (written.operator, written.reason, written.details) == (a, b, details)


def test_each_console_has_a_chain_of_its_own(records: Records) -> None:
    """docs/records.md: SHA-256 over netstrings of the hash before and what the row says."""
    heads = {"console A": (0, "0" * 64), "콘솔 \x00": (0, "0" * 64)}
    entries = [row(console=name, reason=text) for text in ("", "x,1:", "한\ud800") for name in heads]
    for batch in (entries[:1], entries[1:5], entries[5:]):
        for e in records.audit.append(batch):
            number, before = heads[e.console]
            fields = ["gwanje-audit-1", before, str(number + 1), str(e.id), str(e.action_id), "1772338329123457"]
            fields += [
                e.console.replace("\x00", "\x1a0000"),
                "seat 3",
                "kim",
                "ptz.move",
                "requested",
                "camera-1",
                "{}",
            ]
            fields += [e.reason.replace("\ud800", "\x1ad800")]
            canonical = b"".join(b"%d:%b," % (len(f.encode()), f.encode()) for f in fields)
            heads[e.console] = (number + 1, sha256(canonical).hexdigest())
            assert (e.number, e.hash) == heads[e.console]
    assert [e.number for e in records.audit.read()] == [1, 1, 2, 2, 3, 3]


def test_a_console_with_an_endless_identity_is_refused(records: Records) -> None:
    with pytest.raises(RecordsError, match="longer than 200"):
        records.audit.append([row(console="x" * 201)])


def test_unfinished_actions_are_closed_once(records: Records) -> None:
    done, refused, open_, also_open = uuid4(), uuid4(), uuid4(), uuid4()
    records.audit.append(
        [
            row(open_, details={"pan": 1}),
            row(done),
            row(also_open, operator="lee", seat="seat 4", camera=""),
            row(done, Outcome.SUCCEEDED),
            row(refused, Outcome.REFUSED),
            row(open_, details={"pan": 2}),
        ]
    )
    later = NOW + timedelta(hours=1)
    closed = records.audit.close_unfinished(later)
    assert [(e.action_id, e.outcome, e.at, e.seq) for e in closed] == [
        (open_, Outcome.UNKNOWN, later, 7),
        (also_open, Outcome.UNKNOWN, later, 8),
    ]
    assert (closed[0].action, closed[0].camera, closed[0].details) == ("ptz.move", "camera-1", {"pan": 1})
    assert (closed[1].operator, closed[1].seat, closed[1].camera) == ("lee", "seat 4", "")
    assert all(e.reason for e in closed)
    assert records.audit.latest(2) == closed
    assert records.audit.close_unfinished(later) == []


def test_unfinished_actions_are_found_at_every_start(records: Records) -> None:
    assert records.audit.close_unfinished(NOW) == []
    for _ in range(3):
        entry = row()
        records.audit.append([row(), entry])
        records.audit.append([replace(entry, id=uuid4(), outcome=Outcome.FAILED)])
        assert len(records.audit.close_unfinished(NOW)) == 1
    assert [e.outcome for e in records.audit.read()].count(Outcome.UNKNOWN) == 3


def test_threads_append_at_once_and_no_row_is_lost(records: Records) -> None:
    batches = [[row(reason=f"{thread}/{n}") for n in range(20)] for thread in range(6)]
    errors: list[BaseException] = []

    def append(batch: list[AuditEntry]) -> None:
        try:
            for entry in batch:
                records.audit.append([entry])
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=append, args=[batch]) for batch in batches]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    rows = records.audit.read()
    assert [e.seq for e in rows] == list(range(1, 121))
    for batch in batches:
        ids = [e.id for e in batch]
        assert [e.id for e in rows if e.id in set(ids)] == ids


# --- directory -------------------------------------------------------------------------------------------------------

POLICE = Department(DepartmentId("d1"), "방범")
PARKS = Department(DepartmentId("d2"), "Parks")
GATE = Site(SiteId("s1"), "Gate", POLICE.id, 37.5791, 126.9368, "서대문구 연희로 248")
POND = Site(SiteId("s2"), "Pond", PARKS.id, None, None)


def camera(key: int, site: Site = GATE, **changes: object) -> Camera:
    made = Camera(
        CameraId(f"c{key}"),
        key,
        f"Camera {key}",
        site.id,
        "방범(치수과)",
        37.5,
        126.9,
        f"rtsp://10.0.0.{key}/1",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def test_the_directory_comes_back_in_order(records: Records) -> None:
    assert records.directory.district() == District()
    full = camera(
        2,
        POND,
        sub_uri="rtsps://h:8554/s",
        device_address="http://10.0.0.2/onvif/device_service",
        main_profile="m",
        sub_profile="s",
        user="admin",
        ptz=True,
        bearing=271.5,
    )
    unplaced = camera(9, latitude=None, longitude=None)
    records.directory.put([POLICE, PARKS], [POND, GATE], [unplaced, full, camera(1)])
    assert records.directory.district() == District((PARKS, POLICE), (GATE, POND), (camera(1), full, unplaced))


def test_put_replaces_by_id_and_keeps_the_rest(records: Records) -> None:
    records.directory.put([POLICE, PARKS], [GATE, POND], [camera(1), camera(2)])
    records.directory.put([replace(POLICE, name="Safety")], [replace(GATE, latitude=1.0)], [camera(2, POND, ptz=True)])
    district = records.directory.district()
    assert {d.name for d in district.departments} == {"Safety", "Parks"}
    assert next(s for s in district.sites if s.id == GATE.id).latitude == 1.0
    assert district.cameras == (camera(1), camera(2, POND, ptz=True))
    records.directory.put([], [], [])
    assert records.directory.district() == district


def test_cameras_may_exchange_numbers(records: Records) -> None:
    records.directory.put([POLICE], [GATE], [camera(1), camera(2), camera(3)])
    swapped = [camera(1, number=2), camera(2, number=3), camera(3, number=1)]
    records.directory.put([], [], swapped)
    assert records.directory.district().cameras == (swapped[2], swapped[0], swapped[1])


def test_where_an_id_comes_twice_the_last_counts(records: Records) -> None:
    records.directory.put([PARKS, replace(PARKS, name="x")], [], [])
    assert [d.name for d in records.directory.district().departments] == ["x"]


@pytest.mark.parametrize(
    ("sites", "cameras", "words"),
    [
        ([], [camera(7), camera(8, number=7)], "camera 7: two cameras"),
        ([], [camera(7, number=1)], "camera 1: two cameras"),
        ([], [camera(0)], "whole number from 1"),
        ([], [camera(-1)], "whole number from 1"),
        ([], [camera(2**63)], "whole number from 1"),
        ([], [camera(7, site_id="nowhere")], "camera 7: its site"),
        ([Site(SiteId("s9"), "X", DepartmentId("nobody"), 1.0, 1.0)], [], "its department"),
        ([Site(SiteId("s9"), "X", POLICE.id, float("nan"), 1.0)], [], "not numbers"),
        ([], [camera(7, latitude=float("inf"))], "not numbers"),
        ([], [camera(7, latitude=None)], "go together"),
        ([], [camera(7, bearing=float("nan"))], "bearing"),
        ([], [camera(7, main_uri="rtsp://admin:geheim77@10.0.0.7/1")], "contains a user name or a password"),
        ([], [camera(7, sub_uri="rtsp://admin:geheim77@10.0.0.7/2")], "contains a user name or a password"),
        ([], [camera(7, device_address="http://:geheim77@10.0.0.7/")], "contains a user name or a password"),
        ([], [camera(7, main_uri="rtsp://admin:geheim77@[10.0.0.7/1")], "contains a user name or a password"),
    ],
)
def test_rows_that_do_not_fit_change_nothing(
    records: Records, sites: list[Site], cameras: list[Camera], words: str
) -> None:
    records.directory.put([POLICE], [GATE], [camera(1), camera(2)])
    before = records.directory.district()
    with pytest.raises(RecordsError, match=words) as caught:
        records.directory.put([replace(POLICE, name="changed")], [GATE, *sites], [camera(5), *cameras])
    assert "geheim77" not in str(caught.value)
    assert records.directory.district() == before


def test_a_camera_is_removed_once(records: Records) -> None:
    records.directory.put([POLICE], [GATE], [camera(1), camera(2)])
    records.directory.remove_camera(CameraId("c1"))
    assert records.directory.district().cameras == (camera(2),)
    with pytest.raises(NotFoundError):
        records.directory.remove_camera(CameraId("c1"))
    records.directory.put([], [], [camera(3, number=1)])


@many_examples
@given(ANY_TEXT, ANY_TEXT)
def test_any_text_in_the_directory_comes_back(records: Records, name: str, purpose: str) -> None:
    odd = camera(1, name=name, purpose=purpose, user=name, main_profile=purpose)
    records.directory.put([replace(POLICE, name=name)], [replace(GATE, name=purpose, address=name)], [odd])
    district = records.directory.district()
    assert district.cameras == (odd,)
    assert (district.departments[0].name, district.sites[0].name, district.sites[0].address) == (name, purpose, name)


# --- operators -------------------------------------------------------------------------------------------------------

PASSWORD = "correct horse 관제"


def test_an_operator_signs_in(records: Records) -> None:
    assert records.operators.is_empty()
    added = records.operators.add("  Kim ", PASSWORD, frozenset({Role.AGENT, Role.SUPERVISOR}))
    assert added.name == "Kim"
    assert not records.operators.is_empty()
    for spelling in ("Kim", "kim", " KIM", "ｋｉｍ"):
        assert records.operators.verify(spelling, PASSWORD) == added
    assert records.operators.operators() == [added]


def test_wrong_name_and_wrong_password_sound_alike(records: Records) -> None:
    records.operators.add("kim", PASSWORD, frozenset())
    texts = set()
    for name, password in [("kim", PASSWORD + "x"), ("kim", ""), ("lee", PASSWORD), ("", ""), ("k\x00im", "\ud800")]:
        with pytest.raises(SignInError) as caught:
            records.operators.verify(name, password)
        texts.add(str(caught.value))
    assert len(texts) == 1
    assert PASSWORD not in texts.pop()


@pytest.mark.parametrize(("first", "second"), [("Kim", "kIM"), ("straße", "STRASSE"), ("김", "\u1100\u1175\u11b7")])
def test_two_spellings_of_one_name_are_one_operator(records: Records, first: str, second: str) -> None:
    records.operators.add(first, PASSWORD, frozenset())
    with pytest.raises(GwanjeError, match="operator of this name"):
        records.operators.add(second, PASSWORD, frozenset())
    assert len(records.operators.operators()) == 1


@pytest.mark.parametrize(
    ("name", "password", "words"),
    [
        ("kim", "123456789", "too short"),
        ("kim", "", "too short"),
        ("kim", "x" * 1001, "too long"),
        ("kim minsoo lee", " KIM Minsoo lee", "is the name"),
        ("", PASSWORD, "empty"),
        (" \u3000 ", PASSWORD, "empty"),
        ("k\x00im", PASSWORD, "cannot be seen"),
        ("kim\u200b", PASSWORD, "cannot be seen"),
        ("k\ud800", PASSWORD, "cannot be seen"),
        ("k" * 101, PASSWORD, "too long"),
    ],
)
def test_accounts_that_break_the_rules_are_refused(records: Records, name: str, password: str, words: str) -> None:
    with pytest.raises(GwanjeError, match=words) as caught:
        records.operators.add(name, password, frozenset({Role.AGENT}))
    assert not password or password not in str(caught.value)
    assert records.operators.is_empty()


def test_a_password_may_be_typed_composed_or_not(records: Records) -> None:
    records.operators.add("kim", "비밀번호는 길어야 한다", frozenset())
    assert records.operators.verify("kim", "\u1107\u1175밀번호는 길어야 한다").name == "kim"


def test_a_new_password_takes_the_place_of_the_old(records: Records) -> None:
    added = records.operators.add("Kim", PASSWORD, frozenset({Role.AGENT}))
    assert records.operators.set_password(" KIM", "another long password") == added
    assert records.operators.verify("kim", "another long password") == added
    with pytest.raises(SignInError):
        records.operators.verify("kim", PASSWORD)
    for name, password, error in [("lee", PASSWORD, NotFoundError), ("kim", "k3j5", GwanjeError)]:
        with pytest.raises(error) as caught:
            records.operators.set_password(name, password)
        assert password not in str(caught.value)
    assert records.operators.verify("kim", "another long password") == added


def test_operators_come_by_name_with_their_roles(records: Records) -> None:
    made: list[Operator] = [
        records.operators.add(name, PASSWORD, roles)
        for name, roles in [("lee", frozenset()), ("Ahn", frozenset(Role)), ("kim", frozenset({Role.AGENT}))]
    ]
    assert records.operators.operators() == [made[1], made[2], made[0]]


# --- settings --------------------------------------------------------------------------------------------------------


def test_settings_are_kept_by_scope_and_key(records: Records) -> None:
    assert records.settings.load("wall", "desk") is None
    records.settings.save("wall", "desk", {"tiles": [None, "c1"], "version": 1})
    records.settings.save("wall", "other", [1])
    records.settings.save("kim", "desk", "x")
    records.settings.save("wall", "desk", {"version": 2})
    assert records.settings.load("wall", "desk") == {"version": 2}
    assert records.settings.load("wall", "other") == [1]
    assert records.settings.load("kim", "desk") == "x"
    records.settings.save("wall", "desk", None)
    assert records.settings.load("wall", "desk") is None


def test_a_saved_setting_is_a_copy(records: Records) -> None:
    document = {"tiles": [1]}
    records.settings.save("wall", "desk", document)
    document["tiles"].append(2)
    assert records.settings.load("wall", "desk") == {"tiles": [1]}


def test_what_is_no_json_is_not_saved(records: Records) -> None:
    records.settings.save("wall", "desk", 1)
    with pytest.raises(RecordsError, match="wall/desk"):
        records.settings.save("wall", "desk", {"x": object()})
    assert records.settings.load("wall", "desk") == 1


@many_examples
@given(ANY_TEXT, ANY_TEXT, JSON)
def test_any_setting_comes_back(records: Records, scope: str, key: str, value: object) -> None:
    records.settings.save(scope, key, value)
    assert records.settings.load(scope, key) == value


# --- the whole -------------------------------------------------------------------------------------------------------


def test_the_console_has_an_identity(records: Records) -> None:
    assert str(UUID(records.console_id)) == records.console_id


@pytest.mark.parametrize(
    "call",
    [
        lambda r: r.audit.append([row()]),
        lambda r: r.audit.read(),
        lambda r: r.directory.district(),
        lambda r: r.operators.is_empty(),
        lambda r: r.settings.load("a", "b"),
    ],
)
def test_a_closed_database_says_so(records: Records, call: Callable[[Records], object]) -> None:
    records.close()
    records.close()
    with pytest.raises(RecordsError, match="closed"):
        call(records)


# --- secrets ---------------------------------------------------------------------------------------------------------


class DictKeyring(keyring.backend.KeyringBackend):
    """A keyring that works, without a desktop session."""

    priority = 5  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.content: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.content.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.content[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.content[service, username]


@pytest.fixture(params=["file", "keyring", "memory"])
def secret_store(request: pytest.FixtureRequest, tmp_path: Path) -> SecretStore:
    if request.param == "file":
        return FileSecretStore(tmp_path / "profile")
    return KeyringSecretStore(DictKeyring(), "gwanje/test") if request.param == "keyring" else MemorySecretStore()


def test_a_secret_is_kept_replaced_and_deleted(secret_store: SecretStore) -> None:
    assert secret_store.get("camera/1") is None
    secret_store.delete("camera/1")
    secret_store.put("camera/1", "first")
    secret_store.put("camera/2", "other")
    secret_store.put("camera/1", "second")
    assert (secret_store.get("camera/1"), secret_store.get("camera/2")) == ("second", "other")
    secret_store.delete("camera/1")
    secret_store.delete("camera/1")
    assert (secret_store.get("camera/1"), secret_store.get("camera/2")) == (None, "other")
    assert secret_store.kind in {"file", "keyring"}


@pytest.mark.parametrize("text", [t for t in HARD_TEXTS if t != "\ud83d\ude00"], ids=lambda t: str(len(t)))
def test_any_secret_comes_back(secret_store: SecretStore, text: str) -> None:
    secret_store.put(f"camera/{text}", text)
    assert secret_store.get(f"camera/{text}") == text


def test_threads_put_secrets_at_once_and_none_is_lost(secret_store: SecretStore) -> None:
    def put(name: int) -> None:
        for n in range(5):
            secret_store.put(f"camera/{name}/{n}", f"{name}-{n}")

    threads = [threading.Thread(target=put, args=[name]) for name in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for name in range(5):
        for n in range(5):
            assert secret_store.get(f"camera/{name}/{n}") == f"{name}-{n}"
