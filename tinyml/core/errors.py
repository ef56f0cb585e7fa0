"""Errors of the engine. A message names the object, what was expected, what was given and what to try."""

from collections.abc import Sequence


class TinymlError(Exception):
    """Base class of the engine's errors: `except TinymlError` catches every error about its input."""


class ShapeError(TinymlError, ValueError):
    """The shape of an array, or a size, does not fit."""


class TargetError(TinymlError, ValueError):
    """The loss does not accept a target."""


class DuplicateNameError(TinymlError, ValueError):
    """Two layers have the same name, which would make refs ambiguous."""


class OrderError(TinymlError, RuntimeError):
    """A pass was called before the pass that it requires."""


class RefError(TinymlError, LookupError):
    """A ref does not exist in this training step."""


class DivergenceError(TinymlError, ArithmeticError):
    """Training produced a number that is not finite.

    `step`, `epoch`   when, counted from 1 over the whole training; 0 if it was not finite before training.
    `layer`, `where`  the first such number in the order of computation: the layer's name (None if it belongs to no
                      layer), and the tensor, such as "output" or "gradient of w".
    `history`         the records of the finished epochs.
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
    """A request exceeds a named limit: `asked` is the requested amount, or the amount counted so far."""

    def __init__(self, message: str, asked: int) -> None:
        super().__init__(message)
        self.asked = asked


class FormatError(TinymlError, ValueError):
    """A file has another format than expected, or other contents."""
