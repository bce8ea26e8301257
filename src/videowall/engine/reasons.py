"""What FFmpeg's errors mean to an operator. Their texts carry the password, so nothing but the class is looked at."""

import errno
from typing import Any

import av.error

from ...domain.source_state import Reason

_BY_CLASS: tuple[tuple[Any, Reason], ...] = (
    (av.error.HTTPUnauthorizedError, Reason.WRONG_PASSWORD),
    (av.error.HTTPForbiddenError, Reason.WRONG_PASSWORD),
    (av.error.ProtocolNotFoundError, Reason.UNSUPPORTED),
    (av.error.DecoderNotFoundError, Reason.UNSUPPORTED),
    (av.error.DemuxerNotFoundError, Reason.UNSUPPORTED),
    (av.error.PatchWelcomeError, Reason.UNSUPPORTED),
    (av.error.ConnectionRefusedError, Reason.REFUSED),
    (av.error.HTTPError, Reason.REFUSED),
    (av.error.HTTPClientError, Reason.REFUSED),
    (av.error.InvalidDataError, Reason.NOT_UNDERSTOOD),
    (av.error.PermissionError, Reason.NOT_UNDERSTOOD),  # a description without a video: nothing to set up
)


def reason_while_opening(error: BaseException, in_time: bool) -> Reason:
    """`in_time` is False where an answer may have been waited for in vain: FFmpeg says that it was no good, then."""
    if is_transport_refused(error):
        return Reason.UNSUPPORTED
    for kind, reason in _BY_CLASS:
        if isinstance(error, kind):
            return reason if in_time or reason is not Reason.NOT_UNDERSTOOD else Reason.UNREACHABLE
    if isinstance(error, (av.error.EOFError, av.error.ConnectionResetError, av.error.BrokenPipeError)):
        return Reason.CONNECTION_LOST
    return Reason.UNREACHABLE


def is_transport_refused(error: BaseException) -> bool:
    """461 Unsupported Transport: FFmpeg has no transport left to offer."""
    return isinstance(error, av.error.FFmpegError) and error.errno == errno.EPROTONOSUPPORT


def reason_while_playing(error: BaseException) -> Reason:
    if isinstance(error, av.error.HTTPUnauthorizedError):
        return Reason.WRONG_PASSWORD
    silent = (av.error.TimeoutError, av.error.ExitError)
    return Reason.NO_DATA if isinstance(error, silent) else Reason.CONNECTION_LOST
