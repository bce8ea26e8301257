"""What a wall needs of the console's sources."""

from typing import Protocol

from PySide6.QtCore import SignalInstance

from ..opening import OpeningHelp
from ..port import Sources
from ..recent_pictures import RecentPictures


class LiveSources(Sources, Protocol):
    """The sources of a console: they tell when the status of one changes, with its SourceKey, and when views should
    ask for another stream; and they keep the last pictures for all windows."""

    @property
    def recent(self) -> RecentPictures: ...

    @property
    def opening(self) -> OpeningHelp: ...

    @property
    def status_changed(self) -> SignalInstance: ...

    @property
    def streams_changed(self) -> SignalInstance: ...
