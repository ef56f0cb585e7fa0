"""Convolution: one small set of weights, applied at every position of an image."""

from __future__ import annotations

from numpy.random import Generator

from tinyml.core import Array, Program
from tinyml.initialisers import Initialiser, library_uniform
from tinyml.layers.buffers import LayerBuffers
from tinyml.layers.conv_base import FilterBank
from tinyml.layers.sliding import Sliding
from tinyml.layers.windows import Windows


class Conv2D(FilterBank):
    """Multiplies each filter by every window of the image and sums the products, without flipping it, as in PyTorch.

    Forward:   y[n,f,r,s] = b[f] + Σ x[n,c,r·stride+i,s·stride+j] w[f,c,i,j] over c, i, j, on the padded image.
    Backward:  ∂ℓ/∂w[f,c,i,j] = Σ ∇[n,f,r,s] x[n,c,r·stride+i,s·stride+j] over n, r, s;  ∂ℓ/∂b[f] = Σ ∇[n,f,r,s];
               ∂ℓ/∂x sums ∇[n,f,r,s] w[f,c,i,j] over all windows that contain it. With `bias=False` there is no b.
    Shapes:    x (batch, channels, height, width), y (batch, filters, rows, columns), w (filters, channels, h, w),
               b (filters,).
    Errors:    ShapeError if an input has another shape, or no window fits.
    Source:    LeCun et al. (1989); as one matrix product ("im2col"), Chellapilla, Puri and Simard (2006). The
               `initialiser` draws the initial weights; the initial biases are uniform in ±√(1 / (channels · h · w)).
    """

    reads_by_row = writes_any_layout = True

    def __init__(
        self,
        name: str,
        input_dim: tuple[int, int, int],
        n_filter: int,
        h_filter: int,
        w_filter: int,
        stride: int = 1,
        padding: int = 0,
        *,
        bias: bool = True,
        initialiser: Initialiser = library_uniform,
        rng: Generator | None = None,
    ) -> None:
        windows = Windows((h_filter, w_filter), stride, padding)
        super().__init__(name, input_dim, n_filter, windows, bias, initialiser, rng)

    def forward_program(self, at: LayerBuffers) -> Program:
        """For each row of the output: (w | b) times (the windows of that row as columns, over rows of ones)."""
        sliding = Sliding(self.windows, self.biased, at)
        return [*sliding.arrange(*self._parts(at.values[self.affine])), *sliding.spread(), *sliding.forward()]

    def parameter_program(self, at: LayerBuffers) -> Program:
        """∇ times (the windows over rows of ones)ᵀ, summed over the rows of the output."""
        return Sliding(self.windows, self.biased, at).parameters(*self._parts(at.gradients[self.affine]))

    def input_program(self, at: LayerBuffers) -> Program:
        """wᵀ∇ has the contributions of each window; each pixel sums its contributions over all windows."""
        return Sliding(self.windows, self.biased, at).backward(self._parts(at.values[self.affine])[0])

    def _parts(self, affine: Array) -> tuple[Array, Array]:
        """Return the filters (filters, channels, h, w) and the biases, if any, of a block laid out like w | b."""
        depth = self.depth
        shape = (self.n_filter, self.input_dim[0], self.windows.height, self.windows.width)
        return affine[:, :depth].reshape(shape), affine[:, depth:]
