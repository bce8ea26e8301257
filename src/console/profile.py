"""The folder of one console: its database, secrets, stills and logs."""

from dataclasses import dataclass
from pathlib import Path

import platformdirs

from ..domain.errors import GwanjeError


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything that this console keeps on this machine; only its owner may read it."""

    folder: Path

    @staticmethod
    def at(folder: Path | None = None) -> "Profile":
        """Open or make the folder (the user's data folder when none is given). Raises GwanjeError."""
        path = folder or Path(platformdirs.user_data_dir("gwanje", appauthor=False)) / "profile"
        try:
            path.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise GwanjeError(
                f"the profile folder cannot be made ({error.strerror})",
                place=str(path),
                cure="choose another with --profile DIR",
            ) from None
        return Profile(path.resolve())

    @property
    def stills(self) -> Path:
        return self.folder / "stills"

    @property
    def log_file(self) -> Path:
        return self.folder / "gwanje.log"
