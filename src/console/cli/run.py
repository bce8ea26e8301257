"""`gwanje run`: the console on this machine's own display."""

from pathlib import Path

from ..profile import Profile
from ..program import Program
from .surroundings import refuse_root, require_display


def run(database: str | None, profile: Path | None, seat: str) -> int:
    refuse_root()
    require_display()
    with Program(Profile.at(profile), database=database, seat=seat) as program:
        program.start()
        return program.execute()
