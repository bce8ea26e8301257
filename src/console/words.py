"""The words an operator reads for commands, outcomes and roles."""

from PySide6.QtCore import QCoreApplication

from ..domain.audit import Outcome
from ..domain.operators import Role

translate = QCoreApplication.translate

OUTCOME_SIGN = {
    Outcome.REQUESTED: "◌",
    Outcome.SUCCEEDED: "✓",
    Outcome.REFUSED: "⊘",
    Outcome.FAILED: "✕",
    Outcome.UNKNOWN: "?",
}


def outcome_word(outcome: Outcome) -> str:
    return {
        Outcome.REQUESTED: translate("Words", "requested"),
        Outcome.SUCCEEDED: translate("Words", "done"),
        Outcome.REFUSED: translate("Words", "refused"),
        Outcome.FAILED: translate("Words", "failed"),
        Outcome.UNKNOWN: translate("Words", "unknown"),
    }[outcome]


def role_word(role: Role) -> str:
    return {
        Role.AGENT: translate("Words", "agent"),
        Role.POLICE_OFFICER: translate("Words", "police officer"),
        Role.SUPERVISOR: translate("Words", "supervisor"),
        Role.PRIVACY_OFFICER: translate("Words", "privacy officer"),
        Role.ADMINISTRATOR: translate("Words", "administrator"),
        Role.PARTNER_VIEWER: translate("Words", "partner viewer"),
    }[role]


def purpose_word(purpose: str) -> str:
    """One of the purposes of docs/glossary.md in words; free text, as imported lists have it, as it is."""
    words = {
        "crime prevention": translate("Purposes", "crime prevention"),
        "child protection": translate("Purposes", "child protection"),
        "waste dumping": translate("Purposes", "waste dumping"),
        "illegal parking": translate("Purposes", "illegal parking"),
        "traffic": translate("Purposes", "traffic"),
        "disaster": translate("Purposes", "disaster"),
        "fire watch": translate("Purposes", "fire watch"),
        "facility": translate("Purposes", "facility"),
        "heritage": translate("Purposes", "heritage"),
        "theft": translate("Purposes", "theft"),
    }
    return words.get(purpose, purpose)


def panel_word(panel: str) -> str:
    return {
        "cameras": translate("Words", "Cameras"),
        "map": translate("Words", "Map"),
        "ptz": translate("Words", "PTZ"),
        "statistics": translate("Words", "Statistics"),
        "log": translate("Words", "Log"),
    }.get(panel, panel)


def box_word(box: str) -> str:
    return {
        "palette": translate("Words", "Find anything"),
        "add-camera": translate("Words", "Add camera"),
        "remove-camera": translate("Words", "Remove camera"),
        "outputs": translate("Words", "Monitors"),
        "help": translate("Words", "Help"),
        "about": translate("Words", "About gwanje"),
        "clip": translate("Words", "Recorded clip"),
    }.get(box, box)


def action_word(action: str) -> str:
    """A command's name ("ptz.move") in words; the name itself when a newer program wrote it."""
    words = {
        "session.sign_in": translate("Words", "Sign in"),
        "session.create_first_administrator": translate("Words", "Create the first administrator"),
        "session.sign_out": translate("Words", "Sign out"),
        "session.quit": translate("Words", "Quit"),
        "wall.show_camera": translate("Words", "Show camera"),
        "wall.clear_tile": translate("Words", "Clear tile"),
        "wall.clear": translate("Words", "Clear the wall"),
        "wall.swap_tiles": translate("Words", "Swap tiles"),
        "wall.apply_layout": translate("Words", "Change layout"),
        "wall.enlarge_tile": translate("Words", "Enlarge tile"),
        "wall.restore_tile": translate("Words", "Back to the layout"),
        "wall.undo": translate("Words", "Undo wall change"),
        "wall.take_still": translate("Words", "Still picture"),
        "wall.retry_source": translate("Words", "Try the camera again"),
        "output.open": translate("Words", "Open wall window"),
        "output.close": translate("Words", "Close wall window"),
        "clip.open": translate("Words", "Open clip"),
        "clip.play": translate("Words", "Play clip"),
        "clip.pause": translate("Words", "Pause clip"),
        "clip.step": translate("Words", "Step in clip"),
        "clip.seek": translate("Words", "Seek in clip"),
        "clip.speed": translate("Words", "Speed of clip"),
        "clip.take_still": translate("Words", "Still picture of clip"),
        "ptz.move": translate("Words", "Move camera"),
        "ptz.stop": translate("Words", "Stop camera"),
        "ptz.go_to_preset": translate("Words", "Go to PTZ preset"),
        "ptz.go_home": translate("Words", "Go to home position"),
        "ptz.store_preset": translate("Words", "Store PTZ preset"),
        "cameras.add": translate("Words", "Add camera"),
        "cameras.add_district": translate("Words", "Add district"),
        "cameras.remove": translate("Words", "Remove camera"),
        "console.show_panel": translate("Words", "Show or hide panel"),
        "console.open": translate("Words", "Open"),
        "console.close": translate("Words", "Close"),
        "console.full_screen": translate("Words", "Full screen"),
        "console.language": translate("Words", "Language"),
        "console.theme": translate("Words", "Theme"),
        "console.tile_statistics": translate("Words", "Statistics on the tiles"),
    }
    return words.get(action, action)
