"""What can be set from outside."""

import os
from dataclasses import dataclass, field
from pathlib import Path


def _default_data() -> Path:
    return Path.home() / ".local" / "share" / "tinyml-explorer"


@dataclass(frozen=True, slots=True)
class Settings:
    """`data` is the directory that keeps the stored networks; it is made when the first one is stored. `hosts` are the
    names that the service answers to, beside those of the machine itself.
    """

    data: Path = field(default_factory=_default_data)
    hosts: frozenset[str] = frozenset()

    @classmethod
    def from_environment(cls) -> "Settings":
        """The settings that the environment asks for: TINYML_DATA for `data`, TINYML_ALLOW_HOSTS for `hosts`."""
        data = os.environ.get("TINYML_DATA")
        hosts = os.environ.get("TINYML_ALLOW_HOSTS", "").split(",")
        return cls(Path(data) if data else _default_data(), frozenset(host.strip() for host in hosts if host.strip()))
