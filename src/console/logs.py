"""Logs: one line each on stderr and in the profile's file (rotated). Nothing a person must read stands only there."""

import logging
import logging.handlers
import sys
import threading
from pathlib import Path
from types import TracebackType

import structlog

log = logging.getLogger(__name__)

KEEP_BYTES = 5_000_000
KEEP_FILES = 5


def log_every_mistake() -> None:
    """Whatever nobody caught goes into the log with its traceback, and never onto an operator's screen."""

    def of_main(kind: type[BaseException], error: BaseException, at: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, at)
            return
        log.critical("a mistake of the program", exc_info=(kind, error, at))

    def of_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            of_main(args.exc_type, args.exc_value, args.exc_traceback)

    sys.excepthook = of_main
    threading.excepthook = of_thread


def configure_logs(file: Path | None = None, level: int = logging.INFO) -> None:
    """Once, at start-up. A log file that cannot be opened is said on stderr and does not stop the program."""
    chain: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=chain,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "logger", "event"]),
        ],
    )
    root = logging.getLogger()
    for handler in list(root.handlers):
        root.removeHandler(handler)
    handlers: list[logging.Handler] = [logging.StreamHandler(sys.stderr)]
    if file is not None:
        try:
            handlers.append(
                logging.handlers.RotatingFileHandler(
                    file, maxBytes=KEEP_BYTES, backupCount=KEEP_FILES, encoding="utf-8"
                )
            )
        except OSError as error:
            sys.stderr.write(f"gwanje: no log file at {file} ({error.strerror})\n")
    for handler in handlers:
        handler.setFormatter(formatter)
        root.addHandler(handler)
    root.setLevel(level)
    # Third parties that put addresses or bodies into their messages.
    for name in ("zeep", "urllib3", "alembic", "keyring", "libav", "PIL", "asyncio", "aiohttp"):
        logging.getLogger(name).setLevel(logging.ERROR)
