"""Reads the arguments and starts what they ask for. Heavy imports happen only in the command that needs them."""

import sys
from collections.abc import Sequence

from ...assets import AssetMissingError
from ...domain.errors import GwanjeError
from .arguments import parser

OK, FAILED, WRONG_USE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    reader = parser()
    args = reader.parse_args(arguments)
    try:
        match args.command:
            case "run":
                from .run import run

                return run(args.database, args.profile, args.seat)
            case "demo":
                from ..demo.command import demo

                return demo(args)
            case "bench":
                from .measure import bench_wall

                return bench_wall(args, reader)
            case "source":
                from .measure import source_watch

                return source_watch(args, reader)
            case "records":
                from .records import records

                return records(args)
            case "operators":
                from .operators import operators

                return operators(args)
            case _:
                from ...simulator.cli import run_simulator

                return run_simulator(args.cameras, args.port)
    except (GwanjeError, AssetMissingError) as error:
        sys.stderr.write(f"gwanje: {error}\n")
        return FAILED
    except KeyboardInterrupt:
        return FAILED
