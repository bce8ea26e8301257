"""Carries rows from the journal into the shared database, in a thread of its own, for as long as the console runs."""

import logging
import random
import threading
from collections.abc import Callable
from datetime import UTC, datetime

from ...domain.errors import RecordsError
from ...domain.sharing import Sharing, SharingState
from .._database import Database
from ..store import bring_up
from ._rows import newest_numbers, rows_after, take_over

_log = logging.getLogger(__name__)

_ROWS_AT_ONCE = 500
_LOOK_AGAIN_S = 1.0  # without a wake-up
_GATHER_S = 0.05  # what comes within this goes in one transaction
_FIRST_PAUSE_S = 0.5
_LONGEST_PAUSE_S = 10.0


class Copier:
    """Use: make it, `wake` it after each append to the journal, `close` it.

    `told` is called in the copier's thread whenever the state or the number of rows behind has changed. The databases
    belong to the caller, and are closed after the copier.
    """

    def __init__(self, journal: Database, shared: Database, told: Callable[[Sharing], None]) -> None:
        self._journal = journal
        self._shared = shared
        self._told = told
        self._last_told: Sharing | None = None
        self._last_good = datetime.now(UTC)
        self._there: dict[str, int] = {}  # the newest number of each console in the shared database
        self._certain = False  # whether that is known, or only what was last heard
        self._prepared = False
        self._wake = threading.Event()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="copier", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """There is something new in the journal. Returns at once; from any thread."""
        self._wake.set()

    def close(self, patience_s: float = 15.0) -> None:
        """What is not there yet goes there at the next start. A call that waits for the server is waited for."""
        self._closing.set()
        self._wake.set()
        self._thread.join(patience_s)

    def _run(self) -> None:
        pause = _FIRST_PAUSE_S
        while not self._closing.is_set():
            self._wake.clear()
            try:
                behind = self._copy_some()
            except Exception as error:  # noqa: BLE001 - it must not stop for the rest of the shift
                reason = str(error) if isinstance(error, RecordsError) else type(error).__name__
                _log.warning("the shared database does not take the audit rows: %s", reason)
                self._certain = False
                self._tell(Sharing(SharingState.ALONE, self._behind(), self._last_good, reason))
                # Not all consoles of a centre at the same moment.
                self._closing.wait(pause * random.uniform(0.5, 1))  # noqa: S311
                pause = min(2 * pause, _LONGEST_PAUSE_S)
                continue
            pause, self._last_good = _FIRST_PAUSE_S, datetime.now(UTC)
            if behind:
                self._tell(Sharing(SharingState.CATCHING_UP, behind))
            else:
                self._tell(Sharing(SharingState.SHARED))
                self._wake.wait(_LOOK_AGAIN_S)
            self._closing.wait(_GATHER_S)

    def _copy_some(self) -> int:
        """Returns how many rows are left. Raises RecordsError."""
        if not self._prepared:
            bring_up(self._shared)
            self._prepared = True
        if not self._certain:
            with self._shared.read() as connection:
                self._there = newest_numbers(connection, self._shared.centre)
            self._certain = True
        there = self._there
        with self._journal.read() as connection:
            heads = newest_numbers(connection, self._journal.centre)
            batches = {
                console: rows_after(connection, console, there.get(console, 0), _ROWS_AT_ONCE)
                for console, newest in heads.items()
                if newest > there.get(console, 0)
            }
        for console, rows in batches.items():
            there[console] = self._shared.write(
                lambda connection, console=console, rows=rows: take_over(  # type: ignore[misc]
                    connection, self._shared.centre, console, rows, self._shared.place
                )
            )
        return sum(max(0, newest - there.get(console, 0)) for console, newest in heads.items())

    def _behind(self) -> int:
        """As far as is known without the shared database."""
        try:
            with self._journal.read() as connection:
                heads = newest_numbers(connection, self._journal.centre)
        except RecordsError:
            return 0
        return sum(max(0, newest - self._there.get(console, 0)) for console, newest in heads.items())

    def _tell(self, sharing: Sharing) -> None:
        if sharing != self._last_told:
            self._last_told = sharing
            self._told(sharing)
