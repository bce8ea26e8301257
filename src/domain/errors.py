"""The errors an operator may read: what happened, where, and what to do. Never a secret, never a foreign traceback."""


class GwanjeError(Exception):
    """Base of every error that is shown to a person.

    Attributes: `place` names what it is about (a file, a camera, an address without credentials); `cure` says what to
    do, in one sentence, and may be empty.
    """

    def __init__(self, message: str, *, place: str = "", cure: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.cure = cure

    def __str__(self) -> str:
        text = f"{self.place}: {self.message}" if self.place else self.message
        return f"{text} ({self.cure})" if self.cure else text


class NotAllowedError(GwanjeError):
    """The operator's role does not permit the command."""


class NotFoundError(GwanjeError):
    """Something that a command names is not there (any more)."""


class RecordsError(GwanjeError):
    """The database cannot be read or written."""


class SignInError(GwanjeError):
    """Name or password is wrong; which of them is never said."""


class DeviceError(GwanjeError):
    """A camera did not do what it was asked; the subclasses tell why."""


class WrongPasswordError(DeviceError):
    """The camera refuses the credentials."""


class ClockSkewError(DeviceError):
    """The camera refuses the credentials because its clock and ours differ too much."""


class UnreachableError(DeviceError):
    """Nothing answers at the address in time."""


class UnsupportedError(DeviceError):
    """The camera answers that it cannot do this."""


class BrokenAnswerError(DeviceError):
    """The camera answers something that is not what the standard says."""
