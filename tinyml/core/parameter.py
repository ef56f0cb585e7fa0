"""A tensor that training changes, and where its numbers lie."""

from __future__ import annotations

from math import prod
from typing import Any

from tinyml.core.backend import Array, Backend
from tinyml.core.errors import ShapeError


class Block:
    """An array that one or more parameters share.

    A layer that multiplies by its weights and adds its bias keeps both in one block, so that one product does both.
    A network moves the blocks of its layers into one vector, so that one operation updates them all: `vector` is what
    the block is in, `start` where it begins there.
    """

    def __init__(self, array: Array) -> None:
        # Whole numbers could not be trained: an update would be cut to whole numbers again.
        kind = array.dtype if Backend.issubdtype(array.dtype, Backend.inexact) else float
        self.shape = array.shape
        self.size = prod(array.shape)
        self.vector = Vector(Backend.array(array, dtype=kind).reshape(-1))
        self.start = 0

    @property
    def array(self) -> Array:
        """The numbers: a view."""
        return self.within(self.vector.values)

    def within(self, vector: Array) -> Array:
        """The block's part of a vector that is laid out like its own: a view."""
        return vector[self.start : self.start + self.size].reshape(self.shape)


class Vector:
    """The numbers of some blocks, one after the other.

    `current`  turns False when the numbers have moved elsewhere, or may no longer be updated all at once: who keeps
               views of `values` looks at it first.
    `given`    whatever gave the parameters the gradients that they have, so that it need not give them again; None
               where one was set since.
    """

    def __init__(self, values: Array) -> None:
        self.values = values
        self.current = True
        self.given: object = None

    def __getstate__(self) -> dict[str, object]:
        # What gave the gradients is a whole plan, and it gave a copy nothing.
        return {**vars(self), "given": None}


def gather(blocks: list[Block], dtype: Any = None) -> Vector:
    """Move blocks into one new vector, of one dtype: the given one, or what all of them fit into."""
    kind = dtype or (Backend.result_type(*[block.vector.values.dtype for block in blocks]) if blocks else float)
    vector = Vector(Backend.empty(sum(block.size for block in blocks), dtype=kind))
    start = 0
    for block in blocks:
        moved = vector.values[start : start + block.size]
        moved[...] = block.array.reshape(-1)
        block.vector.current = False
        block.vector, block.start = vector, start
        start += block.size
    return vector


class Parameter:
    """A tensor with the gradient of the loss with respect to it.

    `tensor`        the values: a view of where they lie. Setting it copies the new values there. They move, so that
                    views taken before are no longer theirs, when a network is built of the layer or `astype` is called.
    `gradient`      ∂ℓ/∂tensor, of the same shape; None until a backward pass has reached it. After `Learner.batch_fit`
                    it is the training's own array, which the next step overwrites.
    `state`         what an optimizer remembers from step to step, by name; empty until it has.
    `require_grad`  False keeps optimizers from changing the tensor.
    Errors:         ShapeError where values of another shape are set.
    """

    def __init__(
        self, tensor: Array, require_grad: bool = True, *, block: Block | None = None, place: Any = ...
    ) -> None:
        """`block` is where the values are to lie, if not in a block of their own, and `place` an index into it."""
        tensor = Backend.asarray(tensor)
        self.block = block or Block(tensor)
        self.place = place
        self.shape = tensor.shape
        self._require_grad = require_grad
        self._gradient: Array | None = None
        self.state: dict[str, Array] = {}
        self.tensor = tensor

    @property
    def tensor(self) -> Array:
        """The values: a view of where they lie."""
        return self.within(self.block.array)

    @tensor.setter
    def tensor(self, values: Array) -> None:
        """The new values are copied to where the old ones lie. ShapeError where their shape is another."""
        values = Backend.asarray(values)
        if values.shape != self.shape:
            raise ShapeError(
                f"Parameter: the tensor has shape {self.shape}, but values of shape {values.shape} came; "
                "a parameter keeps its shape, so build the layer with other sizes instead."
            )
        self.tensor[...] = values

    @property
    def gradient(self) -> Array | None:
        """∂ℓ/∂tensor, of the same shape; None until a backward pass has reached it."""
        return self._gradient

    @gradient.setter
    def gradient(self, gradient: Array | None) -> None:
        """None forgets it."""
        self._gradient = gradient
        self.block.vector.given = None

    @property
    def require_grad(self) -> bool:
        """Whether optimizers may change the tensor."""
        return self._require_grad

    @require_grad.setter
    def require_grad(self, require_grad: bool) -> None:
        """Plans that update the whole vector at once are compiled again."""
        self._require_grad = require_grad
        self.block.vector.current = False

    def within(self, block: Array) -> Array:
        """The parameter's place in an array laid out as its block, or in a stack of such: a view."""
        stack = block.shape[: block.ndim - len(self.block.shape)]
        place: Array = block[self.place]
        return place.reshape(stack + self.shape)

    @property
    def velocity(self) -> Array | None:
        """What an optimizer with momentum remembers; None until it has."""
        return self.state.get("velocity")

    @velocity.setter
    def velocity(self, velocity: Array | None) -> None:
        """None makes the optimizer forget it."""
        # A new dictionary: the old one, which a record may hold, does not change.
        others = {name: value for name, value in self.state.items() if name != "velocity"}
        self.state = others if velocity is None else {**others, "velocity": velocity}
