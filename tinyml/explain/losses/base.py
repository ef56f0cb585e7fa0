"""The base class of the explanations of losses: formulas of their numbers, and equations of whole matrices."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar, Generic, TypeVar

from tinyml import equations as eq
from tinyml.core import Index
from tinyml.explain.losses.scope import LossScope
from tinyml.expression import PARTIAL, Explained, Law, Marked, negate, product
from tinyml.losses import Loss, ProbabilityLoss

AnyLoss = TypeVar("AnyLoss", bound=Loss)
AnyProbabilityLoss = TypeVar("AnyProbabilityLoss", bound=ProbabilityLoss)


class LossExplanation(ABC, Generic[AnyLoss]):
    """How the numbers of one loss are explained. The formulas give the numbers that `loss` computes."""

    # The classes of the losses that it explains, including derived classes.
    explains: ClassVar[tuple[type[Loss], ...]] = ()

    def __init__(self, loss: AnyLoss) -> None:
        self.loss = loss

    @property
    def of_probabilities(self) -> ProbabilityLossExplanation[Any] | None:
        """This explanation, if the loss compares probabilities p; otherwise None."""
        return None

    @abstractmethod
    def explain_value(self, scope: LossScope) -> Explained:
        """Return the formula of the loss."""

    @abstractmethod
    def explain_gradient(self, scope: LossScope, at: Index) -> Explained:
        """Return the formula of ∂ℓ/∂predicted[at]."""

    def explain_parts(self, scope: LossScope, at: Index) -> Explained:
        """Return the same by the chain rule: by default from ∂ℓ/∂ℓ = 1; for a loss in several steps, through them."""
        return from_loss(scope, scope.predicted(*at).symbol, self.explain_gradient(scope, at))

    def explain_truth_gradient(self, scope: LossScope, at: Index) -> Explained:
        """Return the formula of ∂ℓ/∂truth[at]; overridden if the loss overrides `truth_gradient`."""
        return Explained(
            Law("law.error_only", error="ŷ − y", formula="∂ℓ/∂y = −∂ℓ/∂ŷ"), negate(scope.predicted_gradient(*at))
        )

    @abstractmethod
    def equation(self, scope: eq.LossTensors) -> eq.Node:
        """Return the right side of the loss as an equation of whole matrices."""

    @abstractmethod
    def gradient_equation(self, scope: eq.LossTensors) -> eq.Node:
        """Return the right side of ∂ℓ/∂Ŷ as an equation of whole matrices."""


class ProbabilityLossExplanation(LossExplanation[AnyProbabilityLoss]):
    """The explanation of a loss that compares probabilities p.

    Its formulas contain p wherever they then give the number of the fused step; elsewhere they are those of the fused
    step, and the law gives the reason.
    """

    @property
    def of_probabilities(self) -> ProbabilityLossExplanation[Any]:
        return self

    @abstractmethod
    def explain_stably(self, scope: LossScope) -> Explained | None:
        """Return the value as the fused step computes it, or None if `explain_value` already returns that formula."""

    @abstractmethod
    def explain_probability(self, scope: LossScope, at: Index) -> Explained:
        """Return the formula of p[at]."""

    def explain_probability_stably(self, scope: LossScope, at: Index) -> Explained | None:
        """Return p[at] as it is computed, or None if `explain_probability` already returns that formula."""
        return None

    @abstractmethod
    def explain_probability_gradient(self, scope: LossScope, at: Index) -> Explained:
        """Return the formula of ∂ℓ/∂p[at]."""

    @abstractmethod
    def probability_equation(self, scope: eq.LossTensors) -> eq.Node:
        """Return the right side of P as an equation of whole matrices."""

    def explain_probability_parts(self, scope: LossScope, at: Index) -> Explained:
        """Return the same by the chain rule, from ∂ℓ/∂ℓ = 1 on."""
        return from_loss(scope, scope.probability(*at).symbol, self.explain_probability_gradient(scope, at))


def from_loss(scope: LossScope, symbol: str, own: Explained) -> Explained:
    """Return the gradient with respect to the number `symbol` by the chain rule, in one step from ∂ℓ/∂ℓ = 1."""
    local = Marked("local", PARTIAL + symbol, own.expression)
    return Explained(own.law, product(Marked("upstream", PARTIAL + "ℓ", scope.start()), local))


def one_of_entries(scope: eq.LossTensors) -> eq.Node:
    """Return 1 / M."""
    return eq.quotient(eq.Scalar("1", 1.0), scope.entries)
