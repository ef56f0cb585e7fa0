"""The explanations of normalizations: y = γ x̂ + β, with x̂ = (x − μ) / √(σ² + ε) over numbers that share μ and σ²."""

from __future__ import annotations

from abc import abstractmethod
from math import isfinite

from tinyml.core import Array, Backend, Index
from tinyml.explain.index_slice import IndexSlice
from tinyml.explain.layers.normalization_equations import NormalizationEquations
from tinyml.explain.local_derivatives import LocalDerivatives
from tinyml.explain.scope import LayerScope
from tinyml.expression import Explained, Expression, Law, Number, call, difference, power, product, quotient, total
from tinyml.layers import BatchNorm, LayerNorm
from tinyml.layers.normalized import scaled, squares_in_range
from tinyml.trace import LayerTrace


def scale(x: Array, epsilon: float) -> Number:
    """Return the power of two by which the layer divides numbers whose squares leave the range."""
    return Number(2.0 ** int(scaled(x.ravel(), (0,), epsilon).exponent[0]))


class NormalizationExplanation(NormalizationEquations):
    """The formulas that BatchNorm and LayerNorm share. They differ in which numbers are normalized together."""

    @abstractmethod
    def statistic(self, at: Index) -> Index:
        """Return the index of μ and σ² for an index of the input."""

    @abstractmethod
    def together(self, scope: LayerScope, statistic: Index) -> IndexSlice:
        """Return the indices that share a μ and a σ²: those that are normalized together."""

    @abstractmethod
    def own(self, at: Index) -> Index:
        """Return the index of γ and β for an index of the input."""

    @abstractmethod
    def widths(self, gamma: Array, statistic: Index) -> Array:
        """Return the γ of those indices: one for each, or one for all."""

    @abstractmethod
    def places_of(self, scope: LayerScope, parameter: Index) -> IndexSlice:
        """Return the indices that use the same γ and β."""

    def moves_along(self, recorded: LayerTrace) -> bool:
        """Return whether μ and σ² depend on the input."""
        return True

    def explain_output(self, scope: LayerScope, at: Index) -> Explained:
        gamma, beta = scope.parameter("gamma", *self.own(at)), scope.parameter("beta", *self.own(at))
        return Explained(Law.equation("y = γ x̂ + β"), total([product(gamma, scope.saved("normalized", *at)), beta]))

    def explain_saved(self, scope: LayerScope, name: str, at: Index) -> Explained:
        if name == "normalized":
            return Explained(Law.equation("x̂ = (x − μ) / √(σ² + ε)"), self._normalized(scope, at, self.statistic(at)))
        if not self.moves_along(scope.recorded):
            return Explained(Law("law.running.used", input="x"), scope.saved(name, *at))
        places = self.together(scope, at)
        x = places.of(scope.recorded.input)
        if name == "mean":
            whole = scope.sum(places.count, lambda i: scope.input(*places.at(i)), lambda i: x[i:].sum())
            count = Number(float(places.count), "M")
            found = scope.mean(whole, count, float(scope.recorded.saved[name][at]))
            if not isfinite(found.value):
                s = self._scale(scope, at)
                terms = scope.sum(
                    places.count, lambda i: quotient(scope.input(*places.at(i)), s), lambda i: (x[i:] / s.value).sum()
                )
                found = product(self._mean(terms, places), s)
            return Explained(Law("law.mean", formula="μ = Σ x / M"), found)
        mean = scope.saved("mean", *at)
        squares = scope.sum(
            places.count,
            lambda i: power(difference(scope.input(*places.at(i)), mean), Number(2.0)),
            lambda i: ((x[i:] - mean.value) ** 2).sum(),
        )
        found = self._mean(squares, places)
        if not self._in_range(scope, at) and isfinite(scope.saved("variance", *at).value):
            s = self._scale(scope, at)
            found = product(self._scaled_variance(scope, at), s, s)
        return Explained(Law.equation("σ² = Σ (x − μ)² / M"), found)

    def explain_input_gradient(self, scope: LayerScope, at: Index) -> Explained:
        own = self._inner(scope, at)
        if not self.moves_along(scope.recorded):
            return Explained(Law.equation("∂ℓ/∂x = γ∇ / √(σ² + ε)"), quotient(own, self._deviation(scope, at)))
        places = self.together(scope, self.statistic(at))
        normalized = places.of(scope.recorded.saved["normalized"])
        inner = places.of(scope.recorded.output_gradient) * self._widths(scope, at)
        plain = scope.sum(places.count, lambda i: self._inner(scope, places.at(i)), lambda i: inner[i:].sum())
        weighed = scope.sum(
            places.count,
            lambda i: product(self._inner(scope, places.at(i)), scope.saved("normalized", *places.at(i))),
            lambda i: inner[i:] @ normalized[i:],
        )
        along = product(scope.saved("normalized", *at), self._mean(weighed, places))
        moved = difference(difference(own, self._mean(plain, places)), along)
        law = Law("law.normalized", formula="∂ℓ/∂x = (g − mean g − x̂ mean(g x̂)) / √(σ² + ε)", definition="g = γ∇")
        return Explained(law, quotient(moved, self._deviation(scope, at)), gathered=plain)

    def input_derivatives(self, scope: LayerScope, at: Index) -> LocalDerivatives:
        formula = "∂yₖ/∂xᵢ = γₖ / √(σ² + ε) · (δ − 1/M − x̂ᵢ x̂ₖ / M)"
        law = Law("law.normalized.local", formula=formula, one="δ = 1", same="k = i", zero="δ = 0")
        if not self.moves_along(scope.recorded):
            gamma = scope.parameter("gamma", *self.own(at))
            return LocalDerivatives(law, 1, lambda _: at, lambda _: quotient(gamma, self._deviation(scope, at)))
        places = self.together(scope, self.statistic(at))

        def derivative(i: int) -> Expression:
            place = places.at(i)
            slope = quotient(scope.parameter("gamma", *self.own(place)), self._deviation(scope, at))
            share = quotient(Number(1.0), Number(float(places.count), "M"))
            both = product(scope.saved("normalized", *at), scope.saved("normalized", *place), share)
            same = Number(1.0 if place == at else 0.0)
            return product(slope, difference(difference(same, share), both))

        def derivatives() -> Array:
            normalized, share = scope.recorded.saved["normalized"], 1.0 / places.count
            same = Backend.zeros(places.count)
            same[places.number(at)] = 1.0
            moved = (same - share) - normalized[at] * places.of(normalized) * share
            slopes: Array = self._widths(scope, at) / self._deviation(scope, at).value * moved
            return slopes

        upstream = scope.recorded.output_gradient
        return LocalDerivatives(law, places.count, places.at, derivative, derivatives, lambda: places.of(upstream))

    def parameter_derivatives(self, scope: LayerScope, name: str, at: Index) -> LocalDerivatives:
        places, upstream = self.places_of(scope, at), scope.recorded.output_gradient
        if name == "beta":
            return LocalDerivatives(
                Law.equation("∂ℓ/∂β = Σ ∇"),
                places.count,
                places.at,
                lambda _: Number(1.0),
                lambda: Backend.ones(places.count),
                lambda: places.of(upstream),
            )
        normalized = scope.recorded.saved["normalized"]
        return LocalDerivatives(
            Law.equation("∂ℓ/∂γ = Σ ∇ x̂"),
            places.count,
            places.at,
            lambda i: scope.saved("normalized", *places.at(i)),
            lambda: places.of(normalized),
            lambda: places.of(upstream),
        )

    def _inner(self, scope: LayerScope, at: Index) -> Expression:
        return product(scope.parameter("gamma", *self.own(at)), scope.output_gradient(*at))

    def _normalized(self, scope: LayerScope, at: Index, statistic: Index) -> Expression:
        """Return (x − μ) / √(σ² + ε); with x / s and μ / s, if σ² leaves the range."""
        x, mean = scope.input(*at), scope.saved("mean", *statistic)
        if self._in_range(scope, statistic):
            return quotient(difference(x, mean), self._deviation(scope, at))
        s = self._scale(scope, statistic)
        return quotient(difference(quotient(x, s), quotient(mean, s)), self._scaled_deviation(scope, statistic))

    def _deviation(self, scope: LayerScope, at: Index) -> Expression:
        """Return √(σ² + ε); as s √(σ² / s² + ε / s²), with s a power of two, if σ² leaves the range."""
        statistic = self.statistic(at)
        if not self._in_range(scope, statistic):
            return product(self._scale(scope, statistic), self._scaled_deviation(scope, statistic))
        return call("sqrt", total([scope.saved("variance", *statistic), Number(self.layer.epsilon, "ε")]))

    def _in_range(self, scope: LayerScope, statistic: Index) -> bool:
        # In evaluation mode the running variance is used unchanged.
        variance = scope.recorded.saved["variance"][statistic]
        return not self.moves_along(scope.recorded) or squares_in_range(variance + self.layer.epsilon)

    def _scale(self, scope: LayerScope, statistic: Index) -> Number:
        return scale(self.together(scope, statistic).of(scope.recorded.input), self.layer.epsilon)

    def _scaled_deviation(self, scope: LayerScope, statistic: Index) -> Expression:
        s, epsilon = self._scale(scope, statistic), Number(self.layer.epsilon, "ε")
        return call("sqrt", total([self._scaled_variance(scope, statistic), quotient(quotient(epsilon, s), s)]))

    def _scaled_variance(self, scope: LayerScope, statistic: Index) -> Expression:
        """Return Σ (x / s − μ / s)² / M."""
        places, s = self.together(scope, statistic), self._scale(scope, statistic)
        numbers, mean = places.of(scope.recorded.input) / s.value, quotient(scope.saved("mean", *statistic), s)
        squares = scope.sum(
            places.count,
            lambda i: power(difference(quotient(scope.input(*places.at(i)), s), mean), Number(2.0)),
            lambda i: ((numbers[i:] - mean.value) ** 2).sum(),
        )
        return self._mean(squares, places)

    def _widths(self, scope: LayerScope, at: Index) -> Array:
        return self.widths(scope.recorded.parameters["gamma"].value, self.statistic(at))

    @staticmethod
    def _mean(whole: Expression, places: IndexSlice) -> Expression:
        return quotient(whole, Number(float(places.count), "M"))


class BatchNormExplanation(NormalizationExplanation):
    """Each feature is normalized over the batch, and its running mean and variance are updated."""

    explains = (BatchNorm,)

    layer: BatchNorm

    def moves_along(self, recorded: LayerTrace) -> bool:
        return recorded.training

    def explain_running_state(self, scope: LayerScope, name: str, at: Index) -> Explained:
        before, share = scope.running_state(name, *at), Number(self.layer.momentum, "α")
        if not scope.recorded.training:
            return Explained(Law("law.running.kept"), before)
        newest: Expression = scope.saved("mean" if name == "running_mean" else "variance", *at)
        if name == "running_variance":
            count = Number(float(self.places_of(scope, at).count), "M")
            # The variance of one number is 0, with or without the correction.
            below = difference(count, Number(1.0)) if count.value > 1 else Number(1.0)
            newest = product(newest, quotient(count, below))
        law = Law("law.running.mean", formula="μ̄_new = (1 − α) μ̄ + α μ", own="μ")
        if name == "running_variance":
            law = Law("law.running.variance", formula="σ̄²_new = (1 − α) σ̄² + α σ² M / (M − 1)", own="σ² M / (M − 1)")
        return Explained(law, total([product(difference(Number(1.0), share), before), product(share, newest)]))

    def statistic(self, at: Index) -> Index:
        return at[1:2]

    def own(self, at: Index) -> Index:
        return at[1:2]

    def together(self, scope: LayerScope, statistic: Index) -> IndexSlice:
        return self.places_of(scope, statistic)

    def widths(self, gamma: Array, statistic: Index) -> Array:
        width: Array = gamma[statistic]
        return width

    def places_of(self, scope: LayerScope, parameter: Index) -> IndexSlice:
        return IndexSlice((None, *parameter), scope.recorded.input.shape)


class LayerNormExplanation(NormalizationExplanation):
    """Each sample is normalized over its numbers."""

    explains = (LayerNorm,)

    def statistic(self, at: Index) -> Index:
        return at[:1]

    def own(self, at: Index) -> Index:
        return at[1:]

    def together(self, scope: LayerScope, statistic: Index) -> IndexSlice:
        return IndexSlice(statistic, scope.recorded.input.shape)

    def widths(self, gamma: Array, statistic: Index) -> Array:
        return gamma.reshape(-1)

    def places_of(self, scope: LayerScope, parameter: Index) -> IndexSlice:
        return IndexSlice((None, *parameter), scope.recorded.input.shape)
