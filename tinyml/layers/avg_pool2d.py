"""The mean of each window."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tinyml import equations as eq
from tinyml.core import Array, Backend, Program
from tinyml.expression import Number, quotient
from tinyml.layers.plain_equations import OUTPUTS, OVER_PIXELS, PIXELS, UNDER_OUTPUTS
from tinyml.layers.pool2d import Pool2D
from tinyml.layers.reasons import Explained, Index, Locals
from tinyml.layers.site import Site
from tinyml.layers.unrolled import TermSizes

if TYPE_CHECKING:
    from tinyml.explain.scope import LayerScope


class AvgPool2D(Pool2D):
    """Keeps the mean of each window; windows may overlap.

    Forward:   y[n,c,r,s] = mean of x over the window at (r·stride, s·stride).
    Backward:  each ∂ℓ/∂y is shared alike among the places of its window.
    Shapes:    (batch, channels, height, width) to (batch, channels, rows, columns).
    Errors:    ShapeError where the windows leave a row or a column over.
    Source:    LeCun et al. (1998), Gradient-based learning applied to document recognition, without its coefficients.
    """

    analytic = True
    piecewise_affine = True

    def forward_program(self, at: Site) -> Program:
        first, *others = self.views(at.input, at.output)
        sums = [(Backend.add, at.output, view, at.output) for view in others]
        return [(Backend.copyto, at.output, first), *sums, (Backend.divide, at.output, self._count(at), at.output)]

    def input_program(self, at: Site) -> Program:
        share = at.scratch("share", at.output.shape)
        views = self.views(at.input_gradient, at.output)
        return [
            (Backend.divide, at.output_gradient, self._count(at), share),
            (at.input_gradient.fill, 0),
            *[(Backend.add, view, share, view) for view in views],
        ]

    def _count(self, at: Site) -> Array:
        return at.number(self.windows.height * self.windows.width)

    def term_sizes(self, of: str, x: Array, upstream: Array, parameters: Mapping[str, Array]) -> TermSizes | None:
        area = self.windows.height * self.windows.width
        added = x if of == "output" else upstream
        spread = self.unrolled(x.shape[1:], upstream.shape[1:])[of].of(abs(added))
        return TermSizes(spread.sum(axis=(-2, -1)) / area, area)

    def explain_output(self, scope: LayerScope, at: Index) -> Explained:
        pixels, window = self.under(scope, at), self.window(scope, at)
        whole = scope.sum(len(pixels), lambda i: scope.input(*pixels[i]), lambda i: window.reshape(-1)[i:].sum())
        return Explained("y = the mean of the window", quotient(whole, Number(float(len(pixels)))))

    def input_locals(self, scope: LayerScope, at: Index) -> Locals:
        outputs = self.over(scope, at)
        share = quotient(Number(1.0), Number(float(self.windows.height * self.windows.width)))
        law = "Each ∇ is shared alike among the places of its window"
        return Locals(
            law, len(outputs), lambda i: outputs[i], lambda _: share, lambda: Backend.full(len(outputs), share.value)
        )

    def forward_equations(self, scope: eq.LayerTensors) -> list[eq.Equation]:
        y = scope.tensor("output", OUTPUTS)
        right = eq.mean(scope.seen("input", "output", UNDER_OUTPUTS), "ij")
        return [scope.forward("forward", "average", y, right)]

    def backward_equations(self, scope: eq.LayerTensors) -> list[eq.Equation]:
        count = self.windows.height * self.windows.width
        share = eq.quotient(scope.number("1", 1), scope.number(str(count), count))
        right = eq.times(share, eq.total(scope.seen("output.grad", "input_gradient", OVER_PIXELS), "ij"))
        return [scope.back("back", "average_back", scope.tensor("input.grad", PIXELS), right)]
