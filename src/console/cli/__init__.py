"""The command line: `gwanje run | demo | simulate | bench | source`.

JSON on stdout, logs on stderr; exit 0, 1 failed, 2 wrong use.
"""

from .main import main

__all__ = ["main"]
