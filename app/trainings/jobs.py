"""What a training is to those who run it: the interface of whatever computes trainings."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Literal, Protocol

from tinyml.training import Progress, Until

State = Literal["running", "paused", "done", "cancelled", "diverged", "failed"]
ENDED: frozenset[State] = frozenset({"done", "cancelled", "diverged", "failed"})


@dataclass(frozen=True, slots=True)
class Order:
    """A training to run: the document it begins with, its end, how many steps a second it takes at most, and after how
    many steps it pauses. One that goes on after a checkpoint has the steps taken before that, and its progress.
    """

    name: str
    document: bytes
    until: Until
    speed: float | None = None
    paused: bool = False
    pause_at: int | None = None
    taken: int = 0
    progress: Progress | None = None


@dataclass(frozen=True, slots=True)
class Watching:
    """What the readers of a training want: frames a second, and points along each axis of the surface, 0 for none.
    With `hidden` the surface has the outputs of all layers; with `histograms` frames have those of all numbers.
    """

    rate: float = 1.0
    surface: int = 0
    hidden: bool = False
    histograms: bool = False

    @classmethod
    def of_all(cls, readers: Collection["Watching"]) -> "Watching":
        """What several readers want."""
        return cls(
            max((one.rate for one in readers), default=1.0),
            max((one.surface for one in readers), default=0),
            any(one.hidden for one in readers),
            any(one.histograms for one in readers),
        )


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The document after `taken` steps, from which the training can go on."""

    name: str
    document: bytes
    taken: int
    progress: Progress


@dataclass(frozen=True, slots=True)
class Frame:
    """What is to be seen of a training at one moment, made where the training runs, so that the server only passes it
    on: `fields` and `surface` are JSON. `losses` are those of the steps `places` since the frame before, in float64;
    `objectives` too, empty without a penalty.
    """

    name: str
    taken: int
    fields: bytes
    places: range = range(0)
    losses: bytes = b""
    surface: bytes | None = None
    objectives: bytes = b""


@dataclass(frozen=True, slots=True)
class Paused:
    """The training has paused, after its last frame."""

    name: str


@dataclass(frozen=True, slots=True)
class Ended:
    """The end of a training: how, with which last numbers as JSON, and with which document; both are empty if they are
    not known.
    """

    name: str
    state: State
    fields: bytes
    document: bytes
    taken: int


Report = Checkpoint | Frame | Paused | Ended


class Jobs(Protocol):
    """Runs trainings. All methods return at once; `report` is called with what happens to a training."""

    report: Callable[[Report], None]

    def submit(self, order: Order) -> None:
        """Begin a training, or go on with one."""

    def watch(self, name: str, watching: Watching) -> None:
        """Set what the frames of a training have."""

    def adjust(self, name: str, *, paused: bool, speed: float | None, steps: int | None) -> None:
        """Pause a training, which it reports, or let it go on with so many steps a second, for so many steps."""

    def cancel(self, name: str) -> None:
        """End a training; it reports its end."""

    async def at(self, name: str, step: int, watching: Watching | None) -> bytes:
        """The document after so many steps, as JSON, with what is to be seen then. Raises LookupError if it is not
        known there.
        """

    async def points(self, name: str) -> bytes:
        """The rows of the data as points of the plane, as JSON. Raises LookupError if the training is not known."""

    def close(self) -> None:
        """End everything."""
