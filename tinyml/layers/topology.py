"""The connections of the layers of a network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple, Protocol

from tinyml.core import ShapeError

Shape = tuple[int, ...]


class Shaped(Protocol):
    """An object that returns the shape of its output for the shape of its input, such as a layer."""

    def output_shape(self, input_shape: Shape, /) -> Shape:
        """Return the shape of one sample's output."""


class Shapes(NamedTuple):
    """The shapes of one sample before and after each layer, in the order of the list."""

    inputs: list[Shape]
    outputs: list[Shape]


@dataclass(frozen=True)
class Topology:
    """The connections of the layers of a network, which are identified by their indices in its list. The list may have
    any order.

    `sources`  for each layer, the index of the layer whose output it takes; None for the network's input.
    Errors:    ShapeError, from `order`, if a layer depends on its own output, or if several layers take the same
    output: their gradients would have to be summed, which plans do not support.
    """

    sources: tuple[int | None, ...]

    @classmethod
    def chain(cls, count: int) -> Topology:
        """Return the topology of a chain: each layer takes the output of the one before it in the list."""
        return _chain(count)

    @cached_property
    def order(self) -> tuple[int, ...]:
        """The layers in an order of execution: each after the one whose output it takes."""
        order: list[int] = []
        place = self.reader(None)
        while place is not None:
            order.append(place)
            place = self.reader(place)
        if len(order) < len(self.sources):
            raise ShapeError("Network: some layers depend on their own outputs; connect each, at last, to the input.")
        return tuple(order)

    @property
    def first(self) -> int:
        """The layer that takes the network's input."""
        return self.order[0]

    @property
    def last(self) -> int:
        """The layer whose output is the network's."""
        return self.order[-1]

    def reader(self, source: int | None) -> int | None:
        """Return the layer that takes an output, or the network's input (None); None for the network's output."""
        return self._reader_of.get(source)

    def shapes(self, layers: Sequence[Shaped], input_shape: Shape) -> Shapes:
        """Return the shapes of one sample. Raises ShapeError, which names the layer that does not fit."""
        made: dict[int | None, Shape] = {None: input_shape}
        for place in self.order:
            made[place] = layers[place].output_shape(made[self.sources[place]])
        return Shapes([made[source] for source in self.sources], [made[place] for place in range(len(layers))])

    @cached_property
    def _reader_of(self) -> dict[int | None, int]:
        found = {source: place for place, source in enumerate(self.sources)}
        if len(found) < len(self.sources):
            raise ShapeError("Network: several layers take the same output; give each output one reader.")
        return found


@lru_cache
def _chain(count: int) -> Topology:
    return Topology((None, *range(count - 1))[:count])
