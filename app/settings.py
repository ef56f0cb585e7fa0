"""Settings from the environment."""

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Final, TypeVar

from app import limits
from app.logs import FORMATS, Format

Choice = TypeVar("Choice", bound=str)
# How long networks of guests are kept, and the longest time that can be set.
GUEST_KEEP_DAYS: Final = 30
MOST_KEEP_DAYS: Final = 36_500
# What can be set as TINYML_<name>, apart from limits.
NAMES: Final = frozenset(
    {
        "DATA",
        "DATABASE",
        "ALLOW_HOSTS",
        "ALLOW_FRAMES",
        "GUEST",
        "KEEP_DAYS",
        "LOG_CLIENTS",
        "LOG_FORMAT",
        "METRICS",
        "WITHOUT_PAGE",
    }
)
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?", re.IGNORECASE | re.ASCII)


def _default_data() -> Path:
    return Path.home() / ".local" / "share" / "tinyml-explorer"


@dataclass(frozen=True, slots=True)
class Settings:
    """`data` is the directory of the stored networks; it is created when the first one is stored. With a `database`,
    the address of one in PostgreSQL, they are stored there instead. `hosts` are the names
    that the service answers to, in addition to those of this machine. `frames` are the origins whose pages may show
    this one in a frame. With `guest` the service is public: what a visitor stores is counted. Networks that were
    not used for `keep_days` are deleted, unless it is 0. `metrics` lets programs on other machines read the metrics,
    `log_clients` writes the addresses of clients to the log.
    """

    data: Path = field(default_factory=_default_data)
    hosts: frozenset[str] = frozenset()
    frames: frozenset[str] = frozenset()
    guest: bool = False
    keep_days: int = 0
    metrics: bool = False
    log_format: Format = "text"
    log_clients: bool = False
    database: str | None = None

    @classmethod
    def from_environment(cls) -> "Settings":
        """Return the settings of the environment: TINYML_DATA for `data`, TINYML_ALLOW_HOSTS for `hosts`,
        TINYML_ALLOW_FRAMES for `frames`, and for the others their names.

        Raises ValueError for an unknown TINYML_ variable, since a misspelt limit would have no effect, and for a value
        that its setting cannot have.
        """
        check_names(os.environ)
        data = os.environ.get("TINYML_DATA")
        return cls(
            Path(data) if data else _default_data(),
            _listed("TINYML_ALLOW_HOSTS"),
            frozenset(map(origin, _listed("TINYML_ALLOW_FRAMES"))),
            guest=(guest := _switched_on("TINYML_GUEST")),
            keep_days=_days("TINYML_KEEP_DAYS", GUEST_KEEP_DAYS if guest else 0),
            metrics=_switched_on("TINYML_METRICS"),
            log_format=_one_of("TINYML_LOG_FORMAT", FORMATS),
            log_clients=_switched_on("TINYML_LOG_CLIENTS"),
            database=os.environ.get("TINYML_DATABASE") or None,
        )


def _listed(variable: str) -> frozenset[str]:
    """Return the parts of a variable between commas."""
    parts = os.environ.get(variable, "").split(",")
    return frozenset(part.strip() for part in parts if part.strip())


def _switched_on(variable: str) -> bool:
    """Return whether a variable is 1; it may also be 0 or empty."""
    return _one_of(variable, ("0", "1")) == "1"


def _days(variable: str, usual: int) -> int:
    """Return a number of days; 0 is none."""
    text = os.environ.get(variable)
    if not text:
        return usual
    if not (text.isascii() and text.isdigit() and int(text) <= MOST_KEEP_DAYS):
        raise ValueError(f"{variable}: expected days, a whole number from 0 to {MOST_KEEP_DAYS:,}, got something else.")
    return int(text)


def _one_of(variable: str, choices: Sequence[Choice]) -> Choice:
    """Return a variable that is one of these; by default the first."""
    text = os.environ.get(variable) or choices[0]
    for choice in choices:
        if text == choice:
            return choice
    raise ValueError(f"{variable}: expected one of {', '.join(choices)}, got something else.")


def origin(text: str) -> str:
    """Return an origin such as https://lms.example:8443. Raises ValueError for anything else, which could end the
    header that it is written to.
    """
    if not _ORIGIN.fullmatch(text):
        raise ValueError(f"expected an origin to show the page in a frame, such as https://lms.example, got {text!r}")
    return text


def check_names(environment: Iterable[str]) -> None:
    """Raise ValueError if a variable that begins with TINYML_ is not a setting."""
    settings = sorted(NAMES | limits.SETTABLE)
    for variable in environment:
        name = variable.removeprefix("TINYML_")
        if name != variable and name not in settings:
            close = get_close_matches(name, settings, 1)
            meant = (
                f"did you mean TINYML_{close[0]}?" if close else f"expected one of TINYML_{', TINYML_'.join(settings)}."
            )
            raise ValueError(f"{variable}: there is no such setting; {meant}")
