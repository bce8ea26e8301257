"""Runs every measurement and prints one table (or, with --json, one JSON line for each)."""

import argparse
import json
import sys

from . import floor, wall


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--tiles", type=int, nargs="+", default=[9, 25])
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    for tiles in args.tiles:
        with floor.served(tiles) as streams:
            plain = floor.decode_only(streams, args.seconds)
            figures = wall.measure(streams, args.seconds)
            again = floor.decode_only(streams, args.seconds)
        floor_cpu = (plain + again) / 2  # before and after, so that a busy moment does not flatter
        figures["floor_cpu_percent"] = round(floor_cpu, 1)
        figures["ratio"] = round(figures["cpu_percent"] / floor_cpu, 2) if floor_cpu else None
        if args.json:
            sys.stdout.write(json.dumps(figures) + "\n")
        else:
            sys.stdout.write("".join(f"{name:24} {value}\n" for name, value in figures.items()) + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
