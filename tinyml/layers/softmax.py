"""Softmax: scores into shares of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tinyml import equations as eq
from tinyml.core import Array, Backend, Index, Program, ShapeError
from tinyml.expression import Explained, Number, call, difference, product, quotient
from tinyml.layers.base import Layer
from tinyml.layers.ranges import UNIT, Range
from tinyml.layers.reasons import LocalDerivatives
from tinyml.layers.site import Site
from tinyml.layers.work import Work, input_work, output_work

if TYPE_CHECKING:
    from tinyml.explain.scope import LayerScope
    from tinyml.expression import Expression


class Softmax(Layer):
    """Turns scores along an axis into positive shares that add up to one.

    Forward:   hᵢ = e^(zᵢ − m) / Σₖ e^(zₖ − m), with m = maxₖ zₖ, which changes no share and keeps e from overflowing.
    Backward:  ∂ℓ/∂zᵢ = hᵢ (∇ᵢ − Σₖ ∇ₖ hₖ), the product with the full Jacobian hᵢ(δᵢₖ − hₖ), where ∇ = ∂ℓ/∂h.
    Shapes:    any with more than `axis` axes; the output has the shape of the input. The samples are axis 0.
    Source:    Bridle (1990), Probabilistic interpretation of feedforward classification network outputs.
    """

    elementwise = False
    reach = "axis"
    symbol = "softmax"
    analytic = True
    squashes = "softmax"

    stackable = True
    axis: int

    def __init__(self, name: str = "softmax", axis: int = 1) -> None:
        super().__init__(name)
        self.axis = axis

    def forward_program(self, at: Site) -> Program:
        return [(self._share, at)]

    def input_program(self, at: Site) -> Program:
        return [(self._spread, at)]

    def _share(self, at: Site) -> None:
        z, h, axis = at.input, at.output, self._axis(at)
        Backend.subtract(z, z.max(axis, keepdims=True), h)
        Backend.exp(h, h)
        Backend.divide(h, h.sum(axis, keepdims=True), h)

    def _spread(self, at: Site) -> None:
        h, gradient = at.output, at.input_gradient
        Backend.multiply(at.output_gradient, h, gradient)
        Backend.subtract(gradient, h * gradient.sum(self._axis(at), keepdims=True), gradient)

    def _axis(self, at: Site) -> int:
        """Where `axis`, which counts with the samples first, lies at a site: from the end, for a stack adds axes in
        front.
        """
        axes = at.output.ndim - len(at.stack)
        axis = self.axis % axes
        return axis - 1 - axes if axis else -1

    def output_shape(self, input_shape: tuple[int, ...]) -> tuple[int, ...]:
        axes = len(input_shape) + 1
        if not -axes <= self.axis < axes:
            raise ShapeError(
                f"Softmax '{self.name}': axis {self.axis} is none of the {axes} axes of a batch of samples of shape "
                f"{input_shape}; take 1 for the first after the samples."
            )
        return input_shape

    def output_range(self, input: Range) -> Range:
        return UNIT

    def normalized_over(self, input_shape: tuple[int, ...], batch: int) -> int | None:
        return (batch, *input_shape)[self.axis]

    def forward_work(self, input_shape: tuple[int, ...], batch: int) -> tuple[Work, ...]:
        return (output_work(input_shape, (batch, *input_shape)[self.axis]),)

    def backward_work(self, input_shape: tuple[int, ...], batch: int) -> tuple[Work, ...]:
        return (input_work(input_shape, (batch, *input_shape)[self.axis]),)

    def explain_output(self, scope: LayerScope, at: Index) -> Explained:
        z, line = scope.recorded.input, self._line(scope, at)
        # The largest stands for itself: max(…) of all of them in each exponential would make the formula quadratic.
        largest = scope.input(*max(line, key=lambda place: z[place]))

        def share(place: Index) -> Expression:
            return call("exp", difference(scope.input(*place), largest))

        shifted = self._along(z, at) - largest.value
        shares = scope.sum(len(line), lambda k: share(line[k]), lambda k: Backend.exp(shifted[k:]).sum())
        return Explained("hᵢ = e^(zᵢ − m) / Σₖ e^(zₖ − m), m the largest z", quotient(share(at), shares))

    def explain_input_gradient(self, scope: LayerScope, at: Index) -> Explained:
        line = self._line(scope, at)
        upstream, h = self._along(scope.recorded.output_gradient, at), self._along(scope.recorded.output, at)
        mean = scope.sum(
            len(line),
            lambda k: product(scope.output_gradient(*line[k]), scope.output(*line[k])),
            lambda k: upstream[k:] @ h[k:],
        )
        own = difference(scope.output_gradient(*at), mean)
        return Explained("∂ℓ/∂zᵢ = hᵢ (∇ᵢ − Σₖ ∇ₖhₖ)", product(scope.output(*at), own))

    def input_derivatives(self, scope: LayerScope, at: Index) -> LocalDerivatives:
        line = self._line(scope, at)

        def derivative(k: int) -> Expression:
            same = Number(1.0 if line[k] == at else 0.0)
            return product(scope.output(*line[k]), difference(same, scope.output(*at)))

        def derivatives() -> Array:
            h = self._along(scope.recorded.output, at)
            slopes: Array = h * -scope.recorded.output[at]
            own = at[self.axis % len(at)]
            slopes[own] = h[own] * (1.0 - h[own])
            return slopes

        law = "∂hₖ/∂zᵢ = hₖ (1 − hᵢ) for k = i, else hₖ (0 − hᵢ)"
        return LocalDerivatives(
            law,
            len(line),
            lambda k: line[k],
            derivative,
            derivatives,
            lambda: self._along(scope.recorded.output_gradient, at),
        )

    def backward_equations(self, scope: eq.LayerTensors) -> list[eq.Equation]:
        gradient, h, upstream, along = self._entries(scope)
        shared = eq.total(eq.times(upstream, h), along)
        return [scope.back("back", "back", gradient, eq.times(h, eq.subtract(upstream, shared)))]

    def _entries(self, scope: eq.LayerTensors) -> tuple[eq.Operand, eq.Operand, eq.Operand, str]:
        """∂ℓ/∂z, h and ∇, a column for each place along the axis, and the label of that."""
        label = eq.layout(scope.axes).axes.split()[self.axis % (scope.axes + 1)]
        laid = eq.layout(scope.axes, None if label == "n" else label)
        gradient, h, upstream = (scope.tensor(what, laid) for what in ("input.grad", "output", "output.grad"))
        return gradient, h, upstream, label

    def _line(self, scope: LayerScope, at: Index) -> list[Index]:
        """The places along the axis through one of them."""
        axis = self.axis % len(at)
        return [(*at[:axis], k, *at[axis + 1 :]) for k in range(scope.recorded.input.shape[axis])]

    def _along(self, array: Array, at: Index) -> Array:
        """The numbers of an array at those places."""
        axis = self.axis % len(at)
        along: Array = Backend.moveaxis(array, axis, -1)[at[:axis] + at[axis + 1 :]]
        return along
