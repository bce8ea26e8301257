"""Where camera passwords lie: the system keyring, or an encrypted file where there is none. Never the database.

The keyring is Windows' Credential Locker, macOS' Keychain or a Secret Service (GNOME Keyring, KWallet); it opens with
the user's session. A keyring counts only when a trial secret comes back from it in time.

A profile stays where its passwords are: with a secrets file in its folder the file is used, keyring or not. The
environment variable GWANJE_SECRETS=file or =keyring decides instead.

See _secret_file.py for what the file protects against, and what not.
"""

import logging
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from uuid import uuid4

from ..domain.errors import RecordsError
from ..domain.ports import SecretStore
from ._secret_file import FileSecretStore, replace_file

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

_START_TIMEOUT_S = 5.0
_CALL_TIMEOUT_S = 30.0  # time for the user to answer the keyring's own question
_KEYRING_ID_FILE = "keyring.id"


class KeyringSecretStore:
    """The SecretStore port on a keyring. Calls from several threads take turns.

    Every call raises RecordsError when the keyring refuses, or does not answer within `timeout_s` seconds.
    """

    kind = "keyring"

    def __init__(self, backend: "KeyringBackend", service: str, timeout_s: float = _CALL_TIMEOUT_S) -> None:
        self._backend = backend
        self._service = service
        self._timeout_s = timeout_s
        self._turn = threading.Lock()

    def get(self, key: str) -> str | None:
        return self._ask(lambda: self._backend.get_password(self._service, key))

    def put(self, key: str, secret: str) -> None:
        self._ask(lambda: self._backend.set_password(self._service, key, secret))

    def delete(self, key: str) -> None:
        def delete() -> None:
            # Backends differ in what they raise for a name that is not there, so it is asked first.
            if self._backend.get_password(self._service, key) is not None:
                self._backend.delete_password(self._service, key)

        self._ask(delete)

    def _ask(self, question: Callable[[], _T]) -> _T:
        if not self._turn.acquire(timeout=self._timeout_s):
            raise _no_answer()
        try:
            return _within(self._timeout_s, question)
        finally:
            self._turn.release()


def open_secret_store(profile_dir: Path) -> SecretStore:
    """The store of this profile; takes at most five seconds when a keyring does not answer.

    Raises RecordsError only when GWANJE_SECRETS=keyring asks for a keyring and none works, or its value is unknown.
    """
    wanted = os.environ.get("GWANJE_SECRETS", "")
    file_store = FileSecretStore(profile_dir)
    if wanted not in {"", "file", "keyring"}:
        raise RecordsError("unknown place for passwords", place="GWANJE_SECRETS", cure="write file or keyring")
    if wanted == "file" or (wanted == "" and file_store.exists()):
        return file_store
    try:
        return _within(_START_TIMEOUT_S, lambda: _open_keyring(profile_dir))
    except RecordsError as error:
        if wanted == "keyring":
            raise
        if (profile_dir / _KEYRING_ID_FILE).exists():
            _log.warning("the keyring that holds this profile's camera passwords does not work: %s", error)
        else:
            _log.info("camera passwords are kept in an encrypted file: %s", error)
        return file_store


def _open_keyring(profile_dir: Path) -> KeyringSecretStore:
    """Find the keyring and try it. Raises RecordsError, and whatever a backend raises; may hang in either."""
    backend = _real_backend()
    known_id = _keyring_id(profile_dir)
    keyring_id = known_id or uuid4().hex
    service = f"gwanje/{keyring_id}"
    key, trial = f"trial/{uuid4().hex}", uuid4().hex
    backend.set_password(service, key, trial)
    if backend.get_password(service, key) != trial:
        raise RecordsError("the keyring does not give back what was put in", place="keyring")
    backend.delete_password(service, key)
    if not known_id:
        _keep_keyring_id(profile_dir, keyring_id)
    return KeyringSecretStore(backend, service)


def _real_backend() -> "KeyringBackend":
    import keyring
    from keyring.backends import chainer

    backend = keyring.get_keyring()
    backends = backend.backends if isinstance(backend, chainer.ChainerBackend) else [backend]
    if not any(_is_real(b) for b in backends):
        raise RecordsError("this system has no keyring", place="keyring")
    return backend


def _is_real(backend: "KeyringBackend") -> bool:
    # keyring's own measure: below 1 are the backends that keep nothing, or keep it readable for everyone.
    module = type(backend).__module__
    return module not in {"keyring.backends.fail", "keyring.backends.null"} and float(backend.priority) >= 1


def _keyring_id(profile_dir: Path) -> str | None:
    """Tells the passwords of one profile from another's in the same keyring; moves with the folder."""
    try:
        return (profile_dir / _KEYRING_ID_FILE).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeError):
        raise _no_profile(profile_dir) from None


def _keep_keyring_id(profile_dir: Path, keyring_id: str) -> None:
    try:
        profile_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        replace_file(profile_dir / _KEYRING_ID_FILE, keyring_id.encode("ascii"))
    except OSError:
        raise _no_profile(profile_dir) from None


def _no_profile(profile_dir: Path) -> RecordsError:
    return RecordsError("the profile folder cannot be read or written", place=str(profile_dir))


def _within(timeout_s: float, question: Callable[[], _T]) -> _T:
    """Ask in a thread of its own and wait: a locked keyring may wait for its user for ever.

    A thread that got no answer is left behind; it ends with the program. Raises RecordsError and nothing else.
    """
    answers: list[_T] = []
    errors: list[RecordsError] = []

    def ask() -> None:
        try:
            answers.append(question())
        except RecordsError as error:
            errors.append(error)
        except Exception as error:  # noqa: BLE001 - a backend may raise anything, and its text may hold the secret
            _log.warning("the keyring raised %s", type(error).__name__)
            errors.append(RecordsError("the keyring refuses", place="keyring", cure="unlock it, then try again"))

    thread = threading.Thread(target=ask, name="keyring", daemon=True)
    thread.start()
    thread.join(timeout_s)
    if thread.is_alive():
        raise _no_answer()
    if errors:
        raise errors[0]
    return answers[0]


def _no_answer() -> RecordsError:
    return RecordsError("the keyring does not answer", place="keyring", cure="unlock it, then try again")
