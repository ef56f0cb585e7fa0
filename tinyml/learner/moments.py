"""Everything that training changes, as it was at one moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import copy
from hashlib import blake2b
from typing import Any, NamedTuple

from tinyml.core import Array, Backend, Parameter
from tinyml.net import Sequential
from tinyml.optims.base import State

# What an object of Python takes besides its numbers.
OBJECT_BYTES = 200


class Moment(NamedTuple):
    """The parameters of a network with their optimizer state, and the running state of its layers: copies."""

    values: tuple[Array, ...]
    states: tuple[State, ...]
    moved: tuple[Any, ...]

    @classmethod
    def of(cls, model: Sequential) -> Moment:
        """The present moment of a network."""
        return cls(
            tuple(values.copy() for values in vectors(model)),
            tuple(_copied(parameter.state) for parameter in model.parameters),
            tuple(copy(getattr(layer, name)) for layer in model.layers for name in layer.running_state),
        )

    def restore(self, model: Sequential) -> None:
        """Set a network back to this moment."""
        for values, then in zip(vectors(model), self.values, strict=True):
            values[...] = then
        for parameter, state in zip(model.parameters, self.states, strict=True):
            parameter.state = _copied(state)
        moved = iter(self.moved)
        for layer in model.layers:
            for name in layer.running_state:
                setattr(layer, name, copy(next(moved)))

    def arrays(self) -> Iterator[Array]:
        """All numbers, in one order."""
        yield from self.values
        for state in self.states:
            for name in sorted(state):
                yield state[name]
        yield from (Backend.asarray(one) for one in self.moved)

    @property
    def size(self) -> int:
        """How many bytes of memory it takes."""
        return sum(array.nbytes + OBJECT_BYTES for array in self.arrays())

    @property
    def digest(self) -> bytes:
        """A hash of all its bits."""
        hashed = blake2b(digest_size=16)
        for array in self.arrays():
            hashed.update(array.tobytes())
        return hashed.digest()


def vectors(model: Sequential) -> list[Array]:
    """The vectors with the values of all parameters: one, once the network has run."""
    return [vector.values for vector in dict.fromkeys(parameter.block.vector for parameter in model.parameters)]


def all_finite(losses: Array, model: Sequential) -> bool:
    """Whether these losses, and everything that training changes, are finite."""
    return _finite([losses, *vectors(model)]) and _finite(_states(model.parameters)) and _finite(_running(model))


def _states(parameters: Iterable[Parameter]) -> Iterator[Array]:
    for parameter in parameters:
        yield from parameter.state.values()


def _running(model: Sequential) -> Iterator[Array]:
    for layer in model.layers:
        for name in layer.running_state:
            yield Backend.asarray(getattr(layer, name))


def _finite(arrays: Iterable[Array]) -> bool:
    return all(Backend.isfinite(array).all() for array in arrays)


def _copied(state: State) -> State:
    return {name: array.copy() for name, array in state.items()}
