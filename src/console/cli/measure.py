"""`gwanje bench wall` and `gwanje source watch`: from arguments to what they mean."""

import argparse

from ...domain.credentials import Credential
from ...domain.errors import GwanjeError
from .arguments import Parser
from .streams import credential_of, stream_address, stream_addresses


def bench_wall(args: argparse.Namespace, parser: Parser) -> int:
    from ..demo.display import screen_size

    credential = _credential(args, parser)
    try:
        addresses = stream_addresses(args.url_template, range(args.first, args.first + args.tiles), credential)
        size = screen_size(args.size)
    except GwanjeError as error:
        parser.error(str(error))
    from ..bench.command import bench_wall as run

    return run(
        addresses,
        engine=args.engine,
        seconds=args.seconds,
        live_within_s=args.wait,
        size=size,
        as_json=args.json,
    )


def source_watch(args: argparse.Namespace, parser: Parser) -> int:
    credential = _credential(args, parser)
    try:
        address = stream_address(args.url, credential)
    except GwanjeError as error:
        parser.error(str(error))
    from .source_watch import watch_source

    return watch_source(address, engine=args.engine, seconds=args.seconds, as_json=args.json)


def _credential(args: argparse.Namespace, parser: Parser) -> Credential | None:
    if (args.user is not None) != args.password_stdin:
        parser.error("--user and --password-stdin belong together")
    return credential_of(args.user)
