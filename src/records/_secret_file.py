"""Camera passwords in an encrypted file, for machines without a keyring.

Two files in the profile folder, readable for this user alone (mode 0600; on Windows the folder's own permissions):
`secrets.key` holds a random key, `secrets.enc` all passwords, encrypted with AES-256-GCM.

What it protects against: passwords that turn up in a backup, a mail or a support bundle of the database or of
`secrets.enc` alone; another user of the machine; an edit of the file, which is found out.
What it does not protect against: whoever can read both files as this user or as root, or holds the unencrypted disk.
The key lies beside the lock because the console starts without a person who could type it. Nor does it notice that
an older copy of the file was put back.
"""

import json
import logging
import os
import secrets
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..domain.errors import RecordsError

_log = logging.getLogger(__name__)

_MAGIC = b"gwanje-secrets-1\n"
_KEY_BYTES = 32
_NONCE_BYTES = 12


class FileSecretStore:
    """The SecretStore port on two files. Threads and processes take turns; a write replaces the file as a whole.

    Every call raises RecordsError, and changes nothing, when the files cannot be read, written or do not fit together.
    """

    kind = "file"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key_file = folder / "secrets.key"
        self._file = folder / "secrets.enc"
        self._turn = threading.Lock()

    def exists(self) -> bool:
        """Whether a password was ever put in."""
        return self._file.exists()

    def get(self, key: str) -> str | None:
        if not self.exists():
            return None
        with self._locked():
            return self._load().get(key)

    def put(self, key: str, secret: str) -> None:
        with self._locked():
            content = self._load()
            if content.get(key) != secret:
                self._save({**content, key: secret})

    def delete(self, key: str) -> None:
        if not self.exists():
            return
        with self._locked():
            content = self._load()
            if content.pop(key, None) is not None:
                self._save(content)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with self._turn:
            try:
                self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                with _lock_file(self._folder / "secrets.lock"):
                    yield
            except OSError as error:
                raise RecordsError(
                    f"the camera passwords cannot be read or written: {os.strerror(error.errno or 0)}",
                    place=str(self._folder),
                    cure="check the folder's permissions and the free space",
                ) from None

    def _load(self) -> dict[str, str]:
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        try:
            data = self._file.read_bytes()
        except FileNotFoundError:
            return {}
        nonce, sealed = data[len(_MAGIC) :][:_NONCE_BYTES], data[len(_MAGIC) + _NONCE_BYTES :]
        if not data.startswith(_MAGIC) or len(nonce) != _NONCE_BYTES:
            raise self._does_not_fit()
        try:
            content: dict[str, str] = json.loads(AESGCM(self._key()).decrypt(nonce, sealed, _MAGIC))
        except InvalidTag:
            raise self._does_not_fit() from None
        return content

    def _save(self, content: dict[str, str]) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        if not self._file.exists() and not self._key_file.exists():
            replace_file(self._key_file, secrets.token_bytes(_KEY_BYTES))
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = AESGCM(self._key()).encrypt(nonce, json.dumps(content).encode("ascii"), _MAGIC)
        replace_file(self._file, _MAGIC + nonce + sealed)

    def _key(self) -> bytes:
        try:
            key = self._key_file.read_bytes()
        except FileNotFoundError:
            key = b""
        if len(key) != _KEY_BYTES:
            raise self._does_not_fit()
        if os.name == "posix" and self._key_file.stat().st_mode & 0o077:
            _log.warning("others could read %s: its permissions are narrowed", self._key_file)
            self._key_file.chmod(0o600)
        return key

    def _does_not_fit(self) -> RecordsError:
        return RecordsError(
            "the file of camera passwords was changed, or its key is another one",
            place=str(self._file),
            cure=f"put back both it and {self._key_file.name} from one backup, or move both away and enter the "
            "passwords again",
        )


def replace_file(path: Path, data: bytes) -> None:
    """Write the file as a whole, on disk when this returns: a crash leaves the old content or the new."""
    new = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    try:
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


@contextmanager
def _lock_file(path: Path) -> Iterator[None]:
    """Hold the file's lock; the system lets go of it when the process ends, however it ends."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
