"""Reads the arguments and starts what they ask for. Heavy imports happen only in the command that needs them."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from ... import __version__
from ...assets import AssetMissingError
from ...domain.errors import GwanjeError

OK, FAILED, WRONG_USE = 0, 1, 2


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return value


def _port(text: str) -> int:
    value = int(text)
    if not 0 <= value <= 65534:
        raise argparse.ArgumentTypeError("must be from 1 to 65534, or 0 for any free one")
    return value


def _seconds(text: str) -> float:
    value = float(text)
    if not 1 <= value <= 86_400:
        raise argparse.ArgumentTypeError("must be from 1 to 86400")
    return value


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="gwanje", description="Operator console for CCTV control rooms.")
    top.add_argument("--version", action="version", version=f"gwanje {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    run = commands.add_parser("run", help="open the console")
    run.add_argument("--database", metavar="URL", help="SQLAlchemy URL (default: SQLite in the profile folder)")
    run.add_argument("--profile", metavar="DIR", type=Path, help="folder of this console's data")
    run.add_argument("--seat", default="", help="name of this desk in the records (default: the host's name)")

    demo = commands.add_parser("demo", help="a simulated district on the wall")
    demo.add_argument("--cameras", type=_positive, default=40, metavar="N", help="how many cameras (default 40)")
    demo.add_argument("--headless", type=_seconds, metavar="SECONDS", help="make an own display and act by itself")
    demo.add_argument("--screenshot", type=Path, metavar="FILE.png", help="leave a picture of the window")
    demo.add_argument("--report", type=Path, metavar="FILE.json", help="leave the measured figures")
    demo.add_argument("--size", default="1920x1080", metavar="WxH", help="size of the headless display")

    simulate = commands.add_parser("simulate", help="a district of ONVIF cameras, until stopped")
    simulate.add_argument("--cameras", type=_positive, default=40, metavar="N")
    simulate.add_argument("--port", type=_port, default=8080, metavar="P", help="HTTP at P, RTSP at P+1")
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    args = parser().parse_args(arguments)
    try:
        match args.command:
            case "run":
                from .run import run

                return run(args.database, args.profile, args.seat)
            case "demo":
                from ..demo import demo

                return demo(args)
            case _:
                from ...simulator.cli import run_simulator

                return run_simulator(args.cameras, args.port)
    except (GwanjeError, AssetMissingError) as error:
        sys.stderr.write(f"gwanje: {error}\n")
        return FAILED
    except KeyboardInterrupt:
        return FAILED
