"""`python -m gwanje.simulator --cameras N --port P`."""

import argparse
import logging
import sys

from .cli import run_simulator


def main() -> int:
    parser = argparse.ArgumentParser(prog="gwanje simulate", description="Run a made-up district of cameras.")
    parser.add_argument("--cameras", type=int, default=9, metavar="N")
    parser.add_argument("--port", type=int, default=0, metavar="P", help="HTTP at P, RTSP at P+1; 0 takes free ones")
    parser.add_argument("--host", default="127.0.0.1")
    arguments = parser.parse_args()
    if arguments.cameras < 1 or not 0 <= arguments.port <= 65534:
        parser.error("--cameras is at least 1, --port is from 0 to 65534")
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")
    return run_simulator(arguments.cameras, arguments.port, arguments.host)


if __name__ == "__main__":
    sys.exit(main())
