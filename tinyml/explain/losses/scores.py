"""The scores of one sample as formulas: shifted by the maximum, exponentiated, and as probabilities."""

from __future__ import annotations

from functools import cached_property

from tinyml.core import Array, Backend
from tinyml.explain.losses.compared import Compared
from tinyml.explain.losses.scope import LossScope
from tinyml.expression import Expression, Leaf, call, difference, product, quotient


class Scores:
    """The formulas of softmax cross entropy for one sample; z are its scores, m is their maximum."""

    def __init__(self, scope: LossScope, compared: Compared, sample: int) -> None:
        self._scope = scope
        self._compared = compared
        self._sample = sample
        self._z = scope.trace.output[sample]
        # One formula for each, however often it is needed.
        self._shifted: dict[int, Expression] = {}
        self._truths: dict[int, Expression] = {}

    @cached_property
    def _largest(self) -> Leaf:
        # NaN counts as the maximum, as in the pass itself.
        return self._scope.predicted(self._sample, int(self._z.argmax()))

    @cached_property
    def exponentials(self) -> Array:
        """All e^(zₖ − m) as numbers."""
        exponentials: Array = Backend.exp(self._z - self._largest.value)
        return exponentials

    def shifted(self, k: int) -> Expression:
        """zₖ − m, with m as a leaf."""
        if k not in self._shifted:
            self._shifted[k] = difference(self._scope.predicted(self._sample, k), self._largest)
        return self._shifted[k]

    def truth(self, k: int) -> Expression:
        """yₖ, or tₖ."""
        if k not in self._truths:
            self._truths[k] = self._compared.target(self._sample, k)
        return self._truths[k]

    @cached_property
    def _total(self) -> Expression:
        """Σₖ e^(zₖ − m): one formula, however often it is used."""
        return self._scope.sum(
            self._scope.outputs, lambda k: call("exp", self.shifted(k)), lambda k: self.exponentials[k:].sum()
        )

    def log_total(self) -> Expression:
        """log Σₖ e^(zₖ − m)."""
        return call("log", self._total)

    def share(self, k: int) -> Expression:
        """softmax(z)ₖ."""
        return quotient(call("exp", self.shifted(k)), self._total)

    def plain_share(self, k: int) -> float:
        """The value of e^(zₖ) / Σⱼ e^(zⱼ), NaN where the exponentials overflow."""
        exponentials = Backend.exp(self._z)
        return float(exponentials[k] / exponentials.sum())

    def plain(self, k: int) -> Expression:
        """e^(zₖ) / Σⱼ e^(zⱼ), softmax as it is defined."""

        def exponential(j: int) -> Expression:
            return call("exp", self._scope.predicted(self._sample, j))

        total = self._scope.sum(self._scope.outputs, exponential, lambda j: Backend.exp(self._z[j:]).sum())
        return quotient(exponential(k), total)

    def weight(self) -> Expression:
        """Σₖ yₖ, or Σₖ tₖ."""
        truth = self._compared.values[self._sample]
        return self._scope.sum(self._scope.outputs, self.truth, lambda k: truth[k:].sum())

    def surprise(self) -> Expression:
        """Σₖ yₖ (log Σⱼ e^(zⱼ − m) − (zₖ − m)), with the sum of exponentials written once."""
        truth = self._compared.values[self._sample]
        scored = self._scope.sum(
            self._scope.outputs,
            lambda k: product(self.truth(k), self.shifted(k)),
            lambda k: truth[k:] @ (self._z[k:] - self._largest.value),
        )
        return difference(product(self.weight(), self.log_total()), scored)
