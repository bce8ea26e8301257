"""Which monitors there are, by an identity that survives unplugging, reordering and a restart."""

from collections import Counter
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, QRect, Signal
from PySide6.QtGui import QGuiApplication, QScreen


@dataclass(frozen=True, slots=True)
class Output:
    """A monitor.

    Attributes:
        identity: "maker/model/serial" where the monitor tells a serial number, else "connector:" and the connector's
            name. Two that say the same are told apart by "#2", "#3" from left to right.
        name: for people. geometry: logical pixels on the desktop. ratio: device pixels per logical one.
        primary: whether the desk window opens there.
    """

    identity: str
    name: str
    geometry: QRect
    ratio: float
    primary: bool


@dataclass(frozen=True, slots=True)
class MonitorFacts:
    """What a screen says about itself; any of the words may be empty."""

    connector: str
    maker: str
    model: str
    serial: str
    x: int
    y: int


def identities(monitors: list[MonitorFacts]) -> list[str]:
    """The identity of each, in the same order. Only the ones that say the same depend on where they stand."""
    plain = [
        f"{m.maker}/{m.model}/{m.serial}" if m.serial else f"connector:{m.connector or 'unnamed'}" for m in monitors
    ]
    result = list(plain)
    seen: Counter[str] = Counter()
    for index in sorted(range(len(monitors)), key=lambda i: (monitors[i].x, monitors[i].y)):
        seen[plain[index]] += 1
        if seen[plain[index]] > 1:
            result[index] = f"{plain[index]}#{seen[plain[index]]}"
    return result


def _facts(screen: QScreen) -> MonitorFacts:
    at = screen.geometry().topLeft()
    return MonitorFacts(
        screen.name(), screen.manufacturer(), screen.model(), screen.serialNumber().strip(), at.x(), at.y()
    )


def _name(facts: MonitorFacts, number: int, size: QRect, ratio: float) -> str:
    make = " ".join(word for word in (facts.maker, facts.model) if word)
    words = QCoreApplication.translate("outputs", "Monitor {number}: {make}, {width} × {height}")
    return (
        words.replace("{number}", str(number))
        .replace("{make}", f"{make} ({facts.connector})" if make and facts.connector else make or facts.connector)
        .replace("{width}", str(round(size.width() * ratio)))
        .replace("{height}", str(round(size.height() * ratio)))
    )


class OutputRegistry(QObject):
    """The monitors of this machine, from left to right.

    Signals:
        changed: a monitor came, went, moved or has another size.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        app = QGuiApplication.instance()
        if not isinstance(app, QGuiApplication):
            raise RuntimeError("monitors can be listed only by a program with a display")
        self._screens: dict[str, QScreen] = {}
        self._outputs: list[Output] = []
        app.screenAdded.connect(self._on_added)
        app.screenRemoved.connect(self._on_removed)
        app.primaryScreenChanged.connect(self._read_again)
        for screen in app.screens():
            screen.geometryChanged.connect(self._read_again)
        self._read(app.screens())

    def outputs(self) -> list[Output]:
        return list(self._outputs)

    def output(self, identity: str) -> Output | None:
        """The monitor, or None while it is not there."""
        return next((o for o in self._outputs if o.identity == identity), None)

    def screen(self, identity: str) -> QScreen | None:
        """Qt's screen of a monitor that is there."""
        screen = self._screens.get(identity)
        if screen is not None and not shiboken6.isValid(screen):
            # Whoever asks a widget for its screen() gives Qt for Python the idea that the QScreen ends with the widget.
            self._read(QGuiApplication.screens())
            screen = self._screens.get(identity)
        return screen

    def retranslate(self) -> None:
        """Name the monitors in the language installed now."""
        self._read_again()

    def _on_added(self, screen: QScreen) -> None:
        screen.geometryChanged.connect(self._read_again)
        self._read_again()

    def _on_removed(self, screen: QScreen) -> None:
        # It may still be listed while it is being removed.
        self._apply([s for s in QGuiApplication.screens() if s is not screen])

    def _read_again(self, *_: object) -> None:
        self._apply(QGuiApplication.screens())

    def _apply(self, screens: list[QScreen]) -> None:
        before = self._outputs
        self._read(screens)
        if self._outputs != before:
            self.changed.emit()

    def _read(self, screens: list[QScreen]) -> None:
        # Without any monitor Qt keeps a placeholder of no size.
        real = [s for s in screens if not s.geometry().isEmpty()]
        real.sort(key=lambda s: (s.geometry().x(), s.geometry().y()))
        facts = [_facts(s) for s in real]
        primary = QGuiApplication.primaryScreen()
        self._screens = dict(zip(identities(facts), real, strict=True))
        self._outputs = [
            Output(
                identity,
                _name(fact, number, screen.geometry(), screen.devicePixelRatio()),
                screen.geometry(),
                screen.devicePixelRatio(),
                screen is primary,
            )
            for number, (fact, (identity, screen)) in enumerate(zip(facts, self._screens.items(), strict=True), start=1)
        ]
