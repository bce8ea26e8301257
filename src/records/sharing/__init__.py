"""A console's journal and the database that its centre shares: rows go there in order, once, and come from there.

The journal is the console's own database; a row is acknowledged when it is on disk there, whatever the shared one does.
"""

from .copier import Copier
from .follower import Follower

__all__ = ["Copier", "Follower"]
