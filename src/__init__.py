"""gwanje (관제): an operator console for CCTV control rooms.

The folders beside this file are the rooms of the house; docs/architecture.md draws them and the arrows between them.
"""

if __name__ != "gwanje":
    # Under another name two copies of every class would exist, and isinstance() would lie.
    raise ImportError(f"import this package as 'gwanje', not as {__name__!r} (run `make setup` once)")

__version__ = "0.1.0"
