"""What went wrong, in the operator's language: every message, cure and place of an error that a person may read.

The rooms that raise these errors know no Qt and write English, which is also what the audit rows keep. A new text
belongs in the tables here; {braces} stand for what varies.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from ..domain.errors import GwanjeError

MESSAGES = (
    # The console
    QT_TRANSLATE_NOOP("Errors", "nobody is signed in"),
    QT_TRANSLATE_NOOP("Errors", "your role does not allow this"),
    QT_TRANSLATE_NOOP("Errors", "this must be recorded first, and the record cannot be written"),
    QT_TRANSLATE_NOOP("Errors", "nothing handles {action}"),
    QT_TRANSLATE_NOOP("Errors", "the program made a mistake; the log file has the details"),
    QT_TRANSLATE_NOOP("Errors", "the record cannot be written"),
    QT_TRANSLATE_NOOP("Errors", "there are operators already"),
    QT_TRANSLATE_NOOP("Errors", "the console has no window"),
    QT_TRANSLATE_NOOP("Errors", "there is no panel {panel}"),
    QT_TRANSLATE_NOOP("Errors", "there is no box {box}"),
    QT_TRANSLATE_NOOP("Errors", "another console is running on this profile"),
    QT_TRANSLATE_NOOP("Errors", "the profile folder cannot be made ({reason})"),
    QT_TRANSLATE_NOOP("Errors", "the program ended before it was done"),
    # Cameras and the wall
    QT_TRANSLATE_NOOP("Errors", "this camera is not in the directory any more"),
    QT_TRANSLATE_NOOP("Errors", "this camera was added by its stream address and has no ONVIF service"),
    QT_TRANSLATE_NOOP("Errors", "this camera cannot be moved"),
    QT_TRANSLATE_NOOP("Errors", "a camera needs a name"),
    QT_TRANSLATE_NOOP("Errors", "a PTZ preset needs a name"),
    QT_TRANSLATE_NOOP("Errors", "this is not a stream address"),
    QT_TRANSLATE_NOOP("Errors", "the address contains a user name or a password"),
    QT_TRANSLATE_NOOP("Errors", "layout {layout} has no tile {tile}"),
    QT_TRANSLATE_NOOP("Errors", "there is no layout {layout}"),
    QT_TRANSLATE_NOOP("Errors", "an empty tile cannot be enlarged"),
    QT_TRANSLATE_NOOP("Errors", "the desk window cannot be closed"),
    QT_TRANSLATE_NOOP("Errors", "there is no wall window {window}"),
    QT_TRANSLATE_NOOP("Errors", "there is no output {output}"),
    QT_TRANSLATE_NOOP("Errors", "there is nothing to take back"),
    QT_TRANSLATE_NOOP("Errors", "there is no picture on this tile"),
    QT_TRANSLATE_NOOP("Errors", "the still picture could not be written ({reason})"),
    QT_TRANSLATE_NOOP("Errors", "this is not a wall arrangement of version 1"),
    QT_TRANSLATE_NOOP("Errors", "unknown layout"),
    QT_TRANSLATE_NOOP("Errors", "tiles must be a list of camera ids"),
    # Devices
    QT_TRANSLATE_NOOP("Errors", "the camera refuses the user name or the password"),
    QT_TRANSLATE_NOOP("Errors", "the camera asks for a user name and a password"),
    QT_TRANSLATE_NOOP("Errors", "the camera refuses the credentials"),
    QT_TRANSLATE_NOOP("Errors", "the camera refuses the credentials because its clock and ours differ"),
    QT_TRANSLATE_NOOP("Errors", "the camera asks for HTTP Digest"),
    QT_TRANSLATE_NOOP("Errors", "the camera asks for a way of signing in that is not known here"),
    QT_TRANSLATE_NOOP("Errors", "the camera asks for a kind of Digest that is not known here"),
    QT_TRANSLATE_NOOP("Errors", "the ONVIF address cannot be dialled"),
    QT_TRANSLATE_NOOP("Errors", "the camera's TLS certificate is not trusted"),
    QT_TRANSLATE_NOOP("Errors", "no secure connection can be made"),
    QT_TRANSLATE_NOOP("Errors", "the camera's name is not known"),
    QT_TRANSLATE_NOOP("Errors", "nothing takes the connection"),
    QT_TRANSLATE_NOOP("Errors", "the camera does not answer in time"),
    QT_TRANSLATE_NOOP("Errors", "the camera closes the connection without an answer"),
    QT_TRANSLATE_NOOP("Errors", "the camera cannot be reached"),
    QT_TRANSLATE_NOOP("Errors", "the camera cannot do this ({codes})"),
    QT_TRANSLATE_NOOP("Errors", "the camera has no {service} service"),
    QT_TRANSLATE_NOOP("Errors", "the camera has no media service"),
    QT_TRANSLATE_NOOP("Errors", "the camera has nothing at the address that it told"),
    QT_TRANSLATE_NOOP("Errors", "there is no such ONVIF service at this address"),
    QT_TRANSLATE_NOOP("Errors", "the camera has no answer to this"),
    QT_TRANSLATE_NOOP("Errors", "this camera is known by its stream alone"),
    QT_TRANSLATE_NOOP("Errors", "the camera sends us to another address"),
    QT_TRANSLATE_NOOP("Errors", "the camera answers with HTTP status {status}"),
    QT_TRANSLATE_NOOP("Errors", "the camera answers with more than {limit} bytes"),
    QT_TRANSLATE_NOOP("Errors", "the camera's answer is not HTTP"),
    QT_TRANSLATE_NOOP("Errors", "the camera's answer is not HTTP, or breaks off"),
    QT_TRANSLATE_NOOP("Errors", "the camera's answer is not SOAP"),
    QT_TRANSLATE_NOOP("Errors", "the camera answers something else than it was asked"),
    QT_TRANSLATE_NOOP("Errors", "the camera's answer does not fit the ONVIF schema"),
    QT_TRANSLATE_NOOP("Errors", "the camera tells an address that is none"),
    QT_TRANSLATE_NOOP("Errors", "the camera tells a stream address that is none"),
    QT_TRANSLATE_NOOP("Errors", "the camera tells no address"),
    QT_TRANSLATE_NOOP("Errors", "the camera tells a media profile without a token"),
    QT_TRANSLATE_NOOP("Errors", "the camera does not tell the token of the preset"),
    QT_TRANSLATE_NOOP("Errors", "the camera tells a position that is none"),
    QT_TRANSLATE_NOOP("Errors", "the camera's snapshot is not a JPEG"),
    # Recorded clips
    QT_TRANSLATE_NOOP("Errors", "no clip is open"),
    QT_TRANSLATE_NOOP("Errors", "the clip was closed"),
    QT_TRANSLATE_NOOP("Errors", "there is no picture yet"),
    QT_TRANSLATE_NOOP("Errors", "there is no such file"),
    QT_TRANSLATE_NOOP("Errors", "this is no file"),
    QT_TRANSLATE_NOOP("Errors", "this file may not be read"),
    QT_TRANSLATE_NOOP("Errors", "this is no video, or it is damaged"),
    QT_TRANSLATE_NOOP("Errors", "there is no video in this file"),
    QT_TRANSLATE_NOOP("Errors", "its video is coded in a way that is not known here ({codec})"),
    QT_TRANSLATE_NOOP("Errors", "its pictures are too large"),
    QT_TRANSLATE_NOOP("Errors", "its pictures cannot be decoded"),
    QT_TRANSLATE_NOOP("Errors", "libVLC is not on this machine"),
    QT_TRANSLATE_NOOP("Errors", "the player has stopped"),
    # Records
    QT_TRANSLATE_NOOP("Errors", "the disk is full"),
    QT_TRANSLATE_NOOP("Errors", "the database may not be written"),
    QT_TRANSLATE_NOOP("Errors", "another program holds the database"),
    QT_TRANSLATE_NOOP("Errors", "the database is damaged"),
    QT_TRANSLATE_NOOP("Errors", "this is not a database"),
    QT_TRANSLATE_NOOP("Errors", "the database cannot be opened"),
    QT_TRANSLATE_NOOP("Errors", "the database may not be opened"),
    QT_TRANSLATE_NOOP("Errors", "the disk does not read or write"),
    QT_TRANSLATE_NOOP("Errors", "the database cannot be locked"),
    QT_TRANSLATE_NOOP("Errors", "a text is too long for the database"),
    QT_TRANSLATE_NOOP("Errors", "the rows do not fit those that are there"),
    QT_TRANSLATE_NOOP("Errors", "the database did not do what it was asked"),
    QT_TRANSLATE_NOOP("Errors", "the database is closed"),
    QT_TRANSLATE_NOOP("Errors", "the database may not be made"),
    QT_TRANSLATE_NOOP("Errors", "the database cannot be made: {reason}"),
    QT_TRANSLATE_NOOP("Errors", "databases of the kind {kind} are not supported"),
    QT_TRANSLATE_NOOP("Errors", "the database needs a file: rows must outlive the program"),
    QT_TRANSLATE_NOOP("Errors", "this is not a database URL"),
    QT_TRANSLATE_NOOP("Errors", "the file system cannot keep a write-ahead log"),
    QT_TRANSLATE_NOOP("Errors", "the address does not say which centre is meant"),
    QT_TRANSLATE_NOOP("Errors", "the address contains a password or names a service"),
    QT_TRANSLATE_NOOP("Errors", "the address names no server"),
    QT_TRANSLATE_NOOP("Errors", "the server would not have to prove who it is"),
    QT_TRANSLATE_NOOP("Errors", "this is not the address of a database server"),
    QT_TRANSLATE_NOOP("Errors", "the database server is short of means"),
    QT_TRANSLATE_NOOP("Errors", "the database answers too late"),
    QT_TRANSLATE_NOOP("Errors", "the database server cannot be reached"),
    QT_TRANSLATE_NOOP("Errors", "the database server cannot be reached, or refuses the sign-in"),
    QT_TRANSLATE_NOOP("Errors", "this is the database of another program"),
    QT_TRANSLATE_NOOP("Errors", "the database does not say which schema it has"),
    QT_TRANSLATE_NOOP(
        "Errors", "the database was written by a newer version of gwanje (schema {version}, this one knows {known})"
    ),
    QT_TRANSLATE_NOOP("Errors", "audit row {number} is damaged"),
    QT_TRANSLATE_NOOP("Errors", "another audit row has the id {id}"),
    QT_TRANSLATE_NOOP("Errors", "there is no operator of this name"),
    QT_TRANSLATE_NOOP("Errors", "the audit rows do not fit together"),
    QT_TRANSLATE_NOOP("Errors", "the audit rows do not continue those in the shared database"),
    QT_TRANSLATE_NOOP("Errors", "the console's identity is longer than {count} characters"),
    QT_TRANSLATE_NOOP("Errors", "a time without a time zone cannot be recorded"),
    QT_TRANSLATE_NOOP("Errors", "the setting {scope}/{key} is damaged"),
    QT_TRANSLATE_NOOP("Errors", "this cannot be written as JSON"),
    QT_TRANSLATE_NOOP("Errors", "its department is not in the directory"),
    QT_TRANSLATE_NOOP("Errors", "its site is not in the directory"),
    QT_TRANSLATE_NOOP("Errors", "a camera's number is a whole number from 1"),
    QT_TRANSLATE_NOOP("Errors", "two cameras would have this number"),
    QT_TRANSLATE_NOOP("Errors", "the bearing is not a number"),
    QT_TRANSLATE_NOOP("Errors", "latitude and longitude go together"),
    QT_TRANSLATE_NOOP("Errors", "latitude and longitude are not numbers"),
    QT_TRANSLATE_NOOP("Errors", "its address contains a user name or a password"),
    # Accounts and passwords
    QT_TRANSLATE_NOOP("Errors", "name or password is wrong"),
    QT_TRANSLATE_NOOP("Errors", "there is an operator of this name"),
    QT_TRANSLATE_NOOP("Errors", "an operator has a role that this version does not know"),
    QT_TRANSLATE_NOOP("Errors", "the name is empty"),
    QT_TRANSLATE_NOOP("Errors", "the name is too long"),
    QT_TRANSLATE_NOOP("Errors", "the name contains a character that cannot be seen"),
    QT_TRANSLATE_NOOP("Errors", "the password is too short"),
    QT_TRANSLATE_NOOP("Errors", "the password is too long"),
    QT_TRANSLATE_NOOP("Errors", "the password is the name"),
    QT_TRANSLATE_NOOP("Errors", "the profile folder cannot be read or written"),
    QT_TRANSLATE_NOOP("Errors", "the file of camera passwords was changed, or its key is another one"),
    QT_TRANSLATE_NOOP("Errors", "the camera passwords cannot be read or written: {reason}"),
    QT_TRANSLATE_NOOP("Errors", "unknown place for passwords"),
    QT_TRANSLATE_NOOP("Errors", "this system has no keyring"),
    QT_TRANSLATE_NOOP("Errors", "the keyring does not answer"),
    QT_TRANSLATE_NOOP("Errors", "the keyring refuses"),
    QT_TRANSLATE_NOOP("Errors", "the keyring does not give back what was put in"),
)
CURES = (
    QT_TRANSLATE_NOOP("Errors", "use that one, or choose another profile with --profile DIR"),
    QT_TRANSLATE_NOOP("Errors", "sign in first"),
    QT_TRANSLATE_NOOP("Errors", "try again"),
    QT_TRANSLATE_NOOP("Errors", "open one first"),
    QT_TRANSLATE_NOOP("Errors", "open the clip again"),
    QT_TRANSLATE_NOOP("Errors", "choose another file"),
    QT_TRANSLATE_NOOP("Errors", "ask its owner, or choose another file"),
    QT_TRANSLATE_NOOP("Errors", "convert it to H.264, H.265 or MJPEG"),
    QT_TRANSLATE_NOOP("Errors", "install VLC; on Debian and Ubuntu the packages libvlc5 and vlc-plugin-base"),
    QT_TRANSLATE_NOOP("Errors", "ask a supervisor or an administrator"),
    QT_TRANSLATE_NOOP("Errors", "ask an administrator for an account"),
    QT_TRANSLATE_NOOP("Errors", "try again, or ask an administrator"),
    QT_TRANSLATE_NOOP("Errors", "free the disk or call the administrator"),
    QT_TRANSLATE_NOOP("Errors", "free some space"),
    QT_TRANSLATE_NOOP("Errors", "free some space; the console goes on by itself"),
    QT_TRANSLATE_NOOP("Errors", "see the log"),
    QT_TRANSLATE_NOOP("Errors", "choose another with --profile DIR"),
    QT_TRANSLATE_NOOP("Errors", "choose one of {choices}"),
    QT_TRANSLATE_NOOP("Errors", "choose another name"),
    QT_TRANSLATE_NOOP("Errors", "choose another one"),
    QT_TRANSLATE_NOOP("Errors", "give another one"),
    QT_TRANSLATE_NOOP("Errors", "enter a name"),
    QT_TRANSLATE_NOOP("Errors", "type it anew"),
    QT_TRANSLATE_NOOP("Errors", "use at least {count} characters"),
    QT_TRANSLATE_NOOP("Errors", "use at most {count} characters"),
    QT_TRANSLATE_NOOP("Errors", "connect the monitor, then try again"),
    QT_TRANSLATE_NOOP("Errors", "write rtsp://host:port/path"),
    QT_TRANSLATE_NOOP("Errors", "write http://host:port/onvif/device_service"),
    QT_TRANSLATE_NOOP("Errors", "enter them in their own fields"),
    QT_TRANSLATE_NOOP("Errors", "enter that address as the camera's own"),
    QT_TRANSLATE_NOOP("Errors", "set the camera's clock, or let it ask a time server"),
    QT_TRANSLATE_NOOP("Errors", "install its authority, or use http"),
    QT_TRANSLATE_NOOP("Errors", "try http"),
    QT_TRANSLATE_NOOP("Errors", "make the file and its folder writable for this user"),
    QT_TRANSLATE_NOOP("Errors", "make the file readable and writable for this user"),
    QT_TRANSLATE_NOOP("Errors", "make the folder writable for this user"),
    QT_TRANSLATE_NOOP("Errors", "close other programs that use it"),
    QT_TRANSLATE_NOOP("Errors", "put back the newest backup"),
    QT_TRANSLATE_NOOP("Errors", "put back a backup"),
    QT_TRANSLATE_NOOP("Errors", "give another file, or move this one away"),
    QT_TRANSLATE_NOOP("Errors", "check that the folder exists and may be read"),
    QT_TRANSLATE_NOOP("Errors", "check the disk and its free space"),
    QT_TRANSLATE_NOOP("Errors", "keep it on a disk of this computer"),
    QT_TRANSLATE_NOOP("Errors", "shorten it"),
    QT_TRANSLATE_NOOP("Errors", "give another place"),
    QT_TRANSLATE_NOOP("Errors", "give sqlite:///path"),
    QT_TRANSLATE_NOOP("Errors", "install that version, or give another database"),
    QT_TRANSLATE_NOOP("Errors", "save it anew"),
    QT_TRANSLATE_NOOP("Errors", "add ?centre=CODE, of small letters, digits, - and _"),
    QT_TRANSLATE_NOOP(
        "Errors", "give the password with `gwanje records password`, or in the file that PGPASSFILE names"
    ),
    QT_TRANSLATE_NOOP("Errors", "write postgresql://user@host/database"),
    QT_TRANSLATE_NOOP("Errors", "write sslmode=verify-full"),
    QT_TRANSLATE_NOOP("Errors", "give postgresql://user@host/database"),
    QT_TRANSLATE_NOOP("Errors", "tell its administrator"),
    QT_TRANSLATE_NOOP("Errors", "tell its administrator which rights are missing"),
    QT_TRANSLATE_NOOP("Errors", "check the server and the network"),
    QT_TRANSLATE_NOOP("Errors", "check address, network, certificate, user and password"),
    QT_TRANSLATE_NOOP("Errors", "run `gwanje records verify`"),
    QT_TRANSLATE_NOOP(
        "Errors", "put back both it and {key} from one backup, or move both away and enter the passwords again"
    ),
    QT_TRANSLATE_NOOP("Errors", "check the folder's permissions and the free space"),
    QT_TRANSLATE_NOOP("Errors", "unlock it, then try again"),
    QT_TRANSLATE_NOOP("Errors", "write file or keyring"),
)
PLACES = (
    QT_TRANSLATE_NOOP("Errors", "name"),
    QT_TRANSLATE_NOOP("Errors", "password"),
    QT_TRANSLATE_NOOP("Errors", "address"),
    QT_TRANSLATE_NOOP("Errors", "arrangement"),
    QT_TRANSLATE_NOOP("Errors", "arrangement, window {window}"),
    QT_TRANSLATE_NOOP("Errors", "camera {number}"),
    QT_TRANSLATE_NOOP("Errors", "site {site}"),
    QT_TRANSLATE_NOOP("Errors", "keyring"),
    QT_TRANSLATE_NOOP("Errors", "operators"),
    QT_TRANSLATE_NOOP("Errors", "audit row"),
    QT_TRANSLATE_NOOP("Errors", "details of {action}"),
    QT_TRANSLATE_NOOP("Errors", "setting {scope}/{key}"),
    QT_TRANSLATE_NOOP("Errors", "database"),
    QT_TRANSLATE_NOOP("Errors", "secrets"),
    QT_TRANSLATE_NOOP("Errors", "files"),
)


_BRACES = re.compile(r"\{(\w+)\}")


class _Table:
    """Finds the entry that a text was made from, and says it in the language installed now."""

    def __init__(self, texts: Iterable[object]) -> None:
        names = [str(text) for text in texts]
        self._constant = frozenset(name for name in names if not _BRACES.search(name))
        self._templates = [(name, _pattern(name)) for name in names if name not in self._constant]

    def find(self, text: str) -> tuple[str, dict[str, str]] | None:
        """The entry and what stands in its braces; None for a text that no entry fits."""
        if text in self._constant:
            return text, {}
        for name, pattern in self._templates:
            if found := pattern.fullmatch(text):
                return name, found.groupdict()
        return None

    def say(self, text: str) -> str:
        found = self.find(text)
        if found is None:
            return text
        entry, values = found
        return _BRACES.sub(lambda m: values[m[1]], QCoreApplication.translate("Errors", entry))


def _pattern(template: str) -> re.Pattern[str]:
    parts = _BRACES.split(template)  # text and name in turn
    return re.compile(
        "".join(f"(?P<{part}>.+)" if i % 2 else re.escape(part) for i, part in enumerate(parts)), re.DOTALL
    )


_MESSAGES, _CURES, _PLACES = _Table(MESSAGES), _Table(CURES), _Table(PLACES)


def error_words(error: GwanjeError | None) -> str:
    """What `str(error)` says, translated; a text that is in no table stays as it is. Empty for None."""
    return "" if error is None else _join(error.place, error.message, error.cure)


def reason_words(text: str) -> str:
    """The same for a reason as an audit row keeps it: the text of an error whose parts are joined."""
    parts = _parts(text)
    return text if parts is None else _join(*parts)


def _join(place: str, message: str, cure: str) -> str:
    return str(GwanjeError(_MESSAGES.say(message), place=_PLACES.say(place), cure=_CURES.say(cure)))


@lru_cache(maxsize=1024)
def _parts(text: str) -> tuple[str, str, str] | None:
    """Place, message and cure of a joined text; None when it holds no known message.

    Brackets and colons may stand inside a part too, so every way to cut is tried, the cut with a known cure first.
    """
    cuts = [(text, "")]
    if text.endswith(")"):
        cuts = [(text[: m.start()], text[m.end() : -1]) for m in re.finditer(r" \(", text)] + cuts
    for head, cure in cuts:
        if cure and _CURES.find(cure) is None:
            continue
        starts = [0, *(m.end() for m in re.finditer(": ", head))]
        for start in starts:
            if _MESSAGES.find(head[start:]) is not None:
                return head[: max(0, start - 2)], head[start:], cure
    return None
