"""The mean of each window."""

from __future__ import annotations

from tinyml.core import Array, Backend
from tinyml.layers.pool2d import Pool2D


class AvgPool2D(Pool2D):
    """Keeps the mean of each window; windows may overlap.

    Forward:   y[n,c,r,s] = mean of x over the window at (r·stride, s·stride).
    Backward:  each ∂ℓ/∂y is shared alike among the places of its window.
    Shapes:    (batch, channels, height, width) to (batch, channels, rows, columns).
    Errors:    ShapeError where the windows leave a row or a column over.
    Source:    LeCun et al. (1998), Gradient-based learning applied to document recognition, without its coefficients.
    """

    def forward(self, input: Array) -> Array:
        output: Array = self.windows.view(input, self.counts(input.shape[1:])).mean(axis=(2, 3))
        return output

    def backward(self, in_gradient: Array) -> Array:
        height, width = self.windows.height, self.windows.width
        share = (in_gradient / (height * width))[:, :, None, None]
        shape = (*in_gradient.shape[:2], height, width, *in_gradient.shape[2:])
        return self.windows.gathered(Backend.broadcast_to(share, shape), (self.input_dim[1], self.input_dim[2]))
