"""What the engine raises. Each message says who, what was expected, what came and what to try."""

from collections.abc import Sequence


class TinymlError(Exception):
    """The common ancestor: `except TinymlError` catches whatever the engine finds wrong with its input."""


class ShapeError(TinymlError, ValueError):
    """An array, or a size, does not fit where it was given."""


class TargetError(TinymlError, ValueError):
    """A target is not among those that the loss takes."""


class DuplicateNameError(TinymlError, ValueError):
    """Two layers have one name, so that a ref would mean both."""


class OrderError(TinymlError, RuntimeError):
    """A pass was asked for before the one that it needs."""


class RefError(TinymlError, LookupError):
    """A ref names nothing in this training step."""


class DivergenceError(TinymlError, ArithmeticError):
    """A training made a number that is not finite.

    `step`, `epoch`   when, counted from 1 over the whole training; 0 for what was so before it.
    `layer`, `where`  the first place in the order of computation: the layer's name, None for what belongs to none, and
                      what of it, such as "output" or "gradient of w".
    `history`         the records of the epochs that were finished.
    """

    def __init__(
        self,
        message: str,
        *,
        step: int = 0,
        epoch: int = 0,
        layer: str | None = None,
        where: str = "",
        history: Sequence[object] = (),
    ) -> None:
        super().__init__(message)
        self.step = step
        self.epoch = epoch
        self.layer = layer
        self.where = where
        self.history = history


class LimitError(TinymlError, ValueError):
    """More was asked for than a named limit allows: `asked`, as far as it was counted."""

    def __init__(self, message: str, asked: int) -> None:
        super().__init__(message)
        self.asked = asked


class FormatError(TinymlError, ValueError):
    """A file is not of the format that it should have, or does not hold what it should."""
