"""`python -m tests.fuzz`: says how far it is, then what it found; the exit status is 1 if that is anything."""

import argparse
import sys

from PySide6.QtCore import QCoreApplication

from gwanje.videowall.engine.ffmpeg import FfmpegEngine

from .campaign import Campaign, Usage
from .verdict import give_memory_back, growth


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.fuzz", description=__doc__)
    parser.add_argument("--count", type=int, default=200_000, help="mutations")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    application = QCoreApplication([])
    give_memory_back()

    def progress(usage: Usage) -> None:
        print(
            f"{usage.mutations:>8} mutations: {usage.rss_mb:.1f} MB, {usage.descriptors} descriptors, "
            f"{usage.threads} threads",
            flush=True,
        )

    engine = FfmpegEngine(options.workers)
    try:
        report = Campaign(engine, options.seed, progress).run(options.count)
    finally:
        engine.shut_down()
        application.processEvents()
    told = report.told
    print(
        f"{told.answers} answers and SDPs, {told.packets} packets in {report.sessions} sessions "
        f"({report.accepted} accepted, {told.hushed} left in silence, {told.unheard} batches not confirmed); "
        f"{report.seconds:.0f} s, "
        f"{told.mutations / report.seconds:.0f} mutations/s; longest session {report.longest_s:.1f} s"
    )
    found = [*report.crashes, *report.hangs, *growth(report.usage)]
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
