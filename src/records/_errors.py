"""Database errors in an operator's words.

SQLAlchemy's texts quote the statement, its parameters and at times the URL: people's names and passwords. Only the
error's code is used here; the text is dropped.
"""

import logging
import sqlite3

from sqlalchemy.exc import DBAPIError, OperationalError, TimeoutError

from ..domain.errors import RecordsError

_log = logging.getLogger(__name__)

_NO_SERVER = "no server"

_WORDS: dict[str, tuple[str, str]] = {
    "SQLITE_FULL": ("the disk is full", "free some space; the console goes on by itself"),
    "SQLITE_READONLY": ("the database may not be written", "make the file and its folder writable for this user"),
    "SQLITE_BUSY": ("another program holds the database", "close other programs that use it"),
    "SQLITE_LOCKED": ("another program holds the database", "close other programs that use it"),
    "SQLITE_CORRUPT": ("the database is damaged", "put back the newest backup"),
    "SQLITE_NOTADB": ("this is not a database", "give another file, or move this one away"),
    "SQLITE_CANTOPEN": ("the database cannot be opened", "check that the folder exists and may be read"),
    "SQLITE_PERM": ("the database may not be opened", "make the file readable and writable for this user"),
    "SQLITE_AUTH": ("the database may not be opened", "make the file readable and writable for this user"),
    "SQLITE_IOERR": ("the disk does not read or write", "check the disk and its free space"),
    "SQLITE_PROTOCOL": ("the database cannot be locked", "keep it on a disk of this computer"),
    "SQLITE_TOOBIG": ("a text is too long for the database", "shorten it"),
    # PostgreSQL, by the beginning of the SQLSTATE (appendix A of its manual)
    "53100": ("the disk is full", "free some space; the console goes on by itself"),
    "53": ("the database server is short of means", "tell its administrator"),
    "42501": ("the database may not be written", "tell its administrator which rights are missing"),
    "25006": ("the database may not be written", "tell its administrator which rights are missing"),
    "55P03": ("the database answers too late", "check the server and the network"),
    "57014": ("the database answers too late", "check the server and the network"),
    "57P": ("the database server cannot be reached", "check the server and the network"),
    "08": ("the database server cannot be reached", "check the server and the network"),
    "23": ("the rows do not fit those that are there", ""),
    _NO_SERVER: (
        "the database server cannot be reached, or refuses the sign-in",
        "check address, network, certificate, user and password",
    ),
    "SQLITE_CONSTRAINT": ("the rows do not fit those that are there", ""),
}


def sqlite_code(error: BaseException) -> str:
    """SQLite's own name of an error such as SQLITE_IOERR_WRITE, empty when there is none."""
    origin = error.orig if isinstance(error, DBAPIError) else error
    return str(getattr(origin, "sqlite_errorname", "") or "") if isinstance(origin, sqlite3.Error) else ""


def is_busy(error: BaseException) -> bool:
    """Whether the same call may succeed a moment later."""
    return sqlite_code(error).startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


def is_passing(error: BaseException) -> bool:
    """Whether the transaction was ended only to keep it apart from others: the same one may succeed when done anew."""
    return sql_state(error) in {"40001", "40P01"}  # serialization failure, deadlock


def sql_state(error: BaseException) -> str:
    """The five signs by which the SQL standard and PostgreSQL name an error, empty when there are none."""
    origin = error.orig if isinstance(error, DBAPIError) else error
    return str(getattr(origin, "sqlstate", "") or "")


def records_error(error: BaseException, place: str) -> RecordsError:
    """What to raise instead of `error`, with `from None`."""
    code = sqlite_code(error) or sql_state(error)
    if not code and isinstance(error, OperationalError | TimeoutError):
        code = _NO_SERVER  # the driver has a text alone, and the text may say anything
    _log.warning("database call failed: %s %s", type(error).__name__, code)
    words = next((w for prefix, w in _WORDS.items() if code.startswith(prefix)), None)
    if words is None:
        return RecordsError("the database did not do what it was asked", place=place, cure="see the log")
    return RecordsError(words[0], place=place, cure=words[1])
