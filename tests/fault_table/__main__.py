"""`python -m tests.fault_table [ROW ...]`: the table as measured here, in Markdown."""

import sys
import traceback

from PySide6.QtCore import QCoreApplication

from tests.fakes.pool_bench import pool_bench

from .stage import Stage
from .table import ROWS


def main(names: list[str]) -> int:
    application = QCoreApplication([])
    failed = 0
    print("| fault | shown | after | live again after | remarks |\n|---|---|---|---|---|", flush=True)
    for row in ROWS:
        if names and row.name not in names:
            continue
        with pool_bench() as bench:
            stage = Stage(bench, row.name)
            try:
                row.play(stage)
            except Exception:
                failed += 1
                stage.remark("FAILED")
                traceback.print_exc()
        seen = stage.observed
        print(
            f"| {row.name} | {seen.shown} | {seen.show_s:.1f} s | {seen.recover_s:.1f} s | {'; '.join(seen.remarks)} |",
            flush=True,
        )
        application.processEvents()
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
