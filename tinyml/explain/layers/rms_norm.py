"""The explanation of root mean square normalization: y = γ x̂, with x̂ = x / √(mean x² + ε) over each sample."""

from __future__ import annotations

from tinyml import equations as eq
from tinyml.core import Array, Backend, Index
from tinyml.explain.index_slice import IndexSlice
from tinyml.explain.layers.base import LayerExplanation
from tinyml.explain.layers.normalization import scale
from tinyml.explain.local_derivatives import LocalDerivatives
from tinyml.explain.scope import LayerScope
from tinyml.expression import Explained, Expression, Law, Number, call, difference, power, product, quotient, total
from tinyml.layers import RMSNorm
from tinyml.layers.normalized import squares_in_range


class RMSNormExplanation(LayerExplanation[RMSNorm]):
    """All numbers of a sample share the root of the mean of their squares."""

    explains = (RMSNorm,)

    def explain_output(self, scope: LayerScope, at: Index) -> Explained:
        return Explained(
            Law.equation("y = γ x̂"), product(scope.parameter("gamma", *at[1:]), scope.saved("normalized", *at))
        )

    def explain_saved(self, scope: LayerScope, name: str, at: Index) -> Explained:
        return Explained(Law.equation("x̂ = x / √(Σ x² / M + ε)"), quotient(scope.input(*at), self._root(scope, at)))

    def explain_input_gradient(self, scope: LayerScope, at: Index) -> Explained:
        places = self._sample(scope, at)
        normalized = places.of(scope.recorded.saved["normalized"])
        inner = places.of(scope.recorded.output_gradient) * scope.recorded.parameters["gamma"].value.reshape(-1)
        weighed = scope.sum(
            places.count,
            lambda i: product(self._inner(scope, places.at(i)), scope.saved("normalized", *places.at(i))),
            lambda i: inner[i:] @ normalized[i:],
        )
        along = product(scope.saved("normalized", *at), quotient(weighed, Number(float(places.count), "M")))
        law = Law("law.normalized", formula="∂ℓ/∂x = (g − x̂ mean(g x̂)) / √(Σ x² / M + ε)", definition="g = γ∇")
        moved = difference(self._inner(scope, at), along)
        return Explained(law, quotient(moved, self._root(scope, at)), gathered=weighed)

    def input_derivatives(self, scope: LayerScope, at: Index) -> LocalDerivatives:
        places, gamma = self._sample(scope, at), scope.recorded.parameters["gamma"].value.reshape(-1)

        def derivative(i: int) -> Expression:
            place = places.at(i)
            slope = quotient(scope.parameter("gamma", *place[1:]), self._root(scope, at))
            share = quotient(Number(1.0), Number(float(places.count), "M"))
            both = product(scope.saved("normalized", *at), scope.saved("normalized", *place), share)
            return product(slope, difference(Number(1.0 if place == at else 0.0), both))

        def derivatives() -> Array:
            normalized = scope.recorded.saved["normalized"]
            same = Backend.zeros(places.count)
            same[places.number(at)] = 1.0
            moved = same - normalized[at] * places.of(normalized) * (1.0 / places.count)
            slopes: Array = gamma / self._root(scope, at).value * moved
            return slopes

        formula = "∂yₖ/∂xᵢ = γₖ / √(Σ x² / M + ε) · (δ − x̂ᵢ x̂ₖ / M)"
        law = Law("law.normalized.local", formula=formula, one="δ = 1", same="k = i", zero="δ = 0")
        upstream = scope.recorded.output_gradient
        return LocalDerivatives(law, places.count, places.at, derivative, derivatives, lambda: places.of(upstream))

    def parameter_derivatives(self, scope: LayerScope, name: str, at: Index) -> LocalDerivatives:
        places, normalized = IndexSlice((None, *at), scope.recorded.input.shape), scope.recorded.saved["normalized"]
        upstream = scope.recorded.output_gradient
        return LocalDerivatives(
            Law.equation("∂ℓ/∂γ = Σ ∇ x̂"),
            places.count,
            places.at,
            lambda i: scope.saved("normalized", *places.at(i)),
            lambda: places.of(normalized),
            lambda: places.of(upstream),
        )

    def forward_equations(self, scope: eq.LayerTensors) -> list[eq.Equation]:
        x, normalized, gamma, over = self._tensors(scope, "input", "normalized")
        scaled = eq.times(gamma, normalized)
        return [
            scope.forward("normalized", "normalized", normalized, eq.quotient(x, self._divisor(scope, x, over))),
            scope.forward("output", "scaled", self._tensors(scope, "output", "output")[0], scaled),
        ]

    def backward_equations(self, scope: eq.LayerTensors) -> list[eq.Equation]:
        upstream, normalized, gamma, over = self._tensors(scope, "output.grad", "normalized")
        x, gradient, _, _ = self._tensors(scope, "input", "input.grad")
        inner = eq.times(gamma, upstream)
        weighed = eq.times(normalized, eq.mean(eq.times(gamma, upstream, normalized), over))
        right = eq.quotient(eq.subtract(inner, weighed), self._divisor(scope, x, over))
        learnt = scope.tensor("gamma.grad", self._own(scope))
        return [
            scope.learnt("gamma", "gamma", learnt, eq.total(eq.times(upstream, normalized), "n")),
            scope.back("back", "back", gradient, right),
        ]

    def _divisor(self, scope: eq.LayerTensors, x: eq.Operand, over: str) -> eq.Node:
        """Return √(mean x² + ε)."""
        squares = eq.mean(eq.power(x, eq.Scalar("2", 2.0)), over)
        return eq.root(eq.add(squares, scope.number("ε", self.layer.epsilon)))

    def _tensors(self, scope: eq.LayerTensors, one: str, other: str) -> tuple[eq.Operand, eq.Operand, eq.Operand, str]:
        """Return two tensors with a number for each entry, γ, and the labels of a sample."""
        laid = eq.layout(scope.axes)
        over = laid.axes.replace(" ", "").replace("n", "", 1)
        return scope.tensor(one, laid), scope.tensor(other, laid), scope.tensor("gamma", self._own(scope)), over

    @staticmethod
    def _own(scope: eq.LayerTensors) -> eq.Layout:
        laid = eq.layout(scope.axes)
        return eq.Layout(laid.axes.removeprefix("n "), laid.rows.replace("n", ""), laid.columns)

    @staticmethod
    def _sample(scope: LayerScope, at: Index) -> IndexSlice:
        return IndexSlice(at[:1], scope.recorded.input.shape)

    def _inner(self, scope: LayerScope, at: Index) -> Expression:
        return product(scope.parameter("gamma", *at[1:]), scope.output_gradient(*at))

    def _root(self, scope: LayerScope, at: Index) -> Expression:
        """Return √(Σ x² / M + ε) of the sample; as s √(Σ (x / s)² / M + ε / s²), with s a power of two, if squares
        leave the range.
        """
        places = self._sample(scope, at)
        x = places.of(scope.recorded.input)
        epsilon = Number(self.layer.epsilon, "ε")
        if not squares_in_range((x * x).mean(keepdims=True) + self.layer.epsilon):
            s = scale(x, self.layer.epsilon)
            divided = scope.sum(
                places.count,
                lambda i: power(quotient(scope.input(*places.at(i)), s), Number(2.0)),
                lambda i: ((x[i:] / s.value) ** 2).sum(),
            )
            mean = quotient(divided, Number(float(places.count), "M"))
            return product(s, call("sqrt", total([mean, quotient(quotient(epsilon, s), s)])))
        squares = scope.sum(
            places.count,
            lambda i: power(scope.input(*places.at(i)), Number(2.0)),
            lambda i: (x[i:] ** 2).sum(),
        )
        mean = quotient(squares, Number(float(places.count), "M"))
        return call("sqrt", total([mean, epsilon]))
