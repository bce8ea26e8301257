"""The records on a real PostgreSQL server: centres, writers at once, roles, passwords, TLS, and a server that goes."""

import datetime as dt
import ipaddress
import logging
import os
import re
import stat
import threading
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from sqlalchemy import make_url, text

from gwanje.domain.audit import AuditEntry, BreakKind, Outcome
from gwanje.domain.cameras import Department, DepartmentId
from gwanje.domain.errors import RecordsError
from gwanje.domain.operators import Role
from gwanje.domain.ports import Records
from gwanje.records import open_shared, schema
from gwanje.records._postgres import _trusted
from gwanje.records.maintenance import keep_password, upgrade_records, verify_records, write_checkpoint
from gwanje.records.store import shared_database
from tests.fakes.memory_secrets import MemorySecretStore
from tests.support import postgres

PASSWORD = "a-password-nobody-may-find"


@pytest.fixture(scope="module")
def server() -> Iterator[postgres.Server]:
    with postgres.running("fsync=off") as server:
        yield server


@pytest.fixture
def url(server: postgres.Server) -> str:
    """A centre of its own."""
    return server.url("gwanje", f"centre-{uuid4()}")


def entry(console: str, reason: str = "") -> AuditEntry:
    now = dt.datetime.now(dt.UTC)
    return AuditEntry(uuid4(), uuid4(), now, console, "1", "kim", "x", Outcome.REQUESTED, reason=reason)


# --- centres and writers ---------------------------------------------------------------------------------------------


def test_centres_share_a_database_and_see_nothing_of_each_other(server: postgres.Server) -> None:
    centres = [open_shared(server.url("gwanje", f"{name}-{uuid4()}")) for name in ("a", "b")]
    for number, records in enumerate(centres):
        records.audit.append([entry("same console") for _ in range(3 + number)])
        records.operators.add("kim", f"{PASSWORD}{number}", frozenset({Role.AGENT}))
        records.directory.put([Department(DepartmentId("d"), f"department {number}")], [], [])
        records.settings.save("wall", "desk", number)
    for number, records in enumerate(centres):
        assert [(e.seq, e.number) for e in records.audit.read()] == [(n, n) for n in range(1, 4 + number)]
        assert records.operators.verify("kim", f"{PASSWORD}{number}").name == "kim"
        assert [d.name for d in records.directory.district().departments] == [f"department {number}"]
        assert records.settings.load("wall", "desk") == number
        assert len(records.audit.close_unfinished(dt.datetime.now(dt.UTC))) == 3 + number
        records.close()
    assert centres[0].console_id != centres[1].console_id


def test_who_has_read_up_to_a_place_has_missed_none(url: str) -> None:
    """Six connections write to one centre while a reader follows: a cursor is enough."""
    opened: list[Records] = []
    threads = [threading.Thread(target=lambda: opened.append(open_shared(url))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({records.console_id for records in opened}) == 1
    errors: list[Exception] = []

    def write(number: int) -> None:
        try:
            for n in range(25):
                opened[number].audit.append([entry(f"console {number % 3}", f"{number}/{n}") for _ in range(1 + n % 3)])
        except Exception as error:
            errors.append(error)

    writers = [threading.Thread(target=write, args=[number]) for number in range(6)]
    reader, seen = open_shared(url), []
    for thread in writers:
        thread.start()
    while any(thread.is_alive() for thread in writers):
        seen += reader.audit.read(after=seen[-1].seq if seen else 0)
    for thread in writers:
        thread.join()
    seen += reader.audit.read(after=seen[-1].seq if seen else 0)
    assert errors == []
    assert [e.seq for e in seen] == list(range(1, len(seen) + 1))
    assert len(seen) == 6 * sum(1 + n % 3 for n in range(25))
    for number in range(6):
        mine = [e.reason for e in seen if e.reason.startswith(f"{number}/")]
        assert mine == [f"{number}/{n}" for n in range(25) for _ in range(1 + n % 3)]
    check = verify_records(url)
    assert (check.rows, check.consoles, check.intact) == (len(seen), 3, True)
    for records in [reader, *opened]:
        records.close()


def _fail_inserts(server: postgres.Server, table: str, times: int, state: str) -> None:
    """A trigger that ends the transaction of the next inserts as the server does when it keeps transactions apart."""
    with server.admin("gwanje") as admin:
        admin.execute("DROP SEQUENCE IF EXISTS failures CASCADE")
        admin.execute("CREATE SEQUENCE failures")  # a sequence is not rolled back
        admin.execute("GRANT ALL ON SEQUENCE failures TO PUBLIC")
        admin.execute(
            "CREATE OR REPLACE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF nextval('failures') <= {times} THEN RAISE EXCEPTION 'as a test' USING ERRCODE = '{state}'; END IF; "
            "RETURN NEW; END $$"
        )
        admin.execute(f"CREATE TRIGGER fail BEFORE INSERT ON {table} FOR EACH STATEMENT EXECUTE FUNCTION fail()")


@pytest.mark.parametrize("state", ["40001", "40P01"])
def test_transactions_that_are_ended_to_keep_them_apart_are_done_anew(
    server: postgres.Server, url: str, state: str
) -> None:
    records = open_shared(url)
    _fail_inserts(server, "audit", 5, state)
    try:
        assert [e.seq for e in records.audit.append([entry("A"), entry("A")])] == [1, 2]
    finally:
        with server.admin("gwanje") as admin:
            admin.execute("DROP TRIGGER fail ON audit")
    _fail_inserts(server, "audit", 10**6, state)
    try:
        with pytest.raises(RecordsError):
            records.audit.append([entry("A")])
    finally:
        with server.admin("gwanje") as admin:
            admin.execute("DROP TRIGGER fail ON audit")
    assert [e.seq for e in records.audit.append([entry("A")])] == [3]
    records.close()


# --- the chain -------------------------------------------------------------------------------------------------------


def test_tampering_on_a_server_is_found_and_named(server: postgres.Server, url: str, tmp_path: Path) -> None:
    records = open_shared(url)
    records.audit.append([entry(name) for name in ("A", "B \x00") * 10])
    records.close()
    centre = make_url(url).query["centre"]
    key = write_checkpoint(url, tmp_path / "c", MemorySecretStore())
    for change, kind, number in [
        ("UPDATE audit SET operator = 'lee' WHERE console = 'A' AND number = 3 AND centre = %s", BreakKind.EDITED, 3),
        ("DELETE FROM audit WHERE console = 'A' AND number = 3 AND centre = %s", BreakKind.MISSING, 3),
        ("DELETE FROM audit WHERE console = 'A' AND number > 7 AND centre = %s", BreakKind.TRUNCATED, 8),
    ]:
        with server.admin("gwanje") as admin:
            admin.execute("CREATE TABLE kept AS SELECT * FROM audit")
            admin.execute(change, [centre])
            found = verify_records(url, [tmp_path / "c"], key).first_broken
            admin.execute("DELETE FROM audit")
            admin.execute("INSERT INTO audit SELECT * FROM kept")
            admin.execute("DROP TABLE kept")
        assert found is not None
        assert (found.kind, found.console, found.number) == (kind, "A", number)
    assert verify_records(url, [tmp_path / "c"], key).intact


def test_the_role_of_a_console_adds_and_reads_audit_rows_and_no_more(server: postgres.Server) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs/records.md").read_text("utf-8")
    [roles] = re.findall(r"```sql\n(.*?)```", page, re.DOTALL)
    with server.admin() as admin:
        admin.execute(f"CREATE DATABASE roles OWNER {postgres.OWNER}")
    upgrade_records(server.url("roles", "c1"))
    with server.admin("roles") as admin:
        admin.execute(roles)
    records = open_shared(server.url("roles", "c1", user="gwanje_console"))
    records.audit.append([entry("A"), entry("A")])
    records.operators.add("kim", PASSWORD, frozenset({Role.AGENT}))
    assert records.operators.set_password("kim", PASSWORD + "2").name == "kim"
    assert len(records.audit.close_unfinished(dt.datetime.now(dt.UTC))) == 2
    assert len(records.audit.read()) == 4
    records.close()
    forbidden = [
        "UPDATE audit SET operator = 'lee'",
        "DELETE FROM audit",
        "TRUNCATE audit",
        "DELETE FROM audit_heads",
        "DELETE FROM installation",
        "ALTER TABLE audit DISABLE TRIGGER ALL",
        "DROP TABLE audit",
    ]
    for user, more in (("gwanje_console", []), ("gwanje_auditor", ["INSERT INTO audit SELECT * FROM audit"])):
        for statement in [*forbidden, *more]:
            with (
                psycopg.connect(host=str(server.folder), port=server.port, user=user, dbname="roles") as connection,
                pytest.raises(psycopg.errors.InsufficientPrivilege),
            ):
                connection.execute(statement)
                pytest.fail(f"{user} was allowed to: {statement}")
    assert verify_records(server.url("roles", "c1", user="gwanje_auditor")).rows == 4


# --- the schema ------------------------------------------------------------------------------------------------------


def test_the_migrations_make_the_schema_that_the_program_knows(url: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    open_shared(url).close()
    database = shared_database(url)
    with database.read() as connection:
        options = {"version_table": schema.schema_version.name, "compare_type": True}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), schema.metadata) == []
        sequences = connection.execute(
            text("SELECT count(*) FROM pg_class WHERE relkind = 'S' AND relname <> 'failures'")
        )
        assert sequences.scalar() == 0
        keys = connection.execute(
            text(
                "SELECT c.relname, a.attname FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid "
                "JOIN pg_namespace n ON n.oid = c.relnamespace "
                "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0] "
                "WHERE n.nspname = 'public' AND c.relname <> 'gwanje_schema'"
            )
        ).all()
    database.close()
    assert {first for _, first in keys} == {"centre"}
    assert {table for table, _ in keys} == set(schema.metadata.tables)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE gwanje_schema SET version_num = '9999'", "newer version"),
        ("DROP TABLE gwanje_schema", "another program"),
    ],
)
def test_a_newer_or_foreign_database_is_left_alone(server: postgres.Server, statement: str, words: str) -> None:
    name = f"other_{uuid4().hex}"
    with server.admin() as admin:
        admin.execute(f"CREATE DATABASE {name} OWNER {postgres.OWNER}")
    upgrade_records(server.url(name, "c"))
    with server.admin(name) as admin:
        admin.execute(statement)
        for call in (open_shared, verify_records, upgrade_records):
            with pytest.raises(RecordsError, match=words):
                call(server.url(name, "c"))  # type: ignore[operator]


# --- passwords and trust ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def tls(server: postgres.Server) -> Path:
    """Gives the server a certificate for localhost; the file of its authority."""
    now = dt.datetime.now(dt.UTC)

    def certificate(name: str, issuer: x509.Certificate | None, by: ec.EllipticCurvePrivateKey, of: object) -> object:
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer.subject if issuer else subject)
            .public_key(of)  # type: ignore[arg-type]
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(days=1))
            .not_valid_after(now + dt.timedelta(days=2))
            .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        )
        names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.2"))]
        return builder.add_extension(x509.SubjectAlternativeName(names), critical=False).sign(by, hashes.SHA256())

    keys = [ec.generate_private_key(ec.SECP256R1()) for _ in range(2)]
    authority = certificate("authority", None, keys[0], keys[0].public_key())
    own = certificate("server", authority, keys[0], keys[1].public_key())  # type: ignore[arg-type]
    pem = serialization.Encoding.PEM
    private = keys[1].private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    account = os.stat(server.folder / "data")
    for name, data in [
        ("ca.pem", authority.public_bytes(pem)),  # type: ignore[attr-defined]
        ("server.crt", own.public_bytes(pem)),  # type: ignore[attr-defined]
        ("server.key", private),
    ]:
        path = server.folder / ("data" if name != "ca.pem" else "") / name
        path.write_bytes(data)
        path.chmod(0o600)
        os.chown(path, account.st_uid, account.st_gid)
    with server.admin() as admin:
        admin.execute("ALTER SYSTEM SET ssl = on")
        admin.execute("SELECT pg_reload_conf()")
    return server.folder / "ca.pem"


def over_tcp(server: postgres.Server, host: str, ca: Path | str) -> str:
    tail = f"centre=tls&sslmode=verify-full&sslrootcert={ca}&connect_timeout=5"
    return f"postgresql://{postgres.OWNER}@{host}:{server.port}/gwanje?{tail}"


def test_the_server_proves_its_name_and_the_password_is_a_secret(server: postgres.Server, tls: Path) -> None:
    secrets, url = MemorySecretStore(), over_tcp(server, "localhost", tls)
    keep_password(url, postgres.OWNER_PASSWORD, secrets)
    deadline = dt.datetime.now() + dt.timedelta(seconds=30)  # noqa: DTZ005
    while True:  # the server reads its configuration a moment after it was told to
        try:
            records = open_shared(url, secrets)
            break
        except RecordsError:
            assert dt.datetime.now() < deadline  # noqa: DTZ005
    records.audit.append([entry("A")])
    database = shared_database(url, secrets)
    with database.read() as connection:
        assert connection.execute(text("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")).scalar() is True
    database.close()
    records.close()
    # Another name than the certificate's, another authority.
    for wrong in (over_tcp(server, "127.0.0.1", tls), over_tcp(server, "localhost", "system")):
        keep_password(wrong, postgres.OWNER_PASSWORD, secrets)
        with pytest.raises(RecordsError, match="cannot be reached, or refuses"):
            open_shared(wrong, secrets)


def test_a_wrong_password_is_nowhere(
    server: postgres.Server,
    tls: Path,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    url, secrets = over_tcp(server, "localhost", tls), MemorySecretStore()
    keep_password(url, PASSWORD, secrets)
    with caplog.at_level(logging.DEBUG), pytest.raises(RecordsError, match="cannot be reached, or refuses") as caught:
        open_shared(url, secrets)
    error: BaseException | None = caught.value
    while error is not None:
        assert PASSWORD not in f"{error!s} {error!r}"
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    assert PASSWORD not in caplog.text
    file = tmp_path / "pgpass"
    file.write_text(f"localhost:{server.port}:gwanje:{postgres.OWNER}:{postgres.OWNER_PASSWORD}\n")
    file.chmod(stat.S_IRUSR)
    monkeypatch.setenv("PGPASSFILE", str(file))
    open_shared(url).close()


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (f"postgresql://kim:{PASSWORD}@db.example/gwanje?centre=c", "contains a password"),
        (f"postgresql://kim@db.example/gwanje?centre=c&password={PASSWORD}", "contains a password"),
        ("postgresql://kim@/gwanje?service=x&centre=c", "names a service"),
        ("postgresql://kim@/gwanje?centre=c", "names no server"),
        ("postgresql://kim@db.example/gwanje?centre=c&sslmode=require", "prove who it is"),
        ("postgresql://kim@db.example/gwanje?centre=c&sslmode=disable", "prove who it is"),
        ("postgresql://kim@localhost/gwanje?centre=c&host=db.example&sslmode=prefer", "prove who it is"),
        ("postgresql://kim@localhost/gwanje?centre=c&hostaddr=192.0.2.7&sslmode=prefer", "prove who it is"),
        ("postgresql://kim@localhost/gwanje", "which centre"),
        ("postgresql://kim@localhost/gwanje?centre=Seoul%20East", "which centre"),
        ("postgresql://kim@localhost/gwanje?centre=a&centre=b", "which centre"),
        ("postgresql+asyncpg://kim@localhost/gwanje?centre=a", "not the address of a database server"),
        (f"postgresql://kim:{PASSWORD}@db.example:port/gwanje", "not a database URL"),
        ("sqlite:////tmp/x.db", "not the address of a database server"),
    ],
)
def test_addresses_that_may_not_be_used(address: str, words: str) -> None:
    with pytest.raises(RecordsError, match=words) as caught:
        open_shared(address)
    assert PASSWORD not in str(caught.value)


def test_another_machine_always_proves_its_name() -> None:
    for address in ("postgresql://kim@db.example/x", "postgresql://kim@localhost/x?host=db.example"):
        trusted = _trusted(make_url(address))
        assert (trusted.query["sslmode"], trusted.query["sslrootcert"]) == ("verify-full", "system")


# --- a server that goes ----------------------------------------------------------------------------------------------


def test_a_server_that_goes_and_comes_back(tmp_path: Path) -> None:
    with postgres.running() as server:
        url = server.url("gwanje", "c")
        records = open_shared(url)
        written = records.audit.append([entry("A")])
        for how in (2, 3):  # SIGINT, SIGQUIT
            server.stop(how)
            with pytest.raises(RecordsError, match="cannot be reached"):
                records.audit.append([entry("A")])
            with pytest.raises(RecordsError, match="cannot be reached"):
                records.audit.read()
            server.start()
            written += records.audit.append([entry("A")])
        assert records.audit.read() == written
        # The server ends a connection; the next call takes another one.
        with server.admin() as admin:
            admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'gwanje'")
        assert records.audit.read() == written
        records.close()
