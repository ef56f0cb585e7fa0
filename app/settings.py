"""What can be set from outside."""

import os
from dataclasses import dataclass, field
from pathlib import Path


def _default_data() -> Path:
    return Path.home() / ".local" / "share" / "tinyml-explorer"


@dataclass(frozen=True, slots=True)
class Settings:
    """`data` is the directory that keeps the stored networks; it is made when the first one is stored."""

    data: Path = field(default_factory=_default_data)

    @classmethod
    def from_environment(cls) -> "Settings":
        """The settings that the environment asks for: TINYML_DATA for `data`."""
        data = os.environ.get("TINYML_DATA")
        return cls(Path(data)) if data else cls()
