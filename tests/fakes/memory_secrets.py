"""The SecretStore port in memory."""

from threading import Lock

from gwanje.domain.errors import RecordsError


class MemorySecretStore:
    """Attributes: `broken`, while set, is what every call raises: a keyring that does not answer."""

    def __init__(self, kind: str = "file") -> None:
        self._kind = kind
        self._lock = Lock()
        self._secrets: dict[str, str] = {}
        self.broken: RecordsError | None = None

    @property
    def kind(self) -> str:
        return self._kind

    def get(self, key: str) -> str | None:
        with self._lock:
            self._check()
            return self._secrets.get(key)

    def put(self, key: str, secret: str) -> None:
        with self._lock:
            self._check()
            self._secrets[key] = secret

    def delete(self, key: str) -> None:
        with self._lock:
            self._check()
            self._secrets.pop(key, None)

    def _check(self) -> None:
        if self.broken is not None:
            raise self.broken
