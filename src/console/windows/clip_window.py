"""A window of its own for recorded clips: picture, timeline, play, step, speed, still; all of it by keys too."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from ...domain.clip_commands import OpenClip, PauseClip, PlayClip, SeekClip, SetClipSpeed, StepClip, TakeClipStill
from ...domain.commands import CloseBox, Command, OpenBox
from ...videowall.player.port import SPEEDS
from ..core import ConsoleCore
from ..dispatch import Action
from ..error_words import error_words
from ..look import icon
from .clip_picture import ClipPicture
from .clip_timeline import ClipTimeline, clock_words

translate = QCoreApplication.translate

CLIP_COMMANDS = (OpenClip, PauseClip, PlayClip, SeekClip, SetClipSpeed, StepClip, TakeClipStill)
_SUFFIXES = "*.mp4 *.mkv *.avi *.ts *.mov *.m4v *.webm *.mpg *.asf *.flv *.h264 *.h265"


class ClipWindow(QWidget):
    """Opens and closes like a box of the main window (`name`, `open`, `hide`), but may stand on another monitor."""

    name = "clip"

    def __init__(self, core: ConsoleCore, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._core = core
        self._player = core.clips
        self._chooser: QFileDialog | None = None
        self._folder = ""
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.resize(960, 680)
        self.picture = ClipPicture(self._player, self, self._hint)
        self.timeline = ClipTimeline(self)
        self.timeline.sought.connect(self._seek)
        self._time = QLabel(self)
        self._time.setObjectName("clip-time")
        self._told = QLabel(self)
        self._told.setObjectName("cardError")
        self._told.setTextFormat(Qt.TextFormat.PlainText)
        self._told.setWordWrap(True)
        self._told.hide()
        self._note = QLabel(self)
        self._note.setObjectName("cardText")
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self.speed = QComboBox(self)
        self.speed.setObjectName("clip-speed")
        self.speed.setAccessibleName(self.tr("Speed"))
        self.speed.setToolTip(self.tr("Speed ([ slower, ] faster)"))
        self.speed.addItems([f"{speed:g}×" for speed in SPEEDS])
        self.speed.activated.connect(lambda index: self._do(SetClipSpeed(speed=SPEEDS[index])))
        self._buttons: dict[str, QToolButton] = {}
        self._lay_out()
        self._add_keys()
        self._player.on_change = self.follow
        core.dispatcher.finished.connect(self._finished)
        self.follow()

    # --- how it is made ----------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 0, 12, 8)
        bar.setSpacing(4)
        bar.addWidget(self._button("open", "folder-open", self.tr("Open a file… (Ctrl+O)"), self._choose))
        bar.addSpacing(16)
        back, forward = self.tr("One picture back (,)"), self.tr("One picture forward (.)")
        bar.addWidget(self._button("back", "skip-back", back, lambda: self._do(StepClip(pictures=-1))))
        bar.addWidget(self._button("play", "play", self.tr("Play (Space)"), self._play_or_pause))
        bar.addWidget(self._button("forward", "skip-forward", forward, lambda: self._do(StepClip(pictures=1))))
        bar.addSpacing(16)
        bar.addWidget(self.speed)
        bar.addWidget(self._button("still", "camera", self.tr("Still picture (S)"), lambda: self._do(TakeClipStill())))
        bar.addSpacing(16)
        bar.addWidget(self._time)
        bar.addStretch()
        bar.addWidget(self._note)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.picture, 1)
        told = QVBoxLayout()
        told.setContentsMargins(12, 0, 12, 0)
        told.addWidget(self._told)
        told.addWidget(self.timeline)
        layout.addLayout(told)
        layout.addLayout(bar)

    def _button(self, name: str, icon_name: str, text: str, press: Callable[[], None]) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"clip-{name}")
        button.setIcon(icon(icon_name))
        button.setIconSize(QSize(20, 20))
        button.setToolTip(text)
        button.setAccessibleName(text)
        button.clicked.connect(lambda: press())
        self._buttons[name] = button
        return button

    def _add_keys(self) -> None:
        keys: dict[str, Callable[[], None]] = {
            "Space": self._play_or_pause,
            "Left": lambda: self._jump(-1.0),
            "Right": lambda: self._jump(1.0),
            "Shift+Left": lambda: self._jump(-5.0),
            "Shift+Right": lambda: self._jump(5.0),
            "Home": lambda: self._seek(0.0),
            "End": lambda: self._seek(self._player.state.duration),
            ",": lambda: self._do(StepClip(pictures=-1)),
            ".": lambda: self._do(StepClip(pictures=1)),
            "[": lambda: self._change_speed(-1),
            "]": lambda: self._change_speed(1),
            "S": lambda: self._do(TakeClipStill()),
            "Ctrl+O": self._choose,
            "Esc": self._close,
        }
        for key, call in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(call)

    # --- what it asks for --------------------------------------------------------------------------------------------

    def _do(self, command: Command) -> None:
        self._core.dispatch(command)

    def _play_or_pause(self) -> None:
        self._do(PauseClip() if self._player.state.is_playing else PlayClip())

    def _jump(self, seconds: float) -> None:
        self._seek(self._player.state.position + seconds)

    def _seek(self, seconds: float) -> None:
        self._do(SeekClip(seconds=round(min(max(0.0, seconds), self._player.state.duration), 3)))

    def _change_speed(self, steps: int) -> None:
        now = min(range(len(SPEEDS)), key=lambda i: abs(SPEEDS[i] - self._player.state.speed))
        self._do(SetClipSpeed(speed=SPEEDS[min(max(0, now + steps), len(SPEEDS) - 1)]))

    def _choose(self) -> None:
        self._do(OpenBox(box=self.name))

    def _close(self) -> None:
        self._do(CloseBox(box=self.name))

    # --- a box of the main window ------------------------------------------------------------------------------------

    def open(self) -> None:
        self.show()
        self.raise_()
        self.activateWindow()
        if self._chooser is None:
            self._chooser = self._make_chooser()
        self._chooser.show()
        self._chooser.raise_()

    def _make_chooser(self) -> QFileDialog:
        chooser = QFileDialog(self, self.tr("Open a recorded clip"), self._folder)
        chooser.setOption(QFileDialog.Option.DontUseNativeDialog)  # that one may be modal to the whole console
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.setNameFilters([self.tr("Recorded clips (%1)").replace("%1", _SUFFIXES), self.tr("All files (*)")])
        chooser.setLabelText(QFileDialog.DialogLabel.LookIn, self.tr("Folder"))  # Qt has no Korean for these two
        chooser.setLabelText(QFileDialog.DialogLabel.FileType, self.tr("Kind of file"))
        chooser.fileSelected.connect(lambda path: self._do(OpenClip(path=path)))
        chooser.finished.connect(self._chosen)
        return chooser

    def _chosen(self) -> None:
        chooser, self._chooser = self._chooser, None
        if chooser is not None:
            self._folder = chooser.directory().path()
            chooser.deleteLater()

    def hideEvent(self, event: QHideEvent) -> None:
        if not event.spontaneous():  # a minimised window goes on
            if self._chooser is not None:
                self._chooser.close()
            self._tell("")
            self._player.close()
        super().hideEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window's cross is an action like any other."""
        event.ignore()
        self._close()

    # --- what it shows -----------------------------------------------------------------------------------------------

    def follow(self) -> None:
        """The player's state or picture has changed."""
        state = self._player.state
        is_open = bool(state.path)
        name = Path(state.path).name
        self.setWindowTitle(f"{name} — gwanje 관제" if is_open else self.tr("Recorded clip") + " — gwanje 관제")
        for key, button in self._buttons.items():
            button.setEnabled(is_open or key == "open")
        for control in (self.speed, self.timeline):
            control.setEnabled(is_open)
        play = self._buttons["play"]
        text = self.tr("Pause (Space)") if state.is_playing else self.tr("Play (Space)")
        if play.toolTip() != text:
            play.setIcon(icon("pause" if state.is_playing else "play"))
            play.setToolTip(text)
            play.setAccessibleName(text)
        with QSignalBlocker(self.speed):
            self.speed.setCurrentIndex(min(range(len(SPEEDS)), key=lambda i: abs(SPEEDS[i] - state.speed)))
        self.timeline.show_time(state.position, state.duration)
        self._time.setText(f"{clock_words(state.position)} / {clock_words(state.duration)}" if is_open else "")
        self._note.setText(self._notes())
        self.picture.update()

    def _notes(self) -> str:
        state = self._player.state
        notes = []
        if state.is_playing and state.real_speed and state.real_speed < 0.9 * state.speed:
            notes.append(self.tr("really %1×").replace("%1", f"{state.real_speed:.1f}"))
        if state.damaged:
            notes.append(self.tr("%1 damaged pictures").replace("%1", str(state.damaged)))
        if state.breaks_off:
            notes.append(self.tr("the file breaks off"))
        if state.has_ended:
            notes.append(self.tr("end of the clip"))
        if state.path:
            notes.append(f"{state.codec.upper()} {state.width}×{state.height}")
        return " · ".join(notes)

    def _hint(self) -> str:
        return self.tr("No clip is open. Press Ctrl+O to choose a file.")

    def _finished(self, action: Action) -> None:
        if isinstance(action.command, CLIP_COMMANDS):
            self._tell(error_words(action.error))

    def _tell(self, words: str) -> None:
        self._told.setText(words)
        self._told.setVisible(bool(words))
