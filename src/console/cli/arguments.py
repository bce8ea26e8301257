"""What may stand on the command line, and the errors about it: one line, exit code 2, never a password."""

import argparse
import re
from pathlib import Path
from typing import Any, NoReturn

from ... import __version__
from .operators import add_operators
from .records import add_records

ENGINES = ("ffmpeg", "vlc")
MOST_TILES = 100
_USERINFO = re.compile(r"//\S*@")


class Parser(argparse.ArgumentParser):
    """Its errors repeat what was typed, which may be an address with a password in it."""

    def error(self, message: str) -> NoReturn:
        super().error(_USERINFO.sub("//", message))


def parser() -> Parser:
    top = Parser(prog="gwanje", description="Operator console for CCTV control rooms.")
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

    bench = commands.add_parser("bench", help="measure the program on this machine")
    _add_bench_wall(bench.add_subparsers(dest="what", required=True, metavar="WHAT"))
    source = commands.add_parser("source", help="look at one stream")
    _add_source_watch(source.add_subparsers(dest="what", required=True, metavar="WHAT"))
    add_records(commands)
    add_operators(commands)
    return top


def _add_bench_wall(commands: Any) -> None:
    wall = commands.add_parser(
        "wall",
        help="a wall window with real streams: cost, smoothness, latency",
        description="Shows streams on the real wall window and measures it; decodes the same streams plainly, before "
        "and after, to have something to hold it against (cpu_percent / floor_cpu_percent = ratio). shown_ratio is "
        "distinct pictures painted over compressed pictures received, by the wall's workers or by plain decoding, "
        "whichever is more. docs/measuring.md defines every figure. Without a display it makes its own. Exit code 1 "
        "when a tile is not live at the end.",
    )
    wall.add_argument("--tiles", type=_tiles, required=True, metavar="N", help=f"how many, 1 to {MOST_TILES}")
    wall.add_argument(
        "--url-template", required=True, metavar="URL", help="address of the streams; {n} is the number, 1 to N"
    )
    wall.add_argument("--first", type=_first, default=1, metavar="K", help="begin to number with K instead of 1")
    wall.add_argument("--engine", choices=ENGINES, default=ENGINES[0], help="what decodes (default ffmpeg)")
    wall.add_argument("--seconds", type=_seconds, default=10.0, metavar="S", help="how long to measure (default 10)")
    wall.add_argument(
        "--wait", type=_seconds, default=30.0, metavar="S", help="how long to wait for all to be live (default 30)"
    )
    wall.add_argument("--size", default="1920x1080", metavar="WxH", help="size of its own display")
    _add_credentials(wall)
    wall.add_argument("--json", action="store_true", help="one line of JSON instead of a table")


def _add_source_watch(commands: Any) -> None:
    watch = commands.add_parser(
        "watch",
        help="open a stream and tell every change of its state",
        description="A line for each change of state (t: seconds since the start, state, reason), and a last line with "
        "what came. Until Ctrl+C, or for S seconds. Exit code 1 when no picture came.",
    )
    watch.add_argument("url", metavar="URL", help="rtsp://host:port/path")
    watch.add_argument("--engine", choices=ENGINES, default=ENGINES[0], help="what decodes (default ffmpeg)")
    watch.add_argument("--seconds", type=_seconds, metavar="S", help="how long (default: until Ctrl+C)")
    _add_credentials(watch)
    watch.add_argument("--json", action="store_true", help="lines of JSON")


def _add_credentials(command: argparse.ArgumentParser) -> None:
    command.add_argument("--user", metavar="U", help="user name at the cameras; needs --password-stdin")
    command.add_argument(
        "--password-stdin", action="store_true", help="the password is the first line of standard input"
    )


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return value


def _first(text: str) -> int:
    value = int(text)
    if value < 0:
        raise argparse.ArgumentTypeError("must be at least 0")
    return value


def _tiles(text: str) -> int:
    value = int(text)
    if not 1 <= value <= MOST_TILES:
        raise argparse.ArgumentTypeError(f"must be from 1 to {MOST_TILES}")
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
