"""How a normalization explains itself: y = γ x̂ + β, with x̂ = (x − μ) / √(σ² + ε) over numbers that share μ and σ²."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from tinyml.core import Array, Backend
from tinyml.expression import Number, call, difference, power, product, quotient, total
from tinyml.layers.base import Layer
from tinyml.layers.reasons import Explained, Index, Locals

if TYPE_CHECKING:
    from tinyml.explain.scope import LayerScope
    from tinyml.expression import Expression


class ExplainedNormalization(Layer):
    """The formulas that BatchNorm and LayerNorm share. They differ in which numbers are normalized together."""

    epsilon: float

    @abstractmethod
    def statistic(self, at: Index) -> Index:
        """Where μ and σ² of a place are."""

    @abstractmethod
    def together(self, scope: LayerScope, statistic: Index) -> list[Index]:
        """The places that share a μ and a σ²: those that are normalized together."""

    @abstractmethod
    def own(self, at: Index) -> Index:
        """Where γ and β of a place are."""

    @abstractmethod
    def places_of(self, scope: LayerScope, parameter: Index) -> list[Index]:
        """The places that a γ and a β serve."""

    def moves_along(self, scope: LayerScope) -> bool:
        """Whether μ and σ² depend on the input."""
        return True

    def explain_output(self, scope: LayerScope, at: Index) -> Explained:
        gamma, beta = scope.parameter("gamma", *self.own(at)), scope.parameter("beta", *self.own(at))
        return Explained("y = γ x̂ + β", total([product(gamma, scope.kept("normalized", *at)), beta]))

    def explain_kept(self, scope: LayerScope, name: str, at: Index) -> Explained:
        if name == "normalized":
            shifted = difference(scope.input(*at), scope.kept("mean", *self.statistic(at)))
            return Explained("x̂ = (x − μ) / √(σ² + ε)", quotient(shifted, self._deviation(scope, at)))
        if not self.moves_along(scope):
            return Explained("the running one, which does not depend on x", scope.kept(name, *at))
        places, x = self.together(scope, at), scope.recorded.input
        if name == "mean":
            whole = scope.sum(len(places), lambda i: scope.input(*places[i]), lambda i: _taken(x, places[i:]).sum())
            return Explained("μ = Σ x / M over the numbers that are normalized together", self._mean(whole, places))
        mean = scope.kept("mean", *at)
        squares = scope.sum(
            len(places),
            lambda i: power(difference(scope.input(*places[i]), mean), Number(2.0)),
            lambda i: ((_taken(x, places[i:]) - mean.value) ** 2).sum(),
        )
        return Explained("σ² = Σ (x − μ)² / M", self._mean(squares, places))

    def explain_input_gradient(self, scope: LayerScope, at: Index) -> Explained:
        own = self._inner(scope, at)
        if not self.moves_along(scope):
            return Explained("∂ℓ/∂x = γ∇ / √(σ² + ε)", quotient(own, self._deviation(scope, at)))
        places = self.together(scope, self.statistic(at))
        upstream, normalized = scope.recorded.output_gradient, scope.recorded.kept["normalized"]
        gamma = scope.recorded.parameters["gamma"].value

        def inner(some: list[Index]) -> Array:
            return _taken(upstream, some) * _taken(gamma, [self.own(place) for place in some])

        plain = scope.sum(len(places), lambda i: self._inner(scope, places[i]), lambda i: inner(places[i:]).sum())
        weighed = scope.sum(
            len(places),
            lambda i: product(self._inner(scope, places[i]), scope.kept("normalized", *places[i])),
            lambda i: inner(places[i:]) @ _taken(normalized, places[i:]),
        )
        along = product(scope.kept("normalized", *at), self._mean(weighed, places))
        moved = difference(difference(own, self._mean(plain, places)), along)
        law = "∂ℓ/∂x = (g − mean g − x̂ mean(g x̂)) / √(σ² + ε), with g = γ∇"
        return Explained(law, quotient(moved, self._deviation(scope, at)))

    def input_locals(self, scope: LayerScope, at: Index) -> Locals:
        places = self.together(scope, self.statistic(at)) if self.moves_along(scope) else [at]

        def derivative(i: int) -> Expression:
            gamma = scope.parameter("gamma", *self.own(places[i]))
            slope = quotient(gamma, self._deviation(scope, at))
            if not self.moves_along(scope):
                return slope
            share = quotient(Number(1.0), Number(float(len(places)), "M"))
            both = product(scope.kept("normalized", *at), scope.kept("normalized", *places[i]), share)
            same = Number(1.0 if places[i] == at else 0.0)
            return product(slope, difference(difference(same, share), both))

        law = "∂yₖ/∂xᵢ = γₖ / √(σ² + ε) · (1 or 0 − 1/M − x̂ᵢ x̂ₖ / M), 1 for k = i"
        return Locals(law, len(places), lambda i: places[i], derivative)

    def parameter_locals(self, scope: LayerScope, name: str, at: Index) -> Locals:
        places, upstream = self.places_of(scope, at), scope.recorded.output_gradient
        if name == "beta":
            return Locals(
                "∂ℓ/∂β = Σ ∇",
                len(places),
                lambda i: places[i],
                lambda _: Number(1.0),
                lambda: Backend.ones(len(places)),
                lambda: _taken(upstream, places),
            )
        normalized = scope.recorded.kept["normalized"]
        return Locals(
            "∂ℓ/∂γ = Σ ∇ x̂",
            len(places),
            lambda i: places[i],
            lambda i: scope.kept("normalized", *places[i]),
            lambda: _taken(normalized, places),
            lambda: _taken(upstream, places),
        )

    def _inner(self, scope: LayerScope, at: Index) -> Expression:
        return product(scope.parameter("gamma", *self.own(at)), scope.output_gradient(*at))

    def _deviation(self, scope: LayerScope, at: Index) -> Expression:
        variance = scope.kept("variance", *self.statistic(at))
        return call("sqrt", total([variance, Number(self.epsilon, "ε")]))

    @staticmethod
    def _mean(whole: Expression, places: list[Index]) -> Expression:
        return quotient(whole, Number(float(len(places)), "M"))


def _taken(array: Array, places: list[Index]) -> Array:
    """The numbers of an array at some places."""
    taken: Array = array[tuple(zip(*places, strict=True))]
    return taken
