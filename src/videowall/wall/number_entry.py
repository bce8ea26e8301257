"""A camera's number while it is being typed. Pure; the time is passed in."""

MOST_DIGITS = 6
FORGET_AFTER_S = 5.0
"""Digits left standing by a distracted agent must not become part of the next number."""


class NumberEntry:
    """Attributes: `digits` typed so far, empty when no entry is under way."""

    def __init__(self) -> None:
        self.digits = ""
        self._touched = 0.0

    def type(self, digit: str, now: float) -> None:
        if self.expired(now):
            self.digits = ""
        if len(self.digits) < MOST_DIGITS:
            self.digits += digit
        self._touched = now

    def erase(self, now: float) -> None:
        self.digits = self.digits[:-1]
        self._touched = now

    def cancel(self) -> None:
        self.digits = ""

    def take(self) -> int:
        """The number typed; the entry is over. Call only with digits there."""
        number, self.digits = int(self.digits), ""
        return number

    def expired(self, now: float) -> bool:
        return bool(self.digits) and now - self._touched > FORGET_AFTER_S
