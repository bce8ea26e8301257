"""One box for everything: a camera by number, name or place, a layout, an action."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from ...domain.commands import CloseBox, ShowCamera
from ..actions import Actions
from ..core import ConsoleCore
from ..words import purpose_word
from .box import Box

SHOWN = 12


@dataclass(frozen=True, slots=True)
class Offer:
    """Something the palette can do: what is shown, what is searched, what happens."""

    text: str
    words: str
    do: Callable[[], object]


class PaletteBox(Box):
    name = "palette"
    width_px = 640

    def __init__(
        self, core: ConsoleCore, actions: Actions, target_tile: Callable[[], int | None], parent: QWidget
    ) -> None:
        super().__init__(core, "", parent)
        self.setObjectName("palette")
        self._actions = actions
        self._target_tile = target_tile
        self._offers: list[Offer] = []
        self._found: list[Offer] = []
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(self.tr("Camera number, name or place, layout, action"))
        self.line.setAccessibleName(self.tr("Find anything"))
        self.line.installEventFilter(self)
        self.list = QListWidget(self)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setMinimumHeight(SHOWN * 30)
        self.body.addWidget(self.line)
        self.body.addWidget(self.list)
        layout = self.layout()
        assert layout is not None
        layout.setContentsMargins(12, 8, 12, 12)
        layout.setSpacing(4)
        self.line.textChanged.connect(self._search)
        self.line.returnPressed.connect(self._do)
        self.list.itemClicked.connect(lambda _: self._do())

    def opened(self) -> None:
        self._offers = [*self._camera_offers(), *self._action_offers()]
        self.line.clear()
        self._search("")

    def first_field(self) -> QWidget:
        return self.line

    def _camera_offers(self) -> list[Offer]:
        directory = self._core.directory
        sites = {s.id: s for s in directory.district.sites}
        offers = []
        for camera in sorted(directory.cameras.values(), key=lambda c: c.number):
            site = sites.get(camera.site_id)
            place = f"{site.name} {site.address}" if site else ""
            purpose = purpose_word(camera.purpose)
            offers.append(
                Offer(
                    f"{camera.number}   {camera.name}   {purpose}",
                    f"{camera.number} {camera.name} {camera.purpose} {purpose} {place}".casefold(),
                    lambda i=camera.id: self._core.dispatch(  # type: ignore[misc]
                        ShowCamera(camera_id=i, tile=self._target_tile(), via="palette")
                    ),
                )
            )
        return offers

    def _action_offers(self) -> list[Offer]:
        offers = []
        for title, names in self._actions.groups:
            for name in names:
                action = self._actions.by_name[name]
                if name == "palette" or not action.isEnabled():
                    continue
                key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
                text = f"{title}: {action.text()}" + (f"   ({key})" if key else "")
                offers.append(Offer(text, f"{title} {action.text()}".casefold(), action.trigger))
        return offers

    def _search(self, text: str) -> None:
        words = text.casefold().split()
        found = [o for o in self._offers if all(w in o.words for w in words)]
        if len(words) == 1 and words[0].isdigit():
            found.sort(key=lambda o: o.words.split()[0] != words[0])  # the exact number first
        self._found = found[: SHOWN * 4]
        self.list.clear()
        for offer in self._found:
            QListWidgetItem(offer.text, self.list)
        if not self._found:
            item = QListWidgetItem(self.tr("Nothing has this name. Try a part of it."), self.list)
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.list.setCurrentRow(0)

    def _do(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._found):
            offer = self._found[row]
            self._found = []  # a second Enter, before the box has closed, does nothing
            self._core.dispatch(CloseBox(box=self.name))
            offer.do()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}.get(
                Qt.Key(event.key())
            )
            if step is not None:
                self.list.setCurrentRow(max(0, min(self.list.count() - 1, self.list.currentRow() + step)))
                return True
        return super().eventFilter(watched, event)
