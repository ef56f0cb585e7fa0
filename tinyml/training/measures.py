"""How well a network does on some rows: its loss, and for classes its accuracy and confusion matrix."""

from __future__ import annotations

from typing import NamedTuple

from tinyml.core import Array, Backend, overflow_allowed
from tinyml.losses import Loss
from tinyml.net import Sequential

# More classes would make the confusion matrix larger than the network.
MOST_CLASSES = 100
# Rows that are computed at a time.
AT_A_TIME = 1_024


class Measure(NamedTuple):
    """The loss in evaluation mode. For classes also the share of the rows whose class is the predicted one, and how
    many rows of each class (first axis) are predicted as each (second axis).
    """

    loss: float
    accuracy: float | None
    confusion: Array | None


class Measured:
    """Rows to measure a network on; `y` has the shape of the outputs, or is None for a loss without targets.

    The targets are classes if every row is 1 for one output and 0 for all others; or, with a single output, if all are
    0 or 1, or all are −1 or 1. Then the class is that of the largest output, or the single output is compared with the
    middle of both targets, or with 0 if the loss turns it into a probability.
    """

    def __init__(self, x: Array, y: Array | None, loss: Loss) -> None:
        self.x, self.y, self.loss = x, y, loss
        self._middle, self.classes = 0.0, 0
        if y is None or y.ndim != 2 or not len(y):
            return
        if y.shape[1] == 1:
            lower = 0.0 if ((y == 0) | (y == 1)).all() else -1.0 if (abs(y) == 1).all() else None
            if lower is not None:
                self.classes = 2
                self._middle = 0.5 if lower == 0 and loss.squashes is None else 0.0
        elif y.shape[1] <= MOST_CLASSES and ((y == 0) | (y == 1)).all() and (y.sum(axis=1) == 1).all():
            self.classes = y.shape[1]

    @property
    def border(self) -> float | None:
        """What a single output is compared with to find one of two classes; None for other targets."""
        return self._middle if self.y is not None and self.y.shape[1:] == (1,) and self.classes else None

    def measure(self, model: Sequential) -> Measure:
        """Measure a network."""
        with overflow_allowed():
            predicted = model.predict(self.x, AT_A_TIME)
            loss = float(self.loss(predicted, self.y)[0])
        if not self.classes or self.y is None:
            return Measure(loss, None, None)
        true, found = self._class(self.y, 0.5 if self.y.min() == 0 else 0.0), self._class(predicted, self._middle)
        confusion = Backend.bincount(true * self.classes + found, minlength=self.classes**2)
        return Measure(loss, float((true == found).mean()), confusion.reshape(self.classes, self.classes))

    def _class(self, rows: Array, middle: float) -> Array:
        found: Array = (rows[:, 0] > middle).astype(int) if rows.shape[1] == 1 else rows.argmax(axis=1)
        return found


__all__ = ["MOST_CLASSES", "Measure", "Measured"]
