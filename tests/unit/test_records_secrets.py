"""Which secret store a profile gets, and what the encrypted file withstands."""

import logging
import stat
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import keyring
import keyring.backend
import keyring.backends.chainer
import keyring.backends.fail
import keyring.backends.null
import pytest

from gwanje.domain.errors import RecordsError
from gwanje.records import open_secret_store
from gwanje.records._secret_file import FileSecretStore
from gwanje.records.secrets import KeyringSecretStore

SECRET = "password-of-a-camera"


class WorkingKeyring(keyring.backend.KeyringBackend):
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


class PlaintextKeyring(WorkingKeyring):
    priority = 0.5  # type: ignore[assignment]


class ForgetfulKeyring(WorkingKeyring):
    def get_password(self, service: str, username: str) -> str | None:
        return None


class LockedKeyring(WorkingKeyring):
    def set_password(self, service: str, username: str, password: str) -> None:
        raise RuntimeError(f"cannot store {password}")


class HangingKeyring(WorkingKeyring):
    def __init__(self) -> None:
        super().__init__()
        self.hangs = True
        self.let_go = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        if self.hangs:
            self.let_go.wait()
        return super().get_password(service, username)


class EmptyChainer(keyring.backends.chainer.ChainerBackend):
    backends = ()  # type: ignore[assignment]


class WorkingChainer(WorkingKeyring, keyring.backends.chainer.ChainerBackend):
    backends = (WorkingKeyring(),)  # type: ignore[assignment]


@pytest.fixture(autouse=True)
def restored_keyring(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("GWANJE_SECRETS", raising=False)
    keyring.set_keyring(keyring.backends.fail.Keyring())  # never the developer's own
    yield
    keyring.set_keyring(keyring.backends.fail.Keyring())


@pytest.mark.parametrize("backend", [WorkingKeyring, WorkingChainer])
def test_a_keyring_that_works_is_taken(tmp_path: Path, backend: type[WorkingKeyring]) -> None:
    keyring.set_keyring(ring := backend())
    store = open_secret_store(tmp_path / "profile")
    assert store.kind == "keyring"
    assert ring.content == {}  # the trial left nothing
    store.put("camera/1", SECRET)
    assert open_secret_store(tmp_path / "profile").get("camera/1") == SECRET
    assert SECRET.encode() not in b"".join(p.read_bytes() for p in (tmp_path / "profile").iterdir())


def test_two_profiles_do_not_share_passwords(tmp_path: Path) -> None:
    keyring.set_keyring(WorkingKeyring())
    open_secret_store(tmp_path / "a").put("camera/1", SECRET)
    assert open_secret_store(tmp_path / "b").get("camera/1") is None
    (tmp_path / "a").rename(tmp_path / "moved")
    assert open_secret_store(tmp_path / "moved").get("camera/1") == SECRET


@pytest.mark.parametrize(
    "backend",
    [
        keyring.backends.fail.Keyring,
        keyring.backends.null.Keyring,
        EmptyChainer,
        PlaintextKeyring,
        ForgetfulKeyring,
        LockedKeyring,
    ],
)
def test_without_a_keyring_that_works_the_file_is_taken(
    tmp_path: Path, backend: type[keyring.backend.KeyringBackend], caplog: pytest.LogCaptureFixture
) -> None:
    keyring.set_keyring(backend())
    with caplog.at_level(logging.DEBUG):
        store = open_secret_store(tmp_path)
    assert store.kind == "file"
    store.put("camera/1", SECRET)
    assert store.get("camera/1") == SECRET
    assert "cannot store" not in caplog.text
    assert not (tmp_path / "keyring.id").exists()


def test_a_keyring_that_does_not_answer_does_not_hold_up_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gwanje.records.secrets._START_TIMEOUT_S", 0.1)
    keyring.set_keyring(ring := HangingKeyring())
    began = time.monotonic()
    store = open_secret_store(tmp_path)
    took = time.monotonic() - began
    ring.let_go.set()  # the thread that was left behind may end
    assert store.kind == "file"
    assert took < 2


def test_a_keyring_that_stops_answering_is_an_error_and_comes_back(tmp_path: Path) -> None:
    ring = HangingKeyring()
    store = KeyringSecretStore(ring, "gwanje/test", timeout_s=0.1)
    with pytest.raises(RecordsError, match="does not answer"):
        store.get("camera/1")
    ring.hangs = False
    ring.let_go.set()
    store.put("camera/1", SECRET)
    assert store.get("camera/1") == SECRET


def test_what_a_keyring_says_is_not_repeated(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(RecordsError) as caught:
        KeyringSecretStore(LockedKeyring(), "gwanje/test").put("camera/1", SECRET)
    assert SECRET not in str(caught.value) + caplog.text
    assert caught.value.__context__ is None


def test_the_environment_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keyring.set_keyring(WorkingKeyring())
    monkeypatch.setenv("GWANJE_SECRETS", "file")
    open_secret_store(tmp_path).put("camera/1", SECRET)
    monkeypatch.setenv("GWANJE_SECRETS", "keyring")
    assert open_secret_store(tmp_path).kind == "keyring"
    keyring.set_keyring(keyring.backends.fail.Keyring())
    with pytest.raises(RecordsError, match="no keyring"):
        open_secret_store(tmp_path)
    monkeypatch.setenv("GWANJE_SECRETS", "cloud")
    with pytest.raises(RecordsError, match="GWANJE_SECRETS"):
        open_secret_store(tmp_path)


def test_a_profile_stays_with_its_file(tmp_path: Path) -> None:
    open_secret_store(tmp_path).put("camera/1", SECRET)
    keyring.set_keyring(WorkingKeyring())
    store = open_secret_store(tmp_path)
    assert (store.kind, store.get("camera/1")) == ("file", SECRET)


def test_a_keyring_that_is_gone_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    keyring.set_keyring(WorkingKeyring())
    open_secret_store(tmp_path).put("camera/1", SECRET)
    keyring.set_keyring(keyring.backends.fail.Keyring())
    assert open_secret_store(tmp_path).get("camera/1") is None
    assert [r.levelname for r in caplog.records if "holds this profile's camera passwords" in r.message] == ["WARNING"]


# --- the file --------------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store = FileSecretStore(tmp_path)
    store.put("camera/1", SECRET)
    store.put("camera/2", "other")
    return tmp_path


def test_nothing_is_written_before_there_is_a_secret(tmp_path: Path) -> None:
    store = FileSecretStore(tmp_path / "profile")
    assert store.get("camera/1") is None
    store.delete("camera/1")
    assert not (tmp_path / "profile").exists()


def test_the_files_are_readable_for_this_user_alone_and_hold_no_plain_text(folder: Path) -> None:
    for path in folder.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
        assert SECRET.encode() not in path.read_bytes()
        assert b"camera/" not in path.read_bytes()
    assert {p.name for p in folder.iterdir()} == {"secrets.enc", "secrets.key", "secrets.lock"}


def test_the_same_content_never_looks_the_same_twice(folder: Path) -> None:
    store, seen = FileSecretStore(folder), set()
    for value in ("a", "b", "a", "b"):
        store.put("camera/1", value)
        seen.add((folder / "secrets.enc").read_bytes())
    assert len(seen) == 4


def test_every_changed_byte_is_found_out(folder: Path) -> None:
    good = (folder / "secrets.enc").read_bytes()
    for position in range(len(good)):
        bad = good[:position] + bytes([good[position] ^ 1]) + good[position + 1 :]
        (folder / "secrets.enc").write_bytes(bad)
        with pytest.raises(RecordsError, match=r"secrets\.enc: .*changed.*secrets\.key"):
            FileSecretStore(folder).get("camera/1")


@pytest.mark.parametrize("name", ["secrets.enc", "secrets.key"])
@pytest.mark.parametrize("content", [b"", b"x", b"x" * 32, b"x" * 1000])
def test_a_file_that_does_not_fit_is_told_and_never_overwritten(folder: Path, name: str, content: bytes) -> None:
    (folder / name).write_bytes(content)
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    store = FileSecretStore(folder)
    for call in (lambda: store.get("camera/1"), lambda: store.put("camera/1", "new"), lambda: store.delete("camera/1")):
        with pytest.raises(RecordsError) as caught:
            call()
        assert caught.value.place == str(folder / "secrets.enc")
        assert caught.value.cure
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before


def test_a_lost_key_is_told_and_not_made_anew(folder: Path) -> None:
    (folder / "secrets.key").unlink()
    for call in (lambda s: s.get("camera/1"), lambda s: s.put("camera/1", "new")):
        with pytest.raises(RecordsError):
            call(FileSecretStore(folder))
    assert not (folder / "secrets.key").exists()


def test_a_key_that_others_can_read_is_narrowed(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    (folder / "secrets.key").chmod(0o644)
    assert FileSecretStore(folder).get("camera/1") == SECRET
    assert stat.S_IMODE((folder / "secrets.key").stat().st_mode) == 0o600
    assert "permissions" in caplog.text


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "profile").write_text("a file")
    with pytest.raises(RecordsError, match="cannot be read or written"):
        FileSecretStore(tmp_path / "profile").put("camera/1", SECRET)


def test_a_write_that_fails_leaves_the_old_passwords(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, f"No space left {SECRET}")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(RecordsError, match="No space left on device") as caught:
        FileSecretStore(folder).put("camera/1", "new")
    assert SECRET not in str(caught.value)
    monkeypatch.undo()
    assert FileSecretStore(folder).get("camera/1") == SECRET
    assert {p.name for p in folder.iterdir()} == {"secrets.enc", "secrets.key", "secrets.lock"}
