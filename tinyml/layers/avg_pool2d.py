"""Average pooling."""

from __future__ import annotations

from tinyml.core import Array, Backend, Program
from tinyml.layers.buffers import LayerBuffers
from tinyml.layers.pool2d import Pool2D


class AvgPool2D(Pool2D):
    """Replaces each window by its mean; windows may overlap.

    Forward:   y[n,c,r,s] = mean of x over the window at (r·stride, s·stride).
    Backward:  each ∂ℓ/∂y is divided equally among the pixels of its window.
    Shapes:    (batch, channels, height, width) to (batch, channels, rows, columns).
    Errors:    ShapeError if the windows do not cover every row and column.
    Source:    LeCun et al. (1998), Gradient-based learning applied to document recognition, without its coefficients.
    """

    analytic = True
    piecewise_affine = True

    def forward_program(self, at: LayerBuffers) -> Program:
        first, *others = self.views(at.input, at.output)
        sums = [(Backend.add, at.output, view, at.output) for view in others]
        return [(Backend.copyto, at.output, first), *sums, (Backend.divide, at.output, self._count(at), at.output)]

    def input_program(self, at: LayerBuffers) -> Program:
        share = at.scratch("share", at.output.shape)
        views = self.views(at.input_gradient, at.output)
        return [
            (Backend.divide, at.output_gradient, self._count(at), share),
            (at.input_gradient.fill, 0),
            *[(Backend.add, view, share, view) for view in views],
        ]

    def _count(self, at: LayerBuffers) -> Array:
        return at.number(self.windows.height * self.windows.width)
