"""Parameters: tensors that training changes, and the memory of their values."""

from __future__ import annotations

from math import prod
from typing import Any

from tinyml.core.backend import Array, Backend
from tinyml.core.errors import ShapeError


class Block:
    """An array that one or more parameters share.

    A layer that multiplies by its weights and adds its bias keeps both in one block, so that one product computes both.
    A network moves the blocks of its layers into one vector, so that one operation updates them all: `vector` is the
    vector that contains the block, `start` the block's first position in it.
    """

    def __init__(self, array: Array) -> None:
        # Integers cannot be trained: every update would be truncated to integers.
        kind = array.dtype if Backend.issubdtype(array.dtype, Backend.inexact) else float
        self.shape = array.shape
        self.size = prod(array.shape)
        self.vector = Vector(Backend.array(array, dtype=kind).reshape(-1))
        self.start = 0

    @property
    def array(self) -> Array:
        """The values, as a view."""
        return self.within(self.vector.values)

    def within(self, vector: Array) -> Array:
        """Return a view of the block's part of a vector laid out like the present one."""
        return vector[self.start : self.start + self.size].reshape(self.shape)


class Vector:
    """One vector with the values of several blocks, in order.

    `current`  False after the values have moved to another vector, or when they can no longer be updated in one
               operation: code that keeps views of `values` checks it first.
    `given`    the plan that set the parameters' present gradients and need not set them again; None if a gradient
               was set since.
    """

    def __init__(self, values: Array) -> None:
        self.values = values
        self.current = True
        self.given: object = None

    def __getstate__(self) -> dict[str, object]:
        # `given` is a whole plan, which did not set the gradients of a copy.
        return {**vars(self), "given": None}


def gather(blocks: list[Block], dtype: Any = None) -> Vector:
    """Move blocks into a new vector and return it; its dtype is the given one, or the common dtype of all blocks."""
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

    `tensor`        the values, as a view of the block. Assignment copies new values into the block. Building a network
                    of the layer, or `astype`, moves the values, which makes earlier views stale.
    `gradient`      ∂ℓ/∂tensor, of the same shape; None before a backward pass has computed it. After
                    `Learner.batch_fit` it is the array that training uses, and the next step overwrites it.
    `state`         state of the optimizer by name, such as "velocity"; empty before the first update.
    `require_grad`  False prevents optimizers from changing the tensor.
    `is_bias`       whether its layer adds it, as b and β, rather than multiplies by it.
    `lr_factor`     optimizers multiply their learning rate by it, at least 0; 1 by default.
    Errors:         ShapeError if the assigned values have another shape.
    """

    def __init__(
        self,
        tensor: Array,
        require_grad: bool = True,
        *,
        block: Block | None = None,
        place: Any = ...,
        is_bias: bool = False,
    ) -> None:
        """Create a parameter; its values are `block.array[place]` if a block is given, else a new block."""
        tensor = Backend.asarray(tensor)
        self.block = block or Block(tensor)
        self.place = place
        self.shape = tensor.shape
        self.is_bias = is_bias
        self._require_grad = require_grad
        self._lr_factor = 1.0
        self._gradient: Array | None = None
        self.state: dict[str, Array] = {}
        self.tensor = tensor

    @property
    def tensor(self) -> Array:
        """The values, as a view of the block."""
        return self.within(self.block.array)

    @tensor.setter
    def tensor(self, values: Array) -> None:
        """Copy new values into the block. Raises ShapeError if their shape differs."""
        values = Backend.asarray(values)
        if values.shape != self.shape:
            raise ShapeError(
                f"Parameter: the tensor has shape {self.shape}, got values of shape {values.shape}; "
                "a parameter keeps its shape, so build the layer with other sizes instead."
            )
        self.tensor[...] = values

    @property
    def gradient(self) -> Array | None:
        """∂ℓ/∂tensor, of the same shape; None before a backward pass has computed it."""
        return self._gradient

    @gradient.setter
    def gradient(self, gradient: Array | None) -> None:
        """Set the gradient; None removes it."""
        self._gradient = gradient
        self.block.vector.given = None

    @property
    def require_grad(self) -> bool:
        """Whether optimizers may change the tensor."""
        return self._require_grad

    @require_grad.setter
    def require_grad(self, require_grad: bool) -> None:
        """Set whether optimizers may change the tensor; plans that update the whole vector are compiled again."""
        self._require_grad = require_grad
        self.block.vector.current = False

    @property
    def lr_factor(self) -> float:
        """By what optimizers multiply their learning rate."""
        return self._lr_factor

    @lr_factor.setter
    def lr_factor(self, lr_factor: float) -> None:
        """Set the factor; plans that update the whole vector are compiled again."""
        self._lr_factor = lr_factor
        self.block.vector.current = False

    def within(self, block: Array) -> Array:
        """Return a view of the parameter's part of an array laid out like its block, or of a stack of such arrays."""
        stack = block.shape[: block.ndim - len(self.block.shape)]
        place: Array = block[self.place]
        return place.reshape(stack + self.shape)

    @property
    def velocity(self) -> Array | None:
        """The velocity of an optimizer with momentum; None before its first update."""
        return self.state.get("velocity")

    @velocity.setter
    def velocity(self, velocity: Array | None) -> None:
        """Set the velocity; None removes it."""
        # A new dictionary, since a record may refer to the old one.
        others = {name: value for name, value in self.state.items() if name != "velocity"}
        self.state = others if velocity is None else {**others, "velocity": velocity}
