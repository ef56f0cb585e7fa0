"""Convolution over sequences: one small set of weights, applied at every position of a sequence."""

from __future__ import annotations

from numpy.random import Generator

from tinyml.core import Array, Program
from tinyml.core.products import product
from tinyml.initialisers import Initialiser, library_uniform
from tinyml.layers.buffers import LayerBuffers
from tinyml.layers.conv_base import FilterBank
from tinyml.layers.windows import Windows


class Conv1D(FilterBank):
    """Multiplies each filter by every window of the sequence and sums the products, without flipping it, as in PyTorch.

    Forward:   y[n,f,s] = b[f] + Σ x[n,c,s·stride+j] w[f,c,j] over c, j, on the padded sequence.
    Backward:  ∂ℓ/∂w[f,c,j] = Σ ∇[n,f,s] x[n,c,s·stride+j] over n, s;  ∂ℓ/∂b[f] = Σ ∇[n,f,s];
               ∂ℓ/∂x sums ∇[n,f,s] w[f,c,j] over all windows that contain it. With `bias=False` there is no b.
    Shapes:    x (batch, channels, length), y (batch, filters, windows), w (filters, channels, w_filter), b (filters,).
    Errors:    ShapeError if an input has another shape, or no window fits.
    Source:    Waibel et al. (1989), Phoneme recognition using time-delay neural networks; PyTorch's `Conv1d`. The
               `initialiser` draws the initial weights; the initial biases are uniform in ±√(1 / (channels · w_filter)).
    """

    def __init__(
        self,
        name: str,
        input_dim: tuple[int, int],
        n_filter: int,
        w_filter: int,
        stride: int = 1,
        padding: int = 0,
        *,
        bias: bool = True,
        initialiser: Initialiser = library_uniform,
        rng: Generator | None = None,
    ) -> None:
        super().__init__(name, input_dim, n_filter, Windows((w_filter,), stride, padding), bias, initialiser, rng)

    def forward_program(self, at: LayerBuffers) -> Program:
        """(w | b) times (the windows as columns, over a row of ones)."""
        windows = self._windows(at)
        if self.biased:
            windows[self.depth :] = 1
        spread = self.windows.spread(at.input, self._split(windows, at))
        return [*spread, *product(at.values[self.affine], windows, self._rows(at.output))]

    def parameter_program(self, at: LayerBuffers) -> Program:
        """∇ times (the windows over a row of ones)ᵀ, whose last column is the gradient of b."""
        return product(self._rows(at.output_gradient), self._windows(at).T, at.gradients[self.affine])

    def input_program(self, at: LayerBuffers) -> Program:
        """wᵀ∇ has the contributions of each window; each number sums its contributions over all windows."""
        changes = at.scratch("changes", (self.depth, self._windows(at).shape[1]))
        filters = at.values[self.affine][:, : self.depth]
        return [
            *product(filters.T, self._rows(at.output_gradient), changes),
            (at.input_gradient.fill, 0),
            *self.windows.gather(self._split(changes, at), at.input_gradient),
        ]

    def _windows(self, at: LayerBuffers) -> Array:
        """Return the windows of all samples as columns; with a bias, over a row of ones."""
        _, count, batch = at.output.shape
        return at.scratch("windows", (self.depth + self.biased, count * batch))

    def _split(self, windows: Array, at: LayerBuffers) -> Array:
        """Return a view of the windows as (channels, w_filter, windows, batch), without the ones."""
        return windows[: self.depth].reshape(self.input_dim[0], self.windows.width, *at.output.shape[1:])

    def _rows(self, outputs: Array) -> Array:
        """Return outputs as a matrix with a row for each filter."""
        filters, count, batch = outputs.shape
        return outputs.reshape(filters, count * batch)
