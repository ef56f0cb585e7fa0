"""What the registry knows of a format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.documents import Experiment
from app.export.subject import Subject
from app.schemas.exports import Option, What


def numbers(experiment: Experiment) -> int:
    """The numbers of a training step."""
    return experiment.size


@dataclass(frozen=True)
class Format:
    """A format of an export.

    `what`, `name`   its address: `/api/export/{what}/{name}`.
    `media_type`     of its files.
    `suffix`         the end of their names, such as `figure.svg`; the extension follows the last dot.
    `write`          makes the file. Libraries that only it needs are imported within it.
    `takes`          what a request may say of it besides the document, the moment, the language and the seed.
    `limit`, `size`  the limit of the service that holds for it, and how much of that a network needs.
    `instead`        the address of a format for a network that is too large for this one.
    `milliseconds`   what writing takes besides the training step, and for each number of it.
    `bytes`          the largest file: in all, and for each number.
    """

    what: What
    name: str
    media_type: str
    suffix: str
    write: Callable[[Subject], bytes]
    takes: frozenset[Option] = frozenset()
    limit: str = "MAX_EXPORTED_NUMBERS"
    size: Callable[[Experiment], int] = numbers
    instead: str | None = None
    milliseconds: tuple[float, float] = (2, 0.001)
    bytes: tuple[float, float] = (20_000, 25)

    @property
    def address(self) -> str:
        """The path of the route that follows `/api/export/`."""
        return f"{self.what}/{self.name}"

    @property
    def extension(self) -> str:
        """The end of a file name, without a dot."""
        return self.suffix.rpartition(".")[2]
