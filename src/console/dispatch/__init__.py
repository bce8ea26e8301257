"""From a command to its rows (docs/architecture.md)."""

from .dispatcher import Action, Details, Dispatcher, Done, Handler, HeldHandler
from .lanes import Courier, Lane, Lanes
from .recorder import Recorder

__all__ = [
    "Action",
    "Courier",
    "Details",
    "Dispatcher",
    "Done",
    "Handler",
    "HeldHandler",
    "Lane",
    "Lanes",
    "Recorder",
]
