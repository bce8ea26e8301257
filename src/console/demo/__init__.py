"""`gwanje demo`: a simulated district on the wall; headless it acts by itself and measures what came of it."""

from .command import demo

__all__ = ["demo"]
