"""Dropout: units left out by chance."""

from __future__ import annotations

from tinyml.core import Array, Backend
from tinyml.layers.base import Layer


class Dropout(Layer):
    """Leaves out each number with a chance, and enlarges the others to make up for it; off when predicting.

    Forward:   h = m z, with m = 0 with chance p, else 1 / (1 − p); when predicting h = z.
    Backward:  ∂ℓ/∂z = m ∂ℓ/∂h.
    Shapes:    any; the output has the shape of the input.
    Units:     `probability` is p, the chance to drop, in [0, 1).
    Errors:    ValueError for another p.
    Source:    Srivastava et al. (2014), Dropout: a simple way to prevent neural networks from overfitting.

    The mask m of each pass follows from `seed` and from how many passes there were, so that a training can be repeated;
    it is kept as `mask`, to look at.
    """

    def __init__(self, name: str, probability: float, *, seed: int = 0) -> None:
        super().__init__(name)
        if not 0 <= probability < 1:
            raise ValueError(
                f"Dropout '{name}': probability is the chance to drop, from 0 up to but not 1; {probability} came."
            )
        self.probability = probability
        self.seed = seed
        self.passes = 0
        self.mask: Array | None = None

    def forward(self, input: Array) -> Array:
        if self.training:
            drawn = Backend.random.default_rng([self.seed, self.passes]).random(input.shape)
            self.passes += 1
            self.mask = (drawn >= self.probability).astype(input.dtype) / (1 - self.probability)
        else:
            self.mask = Backend.ones_like(input)
        return input * self.mask

    def backward(self, in_gradient: Array) -> Array:
        input_gradient: Array = in_gradient * self.recall(self.mask)
        return input_gradient
