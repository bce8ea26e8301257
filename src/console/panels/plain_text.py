"""Texts that others wrote (camera names, reasons, typed names) shown as they are: no markup, no hidden characters."""

import unicodedata
from html import escape

_HIDDEN = {"Cc", "Cf", "Zl", "Zp"}
_JOINERS = {"\u200c", "\u200d"}
"""Zero-width (non-)joiners belong to the spelling of some scripts."""


def one_line(text: str) -> str:
    """`text` on one line. Control characters, and those that turn the direction of writing, become a visible box."""
    return "".join(
        " " if c in "\n\t" else "▯" if unicodedata.category(c) in _HIDDEN and c not in _JOINERS else c for c in text
    )


def plain_tip(text: str) -> str:
    """A tooltip that shows `text` with its line ends: Qt takes one that looks like HTML for HTML."""
    lines = "<br>".join(escape(one_line(line)) for line in text.splitlines())
    return f"<p>{lines}</p>" if "<" in text or "&" in text else "\n".join(one_line(x) for x in text.splitlines())
