"""The equations of a normalization: μ and σ², x̂ and the output; and the backward pass through all of them."""

from __future__ import annotations

from abc import abstractmethod

from tinyml import equations as eq
from tinyml.equations.equation import Title
from tinyml.explain.layers.base import LayerExplanation
from tinyml.layers.normalized import Normalization
from tinyml.trace import LayerTrace


class NormalizationEquations(LayerExplanation[Normalization]):
    """BatchNorm and LayerNorm as equations. In BatchNorm the entries of a column share μ and σ²: those of a feature, or
    for images of a channel. In LayerNorm the entries of a row share them, or for images all entries of a sample.
    """

    @abstractmethod
    def moves_along(self, recorded: LayerTrace) -> bool:
        """Return whether μ and σ² depend on the input."""

    def forward_equations(self, scope: eq.LayerTensors) -> list[eq.Equation]:
        at = _Surroundings(scope, self.layer.reach == "channel")
        x, mean, variance, normalized = at.sampled("input"), at.mean, at.variance, at.sampled("normalized")
        titles: tuple[Title, Title] = (
            ("batch_mean", "batch_variance") if at.by_channel else ("sample_mean", "sample_variance")
        )
        moved = eq.quotient(eq.subtract(x, mean), at.deviation(self.layer.epsilon))
        scaled = eq.add(eq.times(at.own("gamma"), normalized), at.own("beta"))
        made = [
            scope.forward("normalized", "normalized", normalized, moved),
            scope.forward("output", "scaled", at.sampled("output"), scaled),
        ]
        if not self.moves_along(scope.recorded):
            return made
        squares = eq.total(eq.power(eq.subtract(x, mean), eq.Scalar("2", 2.0)), at.over)
        return [
            scope.forward("mean", titles[0], mean, eq.times(at.share, eq.total(x, at.over))),
            scope.forward("variance", titles[1], variance, eq.times(at.share, squares)),
            *made,
        ]

    def backward_equations(self, scope: eq.LayerTensors) -> list[eq.Equation]:
        at = _Surroundings(scope, self.layer.reach == "channel")
        upstream, normalized = at.sampled("output.grad"), at.sampled("normalized")
        gamma = at.own("gamma")
        inner, deviation = eq.times(gamma, upstream), at.deviation(self.layer.epsilon)
        right: eq.Node
        if not self.moves_along(scope.recorded):
            right = eq.quotient(inner, deviation)
        elif at.by_channel:
            # All entries that share a mean have the same γ, and the means are those of the parameters' gradients.
            plain, weighed = (
                eq.times(at.share, at.own("beta.grad")),
                eq.times(at.share, normalized, at.own("gamma.grad")),
            )
            moved = eq.subtract(eq.subtract(upstream, plain), weighed)
            right = eq.times(eq.quotient(gamma, deviation), moved)
        else:
            weighed = eq.times(normalized, eq.mean(eq.times(gamma, upstream, normalized), at.over))
            right = eq.quotient(eq.subtract(eq.subtract(inner, eq.mean(inner, at.over)), weighed), deviation)
        return [
            scope.learnt("gamma", "gamma", at.own("gamma.grad"), eq.total(eq.times(upstream, normalized), at.along)),
            scope.learnt("beta", "beta", at.own("beta.grad"), eq.total(upstream, at.along)),
            scope.back("back", "back", at.sampled("input.grad"), right),
        ]


class _Surroundings:
    """The tensors of a normalization, with the labels of its sums: means are over the labels `over`, and the gradients
    of parameters are sums over the labels `along`.
    """

    def __init__(self, scope: eq.LayerTensors, by_channel: bool) -> None:
        self.scope = scope
        self.by_channel = by_channel
        laid = eq.layout(scope.axes)
        features, *places = laid.axes.split()[1:]
        if by_channel:
            self._samples = eq.Layout(laid.axes, f"n{''.join(places)}", features)
            self._statistic = self._own = eq.Layout(features, "", features)
            self.over = self.along = f"n{''.join(places)}"
        else:
            self._samples = laid
            self._statistic = eq.Layout("n", "n" if not places else "", "")
            self._own = eq.Layout(laid.axes.removeprefix("n "), laid.rows.replace("n", ""), laid.columns)
            self.over, self.along = "".join([features, *places]), "n"

    def sampled(self, what: str) -> eq.Operand:
        """Return a tensor with a number for each entry."""
        return self.scope.tensor(what, self._samples)

    @property
    def mean(self) -> eq.Operand:
        """μ."""
        return self.scope.tensor("mean", self._statistic)

    @property
    def variance(self) -> eq.Operand:
        """σ²."""
        return self.scope.tensor("variance", self._statistic)

    def deviation(self, epsilon: float) -> eq.Node:
        """√(σ² + ε)."""
        return eq.root(eq.add(self.variance, self.scope.number("ε", epsilon)))

    def own(self, what: str) -> eq.Operand:
        """Return γ or β, or the gradient of one."""
        return self.scope.tensor(what, self._own)

    @property
    def share(self) -> eq.Node:
        """1 / M, where M is the number of entries that share a mean."""
        x = self.scope.recorded.input
        count = x.size // x.shape[1] if self.by_channel else x[0].size
        return eq.quotient(eq.Scalar("1", 1.0), self.scope.number("M", count))
