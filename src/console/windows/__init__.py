"""The main window, its pages, and the shell that holds them with the wall windows."""

from .shell import ConsoleShell

__all__ = ["ConsoleShell"]
