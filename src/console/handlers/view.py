"""The console's own look: panels, boxes, language, theme."""

from typing import Protocol

from ...domain.commands import (
    CloseBox,
    Command,
    OpenBox,
    SetFullScreen,
    SetLanguage,
    SetTheme,
    ShowPanel,
    ShowTileStatistics,
)
from ...domain.errors import NotFoundError
from ..dispatch import Dispatcher, Done


class Shell(Protocol):
    """What the windows offer to these handlers."""

    def show_panel(self, panel: str, shown: bool) -> None:
        """Raises NotFoundError."""

    def open_box(self, box: str) -> None:
        """Raises NotFoundError."""

    def close_box(self, box: str) -> None: ...

    def set_full_screen(self, on: bool) -> None: ...

    def set_language(self, language: str) -> None: ...

    def set_theme(self, theme: str) -> None: ...

    def show_tile_statistics(self, shown: bool) -> None: ...


class ViewHandlers:
    def __init__(self) -> None:
        self.shell: Shell | None = None

    def register(self, dispatcher: Dispatcher) -> None:
        for command in (
            ShowPanel,
            OpenBox,
            CloseBox,
            SetFullScreen,
            SetLanguage,
            SetTheme,
            ShowTileStatistics,
        ):
            dispatcher.register(command, self.handle)

    def handle(self, command: Command, done: Done) -> None:
        if self.shell is None:
            raise NotFoundError("the console has no window")
        match command:
            case ShowPanel(panel=panel, shown=shown):
                self.shell.show_panel(panel, shown)
            case OpenBox(box=box):
                self.shell.open_box(box)
            case CloseBox(box=box):
                self.shell.close_box(box)
            case SetFullScreen(on=on):
                self.shell.set_full_screen(on)
            case SetLanguage(language=language):
                self.shell.set_language(language)
            case SetTheme(theme=theme):
                self.shell.set_theme(theme)
            case ShowTileStatistics(shown=shown):
                self.shell.show_tile_statistics(shown)
        done(None, None)
