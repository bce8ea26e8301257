"""Departments, sites and cameras, with search."""

import unicodedata
from collections.abc import Callable, Sequence

from PySide6.QtCore import QByteArray, QMimeData, QModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QLabel, QLineEdit, QStackedLayout, QTreeView, QVBoxLayout, QWidget

from ...domain.cameras import Camera, CameraId
from ...domain.commands import ShowCamera
from ...domain.look import STATE_SIGN, state_colour
from ...domain.source_state import SourceState
from ...videowall import state_word
from ..core import ConsoleCore
from ..look import tokens
from ..words import purpose_word
from .plain_text import one_line, plain_tip

CAMERA_MIME = "application/x-gwanje-camera"
_CAMERA = Qt.ItemDataRole.UserRole + 1
_SEARCH = Qt.ItemDataRole.UserRole + 2
_KEY = Qt.ItemDataRole.UserRole + 3


def _searchable(text: str) -> str:
    """One spelling of what looks the same: Hangul composed or not, full width or not, capital or not."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


class _Model(QStandardItemModel):
    """Dragging a row carries the camera's id."""

    def mimeTypes(self) -> list[str]:
        return [CAMERA_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        ids = [index.data(_CAMERA) for index in indexes if index.data(_CAMERA)]
        if ids:
            data.setData(CAMERA_MIME, QByteArray(ids[0].encode()))
            data.setText(indexes[0].data())
        return data


class _Tree(QTreeView):
    """Signals: chosen(QModelIndex): double-click or Enter on a row."""

    chosen = Signal(QModelIndex)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.chosen.emit(self.currentIndex())
            return
        super().keyPressEvent(event)


class CameraTree(QWidget):
    """Search matches number, name, site, department and purpose. Enter or double-click shows, dragging places."""

    def __init__(self, core: ConsoleCore, target_tile: Callable[[], int | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._core = core
        self._target_tile = target_tile
        self._items: dict[CameraId, QStandardItem] = {}
        self._states: dict[CameraId, SourceState] = {}
        self._folded: set[str] = set()
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("Search number, name, place, purpose"))
        self.search.setAccessibleName(self.tr("Search cameras"))
        self._model = _Model(self)
        self._filter = QSortFilterProxyModel(self)
        self._filter.setSourceModel(self._model)
        self._filter.setRecursiveFilteringEnabled(True)
        self._filter.setAutoAcceptChildRows(True)
        self._filter.setFilterRole(_SEARCH)
        self.tree = _Tree(self)
        self.tree.setModel(self._filter)
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setIndentation(14)
        self.tree.setDragEnabled(True)
        self.tree.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.tree.setExpandsOnDoubleClick(True)
        self.tree.setAccessibleName(self.tr("Cameras"))
        self._empty = QLabel(self.tr("No cameras yet.\nAdd one with Ctrl+N."), self)
        self._empty.setObjectName("emptyText")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.tree)
        self._stack.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 0)
        layout.setSpacing(8)
        layout.addWidget(self.search)
        layout.addLayout(self._stack, 1)
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self._show_first)
        self.tree.chosen.connect(self._choose)
        self.tree.doubleClicked.connect(self._choose)
        self.tree.collapsed.connect(lambda index: self._note_fold(index, folded=True))
        self.tree.expanded.connect(lambda index: self._note_fold(index, folded=False))
        core.directory.changed.connect(self.rebuild)
        self.rebuild()

    def rebuild(self) -> None:
        """Read the directory again; what was folded and what was selected stays so."""
        current = self.tree.currentIndex().data(_CAMERA)
        scrolled = self.tree.verticalScrollBar().value()
        self.tree.setModel(None)  # nothing of the old rows is laid out or announced while they go
        self._model.clear()
        self._items.clear()
        district = self._core.directory.district
        departments: dict[str, QStandardItem] = {}
        sites: dict[str, QStandardItem] = {}
        for department in sorted(district.departments, key=lambda d: d.name):
            item = departments[department.id] = self._item(department.name, department.name)
            item.setData(f"department {department.id}", _KEY)
            self._model.appendRow(item)
        for site in sorted(district.sites, key=lambda s: s.name):
            item = sites[site.id] = self._item(site.name, f"{site.name} {site.address}")
            item.setData(f"site {site.id}", _KEY)
            departments[site.department_id].appendRow(item)
        for camera in sorted(district.cameras, key=lambda c: c.number):
            purposes = f"{camera.purpose} {purpose_word(camera.purpose)}"
            item = self._items[camera.id] = self._item("", f"{camera.number} {camera.name} {purposes}")
            item.setData(camera.id, _CAMERA)
            item.setDragEnabled(True)
            sites[camera.site_id].appendRow(item)
            self._paint(camera)
        self.tree.setModel(self._filter)
        self._stack.setCurrentWidget(self.tree if district.cameras else self._empty)
        self._fold()
        if current in self._items:
            self.tree.setCurrentIndex(self._filter.mapFromSource(self._items[current].index()))
        self.tree.verticalScrollBar().setValue(scrolled)

    def _note_fold(self, index: QModelIndex, *, folded: bool) -> None:
        if not self.search.text().strip():  # a search unfolds what it finds, and gives it back as it was
            (self._folded.add if folded else self._folded.discard)(index.data(_KEY))

    def _fold(self) -> None:
        """Everything is open but what the operator folded; while a search is on, everything."""
        searching = bool(self.search.text().strip())
        folded = set() if searching else set(self._folded)
        self.tree.expandAll()
        for index in self._rows():
            if index.data(_KEY) in folded:
                self.tree.collapse(index)

    def set_states(self, states: dict[CameraId, SourceState]) -> None:
        changed = {k for k in states.keys() | self._states.keys() if states.get(k) != self._states.get(k)}
        self._states = dict(states)
        for camera_id in changed:
            camera = self._core.directory.cameras.get(camera_id)
            if camera is not None:
                self._paint(camera)

    def _paint(self, camera: Camera) -> None:
        item = self._items[camera.id]
        state = self._states.get(camera.id, SourceState.IDLE)
        move = "  ✥" if camera.ptz else ""
        name = one_line(camera.name)
        item.setText(f"{STATE_SIGN[state]}  {camera.number}  {name}{move}")
        shown = camera.id in self._states
        item.setForeground(QBrush(QColor(state_colour(state, tokens()) if shown else tokens().text)))
        what = f"{camera.number} {camera.name} — {purpose_word(camera.purpose)}"
        item.setToolTip(plain_tip(f"{what} — {state_word(state)}" if shown else what))
        item.setAccessibleText(f"{camera.number} {name}, {state_word(state)}")

    def _item(self, text: str, search: str) -> QStandardItem:
        item = QStandardItem(one_line(text))
        item.setData(_searchable(search), _SEARCH)
        item.setDragEnabled(False)
        return item

    def _rows(self) -> list[QModelIndex]:
        """Departments and sites, as shown."""
        tops = [self._filter.index(row, 0) for row in range(self._filter.rowCount())]
        return tops + [self._filter.index(row, 0, top) for top in tops for row in range(self._filter.rowCount(top))]

    def _search(self, text: str) -> None:
        self._filter.setFilterFixedString(_searchable(text.strip()))
        self._fold()

    def _show_first(self) -> None:
        """Enter in the search field shows the camera with this number, else the first camera that matches."""
        numbered = self._numbered(self.search.text().strip())
        index = self._first_camera() if numbered is None else numbered
        if index is not None:
            self.tree.setCurrentIndex(index)
            self._choose(index)

    def _numbered(self, text: str) -> QModelIndex | None:
        camera = self._core.directory.by_number(int(text)) if text.isdecimal() else None
        index = self._filter.mapFromSource(self._items[camera.id].index()) if camera else QModelIndex()
        return index if index.isValid() else None

    def _first_camera(self) -> QModelIndex | None:
        if not self.search.text().strip():
            return None  # an empty field names no camera
        for site in self._rows():
            for row in range(self._filter.rowCount(site)):
                index = self._filter.index(row, 0, site)
                if index.data(_CAMERA):
                    return index
        return None

    def _choose(self, index: QModelIndex) -> None:
        camera_id = index.data(_CAMERA)
        if camera_id:
            self._core.dispatch(ShowCamera(camera_id=CameraId(camera_id), tile=self._target_tile(), via="tree"))
