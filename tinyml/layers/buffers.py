"""The arrays that a layer computes with, at its place in a network."""

from __future__ import annotations

from typing import Any

from tinyml.core import Array, Backend, Block

Shape = tuple[int, ...]


class LayerBuffers:
    """The arrays of one layer at one place, for batches of one size. They stay the same from pass to pass, only their
    numbers change, so that a layer's programs can name them.

    Here, and nowhere else, the samples are the **last** axis: an image batch is (channels, height, width, batch).
    Then a layer's weights stand on the left of one plain matrix product, the bias is one more column of them
    against a row of ones, and every window of a convolution copies runs of neighbours.

    `input`, `output`                     what comes in and goes out, (…, batch).
    `input_with_one`                      the input in rows, (size + 1, batch), the last of them the constant 1,
                                          where the layer `takes_one`; else without that row.
    `output_gradient`, `input_gradient`   ∂ℓ/∂output and ∂ℓ/∂input, there once a backward pass is asked for.
    `input_gradient_with_one`             the gradient in rows like `input_with_one`, the last that of the constant 1.
    `slope`                               the local derivative, where the layer is a function of each entry.

    With a stack of networks all but a shared input have one more axis in front, a network each. `as_one` allows their
    products with a shared input to be computed as one: quicker, but not to the last bit what each computes by itself.
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
        """Whether one input serves the whole stack, as it does where there is none."""
        return self.input_with_one.ndim == 2

    def scratch(self, name: str, shape: Shape, dtype: Any = None) -> Array:
        """An array of the layer's own, made of zeros when it is first asked for and the same one ever after."""
        if name not in self._scratch:
            self._scratch[name] = Backend.zeros(shape, dtype=dtype or self.dtype)
        return self._scratch[name]

    def number(self, value: float) -> Array:
        """A number as an array without axes: as an operand it costs half of what a Python number costs."""
        return Backend.asarray(value, dtype=self.dtype)


def samples_first(array: Array) -> Array:
    """From the order of axes in buffers to that of everyone else: (…, batch) to (batch, …), a view."""
    return array.T if array.ndim == 2 else array.transpose(array.ndim - 1, *range(array.ndim - 1))


def samples_last(array: Array) -> Array:
    """The way back: (batch, …) to (…, batch), a view."""
    return array.T if array.ndim == 2 else array.transpose(*range(1, array.ndim), 0)
