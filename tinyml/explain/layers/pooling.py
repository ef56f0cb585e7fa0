"""The explanations of pooling layers, by the pixels of each window and the windows that contain a pixel."""

from __future__ import annotations

from math import isnan

from tinyml import equations as eq
from tinyml.core import Array, Backend, Index
from tinyml.explain.layers.base import LayerExplanation
from tinyml.explain.layers.plain_equations import OUTPUTS, OVER_PIXELS, PIXELS, UNDER_OUTPUTS
from tinyml.explain.local_derivatives import LocalDerivatives
from tinyml.explain.scope import LayerScope
from tinyml.expression import Comparison, Condition, Explained, Expression, Law, Number, call, choice, quotient
from tinyml.layers import AvgPool2D, MaxPool2D
from tinyml.layers.pool2d import Pool2D
from tinyml.layers.receptive_field import ReceptiveFields

_LARGEST = Condition("largest", "the largest of the window")
_NOT_LARGEST = Condition("not_largest", "another is")


class PoolExplanation(LayerExplanation[Pool2D]):
    """A pooling layer; a subclass defines the output of a window."""

    def pixels_of(self, scope: LayerScope, at: Index) -> list[Index]:
        """Return the pixels of the window of an output, in row-major order."""
        grid = self._fields(scope).pixels_of_window(at, 1)
        return [(*at[:2], *grid.at(t)[2]) for t in range(grid.count)]

    def window_of(self, scope: LayerScope, at: Index) -> Array:
        """Return the numbers of those pixels, (rows, columns)."""
        n, c, *where = at
        down, across = (i * self.layer.windows.stride for i in where)
        window: Array = scope.recorded.input[
            n, c, down : down + self.layer.windows.height, across : across + self.layer.windows.width
        ]
        return window

    def outputs_of(self, scope: LayerScope, at: Index) -> list[Index]:
        """Return the outputs whose windows contain a pixel."""
        grid = self._fields(scope).windows_of_pixel(at, 1)
        return [(*at[:2], *grid.at(t)[2]) for t in range(grid.count)]

    def _fields(self, scope: LayerScope) -> ReceptiveFields:
        return ReceptiveFields(self.layer.windows, self.layer.input_dim[1:], scope.recorded.output.shape[2:])


class AvgPool2DExplanation(PoolExplanation):
    """y = the mean of the window."""

    explains = (AvgPool2D,)

    def explain_output(self, scope: LayerScope, at: Index) -> Explained:
        pixels, window = self.pixels_of(scope, at), self.window_of(scope, at)
        whole = scope.sum(len(pixels), lambda i: scope.input(*pixels[i]), lambda i: window.reshape(-1)[i:].sum())
        return Explained(
            Law("law.pooled.mean", output="y"),
            scope.mean(whole, Number(float(len(pixels))), float(scope.recorded.output[at])),
        )

    def input_derivatives(self, scope: LayerScope, at: Index) -> LocalDerivatives:
        outputs = self.outputs_of(scope, at)
        share = quotient(Number(1.0), Number(float(self.layer.windows.height * self.layer.windows.width)))
        law = Law("law.pooled.mean.inputs", gradient="∇")
        return LocalDerivatives(
            law, len(outputs), lambda i: outputs[i], lambda _: share, lambda: Backend.full(len(outputs), share.value)
        )

    def forward_equations(self, scope: eq.LayerTensors) -> list[eq.Equation]:
        y = scope.tensor("output", OUTPUTS)
        right = eq.mean(scope.seen("input", "output", UNDER_OUTPUTS), "ij")
        return [scope.forward("forward", "average", y, right)]

    def backward_equations(self, scope: eq.LayerTensors) -> list[eq.Equation]:
        count = self.layer.windows.height * self.layer.windows.width
        share = eq.quotient(scope.number("1", 1), scope.number(str(count), count))
        right = eq.times(share, eq.total(scope.seen("output.grad", "input_gradient", OVER_PIXELS), "ij"))
        return [scope.back("back", "average_back", scope.tensor("input.grad", PIXELS), right)]


class MaxPool2DExplanation(PoolExplanation):
    """y = the maximum of the window."""

    explains = (MaxPool2D,)

    def explain_output(self, scope: LayerScope, at: Index) -> Explained:
        pixels = [scope.input(*pixel) for pixel in self.pixels_of(scope, at)]
        return Explained(Law("law.pooled.largest", output="y"), call("max", *pixels))

    def input_derivatives(self, scope: LayerScope, at: Index) -> LocalDerivatives:
        outputs = self.outputs_of(scope, at)
        return LocalDerivatives(
            self._law,
            len(outputs),
            lambda i: outputs[i],
            lambda i: self._by_winning(scope, outputs[i], at, Number(1.0)),
            lambda: Backend.asarray([float(self._winner(scope, output) == at) for output in outputs]),
        )

    def explain_input_gradient(self, scope: LayerScope, at: Index) -> Explained:
        # A selection rather than a product with 0 or 1: 0 · ∞ would be NaN, and the pass copies the gradient unchanged.
        outputs = self.outputs_of(scope, at)
        return Explained(
            self._law,
            scope.sum(
                len(outputs),
                lambda i: self._by_winning(scope, outputs[i], at, scope.output_gradient(*outputs[i])),
            ),
        )

    def forward_equations(self, scope: eq.LayerTensors) -> list[eq.Equation]:
        right = eq.largest(scope.seen("input", "output", UNDER_OUTPUTS), "ij")
        return [scope.forward("forward", "largest", scope.tensor("output", OUTPUTS), right)]

    def backward_equations(self, scope: eq.LayerTensors) -> list[eq.Equation]:
        right = eq.total(scope.seen("output.grad", "input_gradient", OVER_PIXELS), "ij", chosen=True)
        return [scope.back("back", "largest_back", scope.tensor("input.grad", PIXELS), right)]

    _law = Law("law.pooled.largest.inputs", gradient="∇")

    def _by_winning(self, scope: LayerScope, output: Index, pixel: Index, prize: Expression) -> Expression:
        cases = [(_LARGEST, prize), (_NOT_LARGEST, Number(0.0))]
        test = self._first_maximum(scope, output, pixel) if scope.folding.general else ()
        return choice(cases, int(self._winner(scope, output) != pixel), *test)

    def _first_maximum(self, scope: LayerScope, output: Index, pixel: Index) -> list[Comparison]:
        """Return what holds if an output selects a pixel: it is the maximum, and none before it is as large."""
        own, pixels = scope.input(*pixel), self.pixels_of(scope, output)
        before = [scope.input(*other) for other in pixels[: pixels.index(pixel)]]
        first = [Comparison(own, ">", call("max", *before))] if before else []
        return [Comparison(own, "≥", scope.output(*output)), *first]

    def _winner(self, scope: LayerScope, output: Index) -> Index:
        """Return the pixel that an output selects: the first maximum, or the last NaN."""
        # With numpy, since a pixel may be in a thousand windows of a thousand pixels each.
        window = self.window_of(scope, output)
        winner = int(window.argmax())
        if isnan(window.flat[winner]):
            winner = int(Backend.flatnonzero(Backend.isnan(window))[-1])
        n, c, r, s = output
        down, across = divmod(winner, self.layer.windows.width)
        return (n, c, r * self.layer.windows.stride + down, s * self.layer.windows.stride + across)
