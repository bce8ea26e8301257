"""A real PostgreSQL server of the tests' own: in a temporary folder, on a unix socket and a loopback port."""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg

OWNER = "gwanje_owner"
OWNER_PASSWORD = "owner-password-of-the-tests"


@dataclass
class Server:
    """Attributes: folder: data, socket and log; port: on loopback too, for TLS."""

    folder: Path
    port: int
    process: "subprocess.Popen[bytes] | None" = None

    def url(self, database: str, centre: str, user: str = OWNER) -> str:
        """An address of ours, over the socket, without a password."""
        return f"postgresql://{user}@/{database}?host={self.folder}&port={self.port}&centre={centre}"

    def admin(self, database: str = "postgres") -> "psycopg.Connection[tuple[object, ...]]":
        """The server's own superuser, autocommitting."""
        return psycopg.connect(
            host=str(self.folder), port=self.port, user="postgres", dbname=database, autocommit=True, connect_timeout=5
        )

    def start(self, *settings: str) -> None:
        """Returns once it answers."""
        command = [_program("postgres"), "-D", str(self.folder / "data"), "-k", str(self.folder), "-p", str(self.port)]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [*command, "-c", "listen_addresses=127.0.0.1", *(part for s in settings for part in ("-c", s))],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                **_as_ordinary_user(),
            )
        deadline = time.monotonic() + 60
        while True:
            with contextlib.suppress(psycopg.OperationalError), self.admin():
                return
            words = (self.folder / "log").read_text(errors="replace")[-2000:]
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start: {words}")
            time.sleep(0.05)

    def stop(self, how: int = signal.SIGINT) -> None:
        """SIGINT: fast shutdown; SIGQUIT: at once, like a power cut."""
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(60)
            self.process = None


@contextlib.contextmanager
def running(*settings: str) -> Iterator[Server]:
    """A server with the role OWNER, which may make databases. Does not sync: what it holds is thrown away."""
    folder = Path(tempfile.mkdtemp(prefix="gwanje-pg-"))  # short: a socket's path has at most 107 bytes
    try:
        user = _as_ordinary_user()
        if user:
            os.chown(folder, user["user"], user["group"])
        command = [_program("initdb"), "-D", str(folder / "data"), "-U", "postgres", "--no-sync", "-E", "UTF8"]
        # Over the socket its folder is the guard; over TCP a password.
        done = subprocess.run(
            [*command, "--locale=C", "--auth-local=trust", "--auth-host=scram-sha-256"],
            capture_output=True,
            text=True,
            timeout=120,
            cwd="/",
            **user,
        )
        if done.returncode != 0:
            raise RuntimeError(f"initdb failed: {done.stderr}")
        server = Server(folder, _free_port())
        server.start(*settings)
        with server.admin() as connection:
            connection.execute(f"CREATE ROLE {OWNER} LOGIN CREATEDB PASSWORD '{OWNER_PASSWORD}'")
            connection.execute(f"CREATE DATABASE gwanje OWNER {OWNER}")
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _program(name: str) -> str:
    """Debian keeps the server's programs out of PATH."""
    places: Sequence[Path] = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    found = str(places[0]) if places else shutil.which(name)
    if not found:
        raise RuntimeError(f"there is no {name}: install Debian's package postgresql (`make setup-dev` does)")
    return found


def _as_ordinary_user() -> dict[str, int]:
    """PostgreSQL refuses to be root: then it is the user that its package made."""
    if os.geteuid() != 0:
        return {}
    account = pwd.getpwnam("postgres")
    return {"user": account.pw_uid, "group": account.pw_gid}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
