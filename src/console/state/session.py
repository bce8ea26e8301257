"""Who sits here."""

from PySide6.QtCore import QObject, Signal

from ...domain.operators import Operator


class Session(QObject):
    """The operator at this console.

    Signals: changed(Operator | None).
    """

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.operator: Operator | None = None

    def set_operator(self, operator: Operator | None) -> None:
        if operator != self.operator:
            self.operator = operator
            self.changed.emit(operator)
