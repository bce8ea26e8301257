"""Boxes that open over the window, never modal: palette, add camera, remove camera, monitors, help, about."""

from .add_camera import AddCameraBox
from .box import Box
from .help import AboutBox, HelpBox
from .outputs import OutputsBox
from .palette import PaletteBox
from .remove_camera import RemoveCameraBox

__all__ = ["AboutBox", "AddCameraBox", "Box", "HelpBox", "OutputsBox", "PaletteBox", "RemoveCameraBox"]
