"""The arrays of a layer at its place in a network."""

from __future__ import annotations

from typing import Any

from tinyml.core import Array, Backend, Block

Shape = tuple[int, ...]


class LayerBuffers:
    """The arrays of one layer at one place, for batches of one size. The arrays are the same in all passes, and only
    their values change, so that a layer's programs can refer to them.

    In these arrays only, the samples are the **last** axis: an image batch is (channels, height, width, batch).
    A layer's weights are then the left factor of one matrix product, the bias is one more column of the weights
    that is multiplied by a row of ones, and the windows of a convolution are copied in contiguous blocks.

    `input`, `output`                     the input and output of the layer, (…, batch).
    `input_with_one`                      the input as rows, (size + 1, batch), the last of them the constant 1, if
                                          the layer `takes_one`; else without that row.
    `output_gradient`, `input_gradient`   ∂ℓ/∂output and ∂ℓ/∂input, allocated for the first backward pass.
    `input_gradient_with_one`             the gradient as rows like `input_with_one`, the last for the constant 1.
    `slope`                               the local derivative of an elementwise layer.

    For a stack of networks all arrays except a shared input have one more axis in front, with one entry for each
    network. `as_one` allows their products with a shared input to be computed as one product: this is faster, but the
    last bits can differ from those of each network alone.
    """

    def __init__(self, dtype: Any, batch: int, stack: Shape = (), as_one: bool = False) -> None:
        self.dtype = dtype
        self.batch = batch
        self.stack = stack
        self.as_one = as_one
        self.input: Array = Backend.empty(0)
        self.input_with_one: Array = Backend.empty(0)
        self.output: Array = Backend.empty(0)
        self.output_gradient: Array = Backend.empty(0)
        self.input_gradient: Array = Backend.empty(0)
        self.input_gradient_with_one: Array = Backend.empty(0)
        self.slope: Array = Backend.empty(0)
        self.values: dict[Block, Array] = {}
        self.gradients: dict[Block, Array] = {}
        self._scratch: dict[str, Array] = {}

    @property
    def shares_input(self) -> bool:
        """Whether the whole stack has one shared input; also true without a stack."""
        return self.input_with_one.ndim == 2

    def scratch(self, name: str, shape: Shape, dtype: Any = None) -> Array:
        """Return a work array of the layer: zeros at the first call, and the same array at later calls."""
        if name not in self._scratch:
            self._scratch[name] = Backend.zeros(shape, dtype=dtype or self.dtype)
        return self._scratch[name]

    def number(self, value: float) -> Array:
        """Return a number as an array without axes: as an operand it takes half the time of a Python number."""
        return Backend.asarray(value, dtype=self.dtype)


def samples_first(array: Array) -> Array:
    """Return a view with the samples as the first axis: (…, batch) to (batch, …)."""
    return array.T if array.ndim == 2 else array.transpose(array.ndim - 1, *range(array.ndim - 1))


def samples_last(array: Array) -> Array:
    """Return a view with the samples as the last axis, as in buffers: (batch, …) to (…, batch)."""
    return array.T if array.ndim == 2 else array.transpose(*range(1, array.ndim), 0)
