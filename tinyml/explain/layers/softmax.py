"""The explanation of softmax: quotients of exponentials and their sum along an axis."""

from __future__ import annotations

from tinyml import equations as eq
from tinyml.core import Array, Backend, Index
from tinyml.explain.layers.base import LayerExplanation
from tinyml.explain.local_derivatives import LocalDerivatives
from tinyml.explain.scope import LayerScope
from tinyml.expression import Explained, Expression, Law, Number, call, difference, product, quotient
from tinyml.layers import Softmax


class SoftmaxExplanation(LayerExplanation[Softmax]):
    """hᵢ = e^zᵢ / Σₖ e^zₖ."""

    explains = (Softmax,)

    def explain_output(self, scope: LayerScope, at: Index) -> Explained:
        z, line = scope.recorded.input, self._line(scope, at)
        # The maximum is a leaf: max(…) of all scores in each exponential would make the formula's length quadratic.
        largest = scope.input(*max(line, key=lambda place: z[place]))

        def share(place: Index) -> Expression:
            return call("exp", difference(scope.input(*place), largest))

        shifted = self._along(z, at) - largest.value
        shares = scope.sum(len(line), lambda k: share(line[k]), lambda k: Backend.exp(shifted[k:]).sum())
        return Explained(
            Law("law.softmax", formula="hᵢ = e^(zᵢ − m) / Σₖ e^(zₖ − m)", largest="m", score="z"),
            quotient(share(at), shares),
        )

    def explain_input_gradient(self, scope: LayerScope, at: Index) -> Explained:
        line = self._line(scope, at)
        upstream, h = self._along(scope.recorded.output_gradient, at), self._along(scope.recorded.output, at)
        mean = scope.sum(
            len(line),
            lambda k: product(scope.output_gradient(*line[k]), scope.output(*line[k])),
            lambda k: upstream[k:] @ h[k:],
        )
        own = difference(scope.output_gradient(*at), mean)
        return Explained(Law.equation("∂ℓ/∂zᵢ = hᵢ (∇ᵢ − Σₖ ∇ₖhₖ)"), product(scope.output(*at), own))

    def input_derivatives(self, scope: LayerScope, at: Index) -> LocalDerivatives:
        line = self._line(scope, at)

        def derivative(k: int) -> Expression:
            same = Number(1.0 if line[k] == at else 0.0)
            return product(scope.output(*line[k]), difference(same, scope.output(*at)))

        def derivatives() -> Array:
            h = self._along(scope.recorded.output, at)
            slopes: Array = h * -scope.recorded.output[at]
            own = at[self.layer.axis % len(at)]
            slopes[own] = h[own] * (1.0 - h[own])
            return slopes

        law = Law("law.cases", first="∂hₖ/∂zᵢ = hₖ (1 − hᵢ)", condition="k = i", other="hₖ (0 − hᵢ)")
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
        """Return ∂ℓ/∂z, h and ∇, with a column for each index along the axis, and the label of the axis."""
        label = eq.layout(scope.axes).axes.split()[self.layer.axis % (scope.axes + 1)]
        laid = eq.layout(scope.axes, None if label == "n" else label)
        gradient, h, upstream = (scope.tensor(what, laid) for what in ("input.grad", "output", "output.grad"))
        return gradient, h, upstream, label

    def _line(self, scope: LayerScope, at: Index) -> list[Index]:
        """Return the indices along the axis through one index."""
        axis = self.layer.axis % len(at)
        return [(*at[:axis], k, *at[axis + 1 :]) for k in range(scope.recorded.input.shape[axis])]

    def _along(self, array: Array, at: Index) -> Array:
        """Return the numbers of an array at those indices."""
        axis = self.layer.axis % len(at)
        along: Array = Backend.moveaxis(array, axis, -1)[at[:axis] + at[axis + 1 :]]
        return along
