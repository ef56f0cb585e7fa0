"""Networks whose list of layers is in any order. Code that uses a layer's index in the list as its position in the
computation gives wrong results for them.
"""

from copy import deepcopy
from typing import Self

import numpy as np

from tests.support.networks import Setting
from tinyml.layers import Layer
from tinyml.layers.topology import Topology
from tinyml.net import Sequential


class AnyOrder(Sequential):
    """A topology in which each layer's sources are given by their indices."""

    def __init__(self, layers: list[Layer], sources: tuple[int | None, ...]) -> None:
        self._topology = Topology(sources)
        super().__init__(layers)

    @property
    def topology(self) -> Topology:
        """The given sources."""
        return self._topology

    @classmethod
    def of(cls, model: Sequential, seed: int) -> Self:
        """A copy of a network with its list of layers in another order."""
        layers = deepcopy(model).layers
        # The new index of each layer.
        index = np.random.default_rng(seed).permutation(len(layers)).tolist()
        listed: dict[int, tuple[Layer, int | None]] = {}
        for place, layer in enumerate(layers):
            source = model.topology.sources[place]
            listed[index[place]] = layer, None if source is None else index[source]
        ordered = [listed[i] for i in range(len(layers))]
        return cls([layer for layer, _ in ordered], tuple(source for _, source in ordered))


def in_any_order(setting: Setting, seed: int) -> Setting:
    """The same training step of a network with its list of layers in another order."""
    return setting._replace(model=AnyOrder.of(setting.model, seed))
