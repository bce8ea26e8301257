"""Everything an operator can do, one frozen dataclass each. Whatever is not here cannot be done.

A widget builds a command and dispatches it; the dispatcher authorises, records, hands it to its one handler and
records what came of it (docs/architecture.md). Fields marked with `secret()` never reach a row or a log.
"""

from dataclasses import dataclass, field, fields
from typing import Any, ClassVar

from .cameras import Camera, CameraId, Department, Site, without_credentials
from .operators import Permission
from .ptz import PtzVelocity


def secret() -> Any:
    """A field that is kept out of repr() and out of the audit details."""
    return field(repr=False, metadata={"secret": True})


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Base of every command.

    Class attributes: `action` is the name in the audit rows and never changes once released; `permission` is what
    the operator's role must hold; `works_unrecorded` when it goes on although the record cannot be written (the rows
    follow as soon as they can); `acts_before_record` when it does not even wait to find out.
    """

    action: ClassVar[str] = ""
    permission: ClassVar[Permission] = Permission.EVERYONE
    works_unrecorded: ClassVar[bool] = False
    acts_before_record: ClassVar[bool] = False

    @property
    def camera(self) -> CameraId | None:
        """The camera it is about, if it is about one."""
        return getattr(self, "camera_id", None)

    def details(self) -> dict[str, object]:
        """The fields as JSON values for the audit row, without secrets and without the camera."""
        return _details(self)


def _details(command: Command) -> dict[str, object]:
    return {
        f.name: _as_json(getattr(command, f.name))
        for f in fields(command)
        if not f.metadata.get("secret") and f.name != "camera_id"
    }


def _as_json(value: object) -> object:
    match value:
        case None | bool() | int() | float() | str():
            return value
        case PtzVelocity():
            return {"pan": round(value.pan, 3), "tilt": round(value.tilt, 3), "zoom": round(value.zoom, 3)}
        case Camera() | Site() | Department():
            return value.id
        case tuple() | frozenset():
            return [_as_json(v) for v in value]
    return str(value)


# --- session ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn(Command):
    action = "session.sign_in"
    permission = Permission.NOBODY_YET
    works_unrecorded = True
    name: str
    password: str = secret()


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateFirstAdministrator(Command):
    """Only while there is no operator at all; the new operator is supervisor too, so that a small centre can start."""

    action = "session.create_first_administrator"
    permission = Permission.NOBODY_YET
    name: str
    password: str = secret()


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOut(Command):
    action = "session.sign_out"
    works_unrecorded = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Quit(Command):
    """Close the program; the wall comes back as it was at the next start."""

    action = "session.quit"
    permission = Permission.NOBODY_YET
    works_unrecorded = True


# --- wall ------------------------------------------------------------------------------------------------------------
# `window` is the name of a wall window: "desk" inside the main window, else the name of the output it fills.


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowCamera(Command):
    """`via` tells how it was chosen: tree, map, number, palette, drag. With tile None the next free tile is taken."""

    action = "wall.show_camera"
    permission = Permission.WATCH
    works_unrecorded = True
    camera_id: CameraId
    window: str = "desk"
    tile: int | None = None
    via: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearTile(Command):
    action = "wall.clear_tile"
    permission = Permission.WATCH
    works_unrecorded = True
    window: str
    tile: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearWall(Command):
    action = "wall.clear"
    permission = Permission.WATCH
    works_unrecorded = True
    window: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SwapTiles(Command):
    """Exchange what two tiles show, also across windows."""

    action = "wall.swap_tiles"
    permission = Permission.WATCH
    works_unrecorded = True
    window: str
    tile: int
    other_window: str
    other_tile: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyLayout(Command):
    action = "wall.apply_layout"
    permission = Permission.WATCH
    works_unrecorded = True
    window: str
    layout: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnlargeTile(Command):
    """One tile fills the window, on the camera's main stream."""

    action = "wall.enlarge_tile"
    permission = Permission.WATCH
    works_unrecorded = True
    window: str
    tile: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreTile(Command):
    """Back from the enlarged tile to the layout."""

    action = "wall.restore_tile"
    permission = Permission.WATCH
    works_unrecorded = True
    window: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoWallChange(Command):
    """Take back the last change of what the tiles show."""

    action = "wall.undo"
    permission = Permission.WATCH
    works_unrecorded = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeStill(Command):
    """Keep the picture of a tile as a PNG with its time and SHA-256."""

    action = "wall.take_still"
    permission = Permission.WATCH
    window: str
    tile: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrySource(Command):
    """Open a failed camera once more, now."""

    action = "wall.retry_source"
    permission = Permission.WATCH
    works_unrecorded = True
    camera_id: CameraId


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenWallWindow(Command):
    """Fill an output (a monitor) with a layout of its own."""

    action = "output.open"
    permission = Permission.ARRANGE_OUTPUTS
    works_unrecorded = True
    output: str
    layout: str = "4"


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseWallWindow(Command):
    action = "output.close"
    permission = Permission.ARRANGE_OUTPUTS
    works_unrecorded = True
    output: str


# --- PTZ -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldCommand(Command):
    """A command that lasts from press to release: one requested row at the press, one closing row at the release."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MovePtz(HeldCommand):
    action = "ptz.move"
    permission = Permission.MOVE_PTZ
    camera_id: CameraId
    velocity: PtzVelocity


@dataclass(frozen=True, slots=True, kw_only=True)
class StopPtz(Command):
    """Stop a camera now, whoever moved it. Never waits for the record."""

    action = "ptz.stop"
    permission = Permission.NOBODY_YET
    works_unrecorded = True
    acts_before_record = True
    camera_id: CameraId


@dataclass(frozen=True, slots=True, kw_only=True)
class GoToPtzPreset(Command):
    action = "ptz.go_to_preset"
    permission = Permission.MOVE_PTZ
    camera_id: CameraId
    token: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoToPtzHome(Command):
    action = "ptz.go_home"
    permission = Permission.MOVE_PTZ
    camera_id: CameraId


@dataclass(frozen=True, slots=True, kw_only=True)
class StorePtzPreset(Command):
    action = "ptz.store_preset"
    permission = Permission.STORE_PTZ_PRESET
    camera_id: CameraId
    name: str


# --- cameras ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class AddCamera(Command):
    """Add one camera by its stream address; site and department are made when they are new."""

    action = "cameras.add"
    permission = Permission.ADMINISTER_CAMERAS
    name: str
    main_uri: str
    sub_uri: str = ""
    device_address: str = ""
    site: str = ""
    department: str = ""
    purpose: str = ""
    latitude: float | None = None
    longitude: float | None = None
    user: str = ""
    password: str = field(default="", repr=False, metadata={"secret": True})

    def details(self) -> dict[str, object]:
        """An address with a password inside is refused by the handler, which is after the requested row."""
        addresses = ("main_uri", "sub_uri", "device_address")
        return {**_details(self), **{name: without_credentials(getattr(self, name)) for name in addresses}}


@dataclass(frozen=True, slots=True, kw_only=True)
class AddDistrict(Command):
    """Add many cameras at once, all opened with one user name and password."""

    action = "cameras.add_district"
    permission = Permission.ADMINISTER_CAMERAS
    source: str
    departments: tuple[Department, ...]
    sites: tuple[Site, ...]
    cameras: tuple[Camera, ...]
    password: str = field(default="", repr=False, metadata={"secret": True})


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveCamera(Command):
    action = "cameras.remove"
    permission = Permission.ADMINISTER_CAMERAS
    camera_id: CameraId


# --- the console itself ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowPanel(Command):
    """Show or hide a side part (tree, map, ptz, log, statistics) or a strip of the window."""

    action = "console.show_panel"
    works_unrecorded = True
    panel: str
    shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenBox(Command):
    """Open a window or box of the console: palette, help, about, add camera, outputs."""

    action = "console.open"
    permission = Permission.NOBODY_YET
    works_unrecorded = True
    box: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseBox(Command):
    """Close it without doing what it is for."""

    action = "console.close"
    permission = Permission.NOBODY_YET
    works_unrecorded = True
    box: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetFullScreen(Command):
    action = "console.full_screen"
    works_unrecorded = True
    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLanguage(Command):
    action = "console.language"
    permission = Permission.NOBODY_YET
    works_unrecorded = True
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTheme(Command):
    action = "console.theme"
    permission = Permission.NOBODY_YET
    works_unrecorded = True
    theme: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowTileStatistics(Command):
    """Show or hide the measured figures of every tile on the tile, in all windows."""

    action = "console.tile_statistics"
    works_unrecorded = True
    shown: bool


def all_commands() -> list[type[Command]]:
    """Every command that can be dispatched, by action name."""
    from . import clip_commands  # here, because it builds on this module

    names = (*globals().values(), *vars(clip_commands).values())
    found = {c for c in names if isinstance(c, type) and issubclass(c, Command) and c.action}
    return sorted(found, key=lambda c: c.action)
