"""What can be set from outside."""

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from app import limits


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
        """Return the settings that the environment asks for: TINYML_DATA for `data`, TINYML_ALLOW_HOSTS for `hosts`.

        Raises ValueError for an unknown TINYML_ variable: a misspelt limit would be none.
        """
        check_names(os.environ)
        data = os.environ.get("TINYML_DATA")
        hosts = os.environ.get("TINYML_ALLOW_HOSTS", "").split(",")
        return cls(Path(data) if data else _default_data(), frozenset(host.strip() for host in hosts if host.strip()))


def check_names(environment: Iterable[str]) -> None:
    """Raise ValueError where a variable that begins with TINYML_ is no setting."""
    settings = sorted({"DATA", "ALLOW_HOSTS", "WITHOUT_PAGE", *limits.SETTABLE})
    for variable in environment:
        name = variable.removeprefix("TINYML_")
        if name != variable and name not in settings:
            close = get_close_matches(name, settings, 1)
            meant = (
                f"did you mean TINYML_{close[0]}?" if close else f"expected one of TINYML_{', TINYML_'.join(settings)}."
            )
            raise ValueError(f"{variable}: there is no such setting; {meant}")
