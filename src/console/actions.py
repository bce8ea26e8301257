"""Every QAction of the console: text, key, icon and the command that it dispatches.

Menus, the top bar, the palette and the help page are all made from this table, so none of them can miss an action.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence

from ..domain.commands import (
    ApplyLayout,
    ClearTile,
    ClearWall,
    Command,
    EnlargeTile,
    GoToPtzHome,
    OpenBox,
    Quit,
    RestoreTile,
    RetrySource,
    SetFullScreen,
    SetLanguage,
    SetTheme,
    ShowPanel,
    ShowTileStatistics,
    SignOut,
    StopPtz,
    TakeStill,
    UndoWallChange,
)
from ..domain.layouts import LAYOUTS
from ..domain.wall import DESK
from .core import ConsoleCore
from .look import LANGUAGES, icon
from .words import panel_word

translate = QCoreApplication.translate

PANELS = ("cameras", "map", "ptz", "statistics", "log")
PANEL_ICONS = {
    "cameras": "video-camera",
    "map": "map-trifold",
    "ptz": "game-controller",
    "statistics": "chart-line",
    "log": "list-bullets",
}


@dataclass(frozen=True, slots=True)
class Context:
    """What actions are about at the moment they are triggered."""

    core: ConsoleCore
    selected_tile: Callable[[], int]
    panel_shown: Callable[[str], bool]
    full_screen: Callable[[], bool]
    tile_statistics: Callable[[], bool]

    def selected_camera(self):
        return self.core.wall.arrangement.window(DESK).camera_at(self.selected_tile())


def _toggled(context: Context, panel: str) -> Command:
    return ShowPanel(panel=panel, shown=not context.panel_shown(panel))


class Actions(QObject):
    """`by_name` holds the QActions; `groups` is the order of the menu: title and names."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self.by_name: dict[str, QAction] = {}
        self._context = context
        self.groups: list[tuple[str, list[str]]] = []
        self._make_wall()
        self._make_camera()
        self._make_view()
        self._make_program()

    def _add(
        self,
        name: str,
        text: str,
        command: Callable[[], Command | None],
        key: str = "",
        icon_name: str = "",
        *,
        checkable: bool = False,
    ) -> str:
        action = QAction(text, self)
        action.setObjectName(name)
        action.setCheckable(checkable)
        if key:
            action.setShortcut(QKeySequence(key))
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.setToolTip(f"{text} ({QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)})")
        if icon_name:
            action.setIcon(icon(icon_name))

        def trigger() -> None:
            made = command()
            if made is not None:
                self._context.core.dispatch(made)

        action.triggered.connect(trigger)
        self.by_name[name] = action
        return name

    def _make_wall(self) -> None:
        c = self._context
        layouts = [
            self._add(
                f"layout-{name}",
                translate("Actions", "Layout %1").replace("%1", name),
                partial(ApplyLayout, window=DESK, layout=name),
                f"Ctrl+{i}",
                "squares-four",
                checkable=True,
            )
            for i, name in enumerate(LAYOUTS, start=1)
        ]
        tile = [
            self._add(
                "enlarge",
                translate("Actions", "Enlarge the selected tile"),
                lambda: EnlargeTile(window=DESK, tile=c.selected_tile()),
                "Ctrl+Return",
                "arrows-out",
            ),
            self._add(
                "restore",
                translate("Actions", "Back to the layout"),
                lambda: RestoreTile(window=DESK),
                "Ctrl+Backspace",
            ),
            self._add(
                "still",
                translate("Actions", "Take a still picture"),
                lambda: TakeStill(window=DESK, tile=c.selected_tile()),
                "Ctrl+S",
                "camera",
            ),
            self._add(
                "clear-tile",
                translate("Actions", "Clear the selected tile"),
                lambda: ClearTile(window=DESK, tile=c.selected_tile()),
                "Ctrl+D",
            ),
            self._add(
                "clear-wall",
                translate("Actions", "Clear the wall"),
                lambda: ClearWall(window=DESK),
                "Ctrl+Shift+D",
                "trash",
            ),
            self._add(
                "undo",
                translate("Actions", "Undo the last wall change"),
                UndoWallChange,
                "Ctrl+Z",
                "arrow-counter-clockwise",
            ),
        ]
        self.groups += [(translate("Actions", "Layout"), layouts), (translate("Actions", "Tile"), tile)]

    def _make_camera(self) -> None:
        c = self._context

        def about(command: type[Command]) -> Callable[[], Command | None]:
            def make() -> Command | None:
                camera_id = c.selected_camera()
                return command(camera_id=camera_id) if camera_id is not None else None  # type: ignore[call-arg]

            return make

        self.groups.append(
            (
                translate("Actions", "Camera"),
                [
                    self._add(
                        "retry",
                        translate("Actions", "Try the camera again"),
                        about(RetrySource),
                        "Ctrl+R",
                        "arrow-counter-clockwise",
                    ),
                    self._add("ptz-stop", translate("Actions", "Stop the camera"), about(StopPtz), "Ctrl+.", "hand"),
                    self._add(
                        "ptz-home",
                        translate("Actions", "Camera to its home position"),
                        about(GoToPtzHome),
                        "Ctrl+Home",
                        "house",
                    ),
                    self._add(
                        "add-camera",
                        translate("Actions", "Add a camera…"),
                        lambda: OpenBox(box="add-camera"),
                        "Ctrl+N",
                        "plus",
                    ),
                    self._add(
                        "remove-camera",
                        translate("Actions", "Remove the selected camera…"),
                        lambda: OpenBox(box="remove-camera"),
                        "Ctrl+Shift+Delete",
                    ),
                ],
            )
        )

    def _make_view(self) -> None:
        c = self._context
        names = [
            self._add(
                f"panel-{panel}",
                panel_word(panel),
                partial(_toggled, c, panel),
                f"F{i}",
                PANEL_ICONS[panel],
                checkable=True,
            )
            for i, panel in enumerate(PANELS, start=2)
        ]
        names.append(
            self._add(
                "tile-statistics",
                translate("Actions", "Statistics on the tiles"),
                lambda: ShowTileStatistics(shown=not c.tile_statistics()),
                "Ctrl+I",
                "chart-line",
                checkable=True,
            )
        )
        names.append(
            self._add(
                "full-screen",
                translate("Actions", "Full screen"),
                lambda: SetFullScreen(on=not c.full_screen()),
                "F11",
                "corners-out",
                checkable=True,
            )
        )
        names += [
            self._add(
                "open-clip",
                translate("Actions", "Open a recorded clip…"),
                lambda: OpenBox(box="clip"),
                "Ctrl+O",
                "film-strip",
            ),
            self._add(
                "outputs", translate("Actions", "Monitors…"), lambda: OpenBox(box="outputs"), "Ctrl+M", "monitor"
            ),
            self._add("theme-dim", translate("Actions", "Dim room"), lambda: SetTheme(theme="dim"), "", "moon"),
            self._add(
                "theme-daylight", translate("Actions", "Daylight"), lambda: SetTheme(theme="daylight"), "", "sun"
            ),
        ]
        names += [
            self._add(f"language-{code}", word, partial(SetLanguage, language=code), "", "translate")
            for code, word in LANGUAGES.items()
        ]
        self.groups.append((translate("Actions", "View"), names))

    def _make_program(self) -> None:
        self.groups.append(
            (
                translate("Actions", "Program"),
                [
                    self._add(
                        "palette",
                        translate("Actions", "Find anything…"),
                        lambda: OpenBox(box="palette"),
                        "Ctrl+K",
                        "magnifying-glass",
                    ),
                    self._add(
                        "help", translate("Actions", "Help and keys"), lambda: OpenBox(box="help"), "F1", "question"
                    ),
                    self._add("about", translate("Actions", "About gwanje"), lambda: OpenBox(box="about"), "", "info"),
                    self._add("sign-out", translate("Actions", "Sign out"), SignOut, "Ctrl+L", "sign-out"),
                    self._add("quit", translate("Actions", "Quit"), Quit, "Ctrl+Q", "power"),
                ],
            )
        )
