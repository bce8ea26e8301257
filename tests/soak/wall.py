"""The program under soak: a wall window with real streams, in a process of its own. `python -m tests.soak.wall`.

Its first line of input is a JSON list of addresses; it ends with its input. Every ten seconds it prints a line of JSON:
which tiles (from 0) are live, and how many pictures have been painted so far.
"""

import json
import sys

from PySide6.QtCore import QCoreApplication, QEvent, QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication

from gwanje.console.bench.command import display
from gwanje.console.bench.stage import WallStage
from gwanje.console.collector import QtThreadCollector
from gwanje.domain.source_state import SourceState
from gwanje.videowall.port import StreamAddress

TELL_MS = 10_000


def main() -> None:
    uris = json.loads(sys.stdin.buffer.raw.readline())  # type: ignore[attr-defined]  # unbuffered: the notifier sees the rest
    with display((1920, 1080)):
        application = QApplication(["gwanje-soak"])
        application.setQuitOnLastWindowClosed(False)
        collector = QtThreadCollector(application)
        stage = WallStage([StreamAddress(uri) for uri in uris])
        ended = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
        ended.activated.connect(application.quit)
        timer = QTimer()
        timer.timeout.connect(lambda: tell(stage))
        timer.start(TELL_MS)
        stage.show(application.primaryScreen())
        application.exec()
        ended.setEnabled(False)
        timer.stop()
        stage.close()
        collector.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        application.shutdown()


def tell(stage: WallStage) -> None:
    reports = stage.view.tile_report()
    live = [r.tile for r in reports if r.state is SourceState.LIVE]
    print(json.dumps({"live": live, "painted": sum(r.painted for r in reports)}), flush=True)


if __name__ == "__main__":
    main()
