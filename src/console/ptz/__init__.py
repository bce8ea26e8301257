"""Moving cameras from the desk: the motion of a held key, and the stop that nothing may delay."""

from .control import DispatchedPtz
from .motion import PtzMotions

__all__ = ["DispatchedPtz", "PtzMotions"]
