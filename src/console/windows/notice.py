"""A message over the foot of the wall: what happened, what to do. Goes by itself, blocks nothing."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

SHOWN_MS = 8000
MARGIN = 16


class Notice(QFrame):
    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setObjectName("notice")
        sign = QLabel("▲", self)
        sign.setObjectName("noticeSign")
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)  # it may carry names from outside
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(12)
        layout.addWidget(sign)
        layout.addWidget(self._text, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        over.installEventFilter(self)
        self.hide()

    def tell(self, text: str) -> None:
        self._text.setText(text)
        self.setAccessibleName(text)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def _place(self) -> None:
        over = self._over
        width = min(560, max(200, over.width() - 2 * MARGIN))
        self.setFixedWidth(width)
        self.adjustSize()
        self.move((over.width() - width) // 2, over.height() - self.height() - MARGIN - 24)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)
