"""The arrays that a loss computes with: predictions, targets, and those for the gradient."""

from __future__ import annotations

from typing import Any

from tinyml.core import Array, Backend
from tinyml.core.special import squares

Shape = tuple[int, ...]


class LossBuffers:
    """The arrays of one loss for batches of one size; as in `LayerBuffers` the samples are the last axis.

    `predicted`, `truth`   what is compared, (outputs, …, batch); for a loss without targets only the shape of `truth`
                           is meaningful.
    `gradient`             where ∂ℓ/∂predicted goes.
    `samples`, `entries`   N and M: how many samples there are, and how many numbers.
    With an ensemble of networks `predicted` and `gradient` have one more leading axis, and there is one loss per
    network.
    """

    def __init__(self, predicted: Array, truth: Array, gradient: Array) -> None:
        self.predicted = predicted
        self.truth = truth
        self.gradient = gradient
        self.samples = truth.shape[-1]
        self.entries = truth.size
        self._within = tuple(range(predicted.ndim - truth.ndim, predicted.ndim))
        self._stacked = predicted.ndim > truth.ndim
        # A loss is a real number, except for the complex step.
        self._number = complex if predicted.dtype.kind == "c" else float
        self._scratch: dict[str, Array] = {"gradient": gradient}
        self._flat = {"gradient": self._flattened(gradient)}

    def scratch(self, name: str, shape: Shape | None = None) -> Array:
        """A scratch array of the loss, by default in the shape of the prediction: the same array in each call."""
        if name not in self._scratch:
            self._scratch[name] = Backend.zeros(
                self.predicted.shape if shape is None else shape, dtype=self.predicted.dtype
            )
            self._flat[name] = self._flattened(self._scratch[name])
        return self._scratch[name]

    def _flattened(self, array: Array) -> Array:
        return array.reshape(len(array), -1) if self._stacked else array.reshape(-1)

    def number(self, value: float) -> Array:
        """A number as an array without axes, which is the fastest scalar operand."""
        return Backend.asarray(value, dtype=self.predicted.dtype)

    def total(self, terms: Array) -> Any:
        """The sum of all terms: a number, or with an ensemble one per network."""
        return self._numbers(terms.sum(axis=self._within)) if self._stacked else self._number(terms.sum())

    def squares(self, name: str) -> Any:
        """The sum of all squares of the array of that name."""
        flat = self._flat[name]
        return self._numbers(squares(flat)) if self._stacked else self._number(flat.dot(flat))

    def _numbers(self, values: Array) -> Array:
        """In full precision, whatever dtype the networks compute in."""
        return Backend.asarray(values, dtype=self._number)
