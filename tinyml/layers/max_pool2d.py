"""Max pooling."""

from __future__ import annotations

from functools import partial
from typing import Any

from tinyml.core import Array, Backend, Program
from tinyml.core.program import Operation
from tinyml.layers.buffers import LayerBuffers, samples_first
from tinyml.layers.pool2d import Pool2D, Size


class MaxPool2D(Pool2D):
    """Replaces each window by its maximum; windows may overlap.

    Forward:   y[n,c,r,s] = max of x over the window at (r·stride, s·stride).
    Backward:  each ∂ℓ/∂y is added at the position of the maximum; for ties the first in row-major order, as in PyTorch.
    Shapes:    (batch, channels, height, width) to (batch, channels, rows, columns).
    Errors:    ShapeError if the windows do not cover every row and column.
    Source:    Ranzato et al. (2007), Unsupervised learning of invariant feature hierarchies.

    With `return_index` the forward pass returns `(y, index)`: for each output the position of its maximum in
    row-major order of the image, the form that MaxUnpool2D requires.
    """

    piecewise_affine = True

    def __init__(
        self, name: str, input_dim: tuple[int, int, int], size: Size, stride: int, return_index: bool = False
    ) -> None:
        super().__init__(name, input_dim, size, stride)
        self.return_index = return_index

    def forward_program(self, at: LayerBuffers) -> Program:
        """A tournament: the first pixel of each window leads, and each larger pixel takes the lead."""
        largest = at.output
        pixel = at.scratch("pixel", largest.shape)
        first, *others = self.views(at.input, largest)
        program: Program = [(Backend.copyto, largest, first)]
        for pixels, leads in zip(others, self._leads(at), strict=True):
            program += [
                # Copies read strided memory several times as fast as arithmetic does.
                (Backend.copyto, pixel, pixels),
                (Backend.greater, pixel, largest, leads.view(bool)),
                (Backend.negative, leads, leads),  # all bits or none: 1 becomes −1
                (partial(Backend.maximum, out=largest), largest, pixel),
            ]
        return [*program, (self._let_no_number_lead, at)]

    def input_program(self, at: LayerBuffers) -> Program:
        """The tournament in reverse: the last pixel that took the lead receives the bits of the gradient, unchanged."""
        bits = f"i{at.output.itemsize}"
        left = at.scratch("left", at.output.shape)
        won = at.scratch("pixel", at.output.shape)
        first, *others = self.views(at.input_gradient, at.output)
        program: Program = [] if self.windows.tile else [(at.input_gradient.fill, 0)]
        remaining = at.output_gradient
        for pixels, leads in reversed(list(zip(others, self._leads(at), strict=True))):
            program += [
                (Backend.bitwise_and, remaining.view(bits), leads, won.view(bits)),
                (Backend.bitwise_xor, remaining.view(bits), won.view(bits), left.view(bits)),
                self._give(pixels, won),
            ]
            remaining = left
        return [*program, self._give(first, remaining)]

    def branches(self, at: LayerBuffers) -> Array:
        return self._leads(at).copy()

    def along(self, branches: Array, at: LayerBuffers) -> None:
        first, *others = self.views(at.input, at.output)
        at.output[...] = first
        for pixels, leads in zip(others, branches, strict=True):
            Backend.copyto(at.output, pixels, where=leads.view(bool))

    def _give(self, pixels: Array, gradient: Array) -> Operation:
        """Return the operation that writes the gradient if windows do not overlap, and otherwise adds it."""
        if self.windows.tile:
            return (Backend.copyto, pixels, gradient)
        return (Backend.add, pixels, gradient, pixels)

    def forward(self, input: Array) -> Any:
        output = super().forward(input)
        return (output, self._index()) if self.return_index else output

    def _let_no_number_lead(self, at: LayerBuffers) -> None:
        """Let NaN take the lead: no comparison with it is true, but it counts as the maximum, as in PyTorch."""
        # The maximum of all entries shows whether there is a NaN, a hundred times faster than a test of each entry.
        if at.output.size and Backend.isnan(at.output.max()):
            _, *others = self.views(at.input, at.output)
            for pixel, leads in zip(others, self._leads(at), strict=True):
                leads[Backend.isnan(pixel)] = -1

    def _leads(self, at: LayerBuffers) -> Array:
        """Return for each pixel of the windows except the first whether it took the lead: −1 or 0."""
        others = self.windows.height * self.windows.width - 1
        return at.scratch("leads", (others, *at.output.shape), "i1")

    def chosen(self, x: Array) -> Array:
        windows = self.unrolled(x.shape[1:], self.output_shape(x.shape[1:]))["output"].of(x)
        flat = windows.reshape(*windows.shape[:-2], -1)
        last = flat.shape[-1] - 1
        missing = Backend.isnan(flat)
        # The first maximum, or the last NaN.
        found: Array = Backend.where(
            missing.any(axis=-1), last - missing[..., ::-1].argmax(axis=-1), flat.argmax(axis=-1)
        )
        return found

    def _index(self) -> Array:
        """Return the position of each maximum of the last pass within the image, samples first."""
        plan, i = self.recall(self.ran)
        buffers = plan.buffers[i]
        place = Backend.zeros(buffers.output.shape, dtype=int)
        for number, leads in enumerate(self._leads(buffers), start=1):
            Backend.copyto(place, number, where=leads.view(bool))
        _, rows, columns, _ = buffers.output.shape
        down = Backend.arange(rows)[:, None, None] * self.windows.stride + place // self.windows.width
        across = Backend.arange(columns)[:, None] * self.windows.stride + place % self.windows.width
        return samples_first(down * self.input_dim[2] + across)
