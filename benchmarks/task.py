"""The common start of all competitors: one network with its weights, data, loss and learning rate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import prod, sqrt

import numpy as np

from benchmarks.competitor import Array


@dataclass(frozen=True, slots=True)
class LayerStart:
    """A layer by its kind: linear, conv (3 × 3, padding 1), pool (2 × 2), tanh, relu or flatten. Those with parameters
    have their weight, outputs first, and their bias.
    """

    kind: str
    weight: Array | None = None
    bias: Array | None = None

    @property
    def parameters(self) -> tuple[Array, Array]:
        """Return copies, so that one competitor does not change the start of the next."""
        assert self.weight is not None
        assert self.bias is not None
        return self.weight.copy(), self.bias.copy()


@dataclass(frozen=True, slots=True)
class Task:
    """The common start. `loss` is half_squared, mean_squared or cross_entropy; for the last, `y` has classes."""

    layers: tuple[LayerStart, ...]
    loss: str
    lr: float
    x: Array
    y: Array

    @property
    def names(self) -> list[str]:
        """The names of the layers with parameters, in order, which all competitors use for their numbers."""
        return [f"{layer.kind}_{i}" for i, layer in enumerate(self.layers) if layer.weight is not None]


def dense(
    sizes: Sequence[int], activation: str, *, last: bool, loss: str, batch: int, lr: float, seed: int = 0
) -> Task:
    """A network of fully connected layers; with `last`, the activation also follows the last one."""
    rng = np.random.default_rng(seed)
    layers = []
    for i, (inputs, outputs) in enumerate(pairwise(sizes), 1):
        layers.append(drawn("linear", (outputs, inputs), rng))
        if activation and (last or i < len(sizes) - 1):
            layers.append(LayerStart(activation))
    x = rng.uniform(-1, 1, (batch, sizes[0]))
    y = rng.integers(sizes[-1], size=batch) if loss == "cross_entropy" else rng.uniform(-1, 1, (batch, sizes[-1]))
    return Task(tuple(layers), loss, lr, x, y)


def images(*, relu: bool, batch: int, lr: float) -> Task:
    """conv8 – pool – conv16 – pool – linear10 on images of 28 × 28, with a ReLU after each convolution or without."""
    rng = np.random.default_rng(0)
    activation = [LayerStart("relu")] if relu else []
    pool = LayerStart("pool")
    layers = [
        *(drawn("conv", (8, 1, 3, 3), rng), *activation, pool),
        *(drawn("conv", (16, 8, 3, 3), rng), *activation, pool),
        *(LayerStart("flatten"), drawn("linear", (10, 16 * 7 * 7), rng)),
    ]
    x = rng.uniform(0, 1, (batch, 1, 28, 28))
    return Task(tuple(layers), "cross_entropy", lr, x, rng.integers(10, size=batch))


def drawn(kind: str, shape: tuple[int, ...], rng: np.random.Generator) -> LayerStart:
    """A layer with random parameters, as the chapter's library draws them."""
    bound = sqrt(1 / prod(shape[1:]))
    return LayerStart(kind, rng.uniform(-bound, bound, shape), rng.uniform(-bound, bound, shape[0]))
