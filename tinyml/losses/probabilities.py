"""Losses that turn scores into probabilities p and compare these with the truth, both in one step."""

from __future__ import annotations

from abc import abstractmethod
from math import isnan, prod
from typing import TYPE_CHECKING, ClassVar

from tinyml import equations as eq
from tinyml.core import Array
from tinyml.layers.reasons import Explained, Index
from tinyml.layers.site import Shape
from tinyml.layers.work import Results, Work
from tinyml.losses.base import Loss, from_loss

if TYPE_CHECKING:
    from tinyml.explain.loss_scope import LossScope

# How far a formula with p may lie from the fused step before it counts as another number.
FAITHFUL = 1e-9
# Why a formula is that of the fused step.
ROUNDED = "A p is so close to 0 or 1 that its logarithm has lost digits, so from the scores: "
BEYOND = "e^ŷ alone is too large or too small for a float"


class ProbabilityLoss(Loss):
    """A loss of p, where p is a function of the scores ŷ.

    The fused step computes value and gradient from the scores, without p: a p that is rounded to 0 or 1 has lost what
    its logarithm needs. Its formulas go through p all the same, a level at a time, wherever that gives the number of
    the fused step; elsewhere they are those of the fused step, and the law says why.
    """

    # Whether each p is made of the score at its place alone.
    elementwise: ClassVar[bool] = True

    @property
    def of_probabilities(self) -> ProbabilityLoss:
        return self

    @abstractmethod
    def probabilities(self, predicted: Array) -> Array:
        """p, in the shape of the prediction."""

    @abstractmethod
    def probability_gradient(self, predicted: Array, truth: Array) -> Array:
        """∂ℓ/∂p, for equal shapes."""

    def work(self, shape: Shape, batch: int) -> tuple[Work, ...]:
        results = Results("loss.p", shape, self._probability_terms(shape), sampled=True)
        return Work("probabilities", prod(shape), (results,)), *super().work(shape, batch)

    def reads(self, computes: str) -> tuple[str, ...]:
        return ("input",) if computes == "probabilities" else ("loss.p", "y")

    def _probability_terms(self, shape: Shape) -> int:
        """How many terms one p has."""
        return 1

    @abstractmethod
    def explain_stably(self, scope: LossScope) -> Explained | None:
        """The value as the fused step computes it, where it is told by p otherwise; None where it is not."""

    @abstractmethod
    def explain_probability(self, scope: LossScope, at: Index) -> Explained:
        """Why p[at] is what it is."""

    def explain_probability_stably(self, scope: LossScope, at: Index) -> Explained | None:
        """p[at] as it is computed, where it is told by its definition otherwise; None where it is not."""
        return None

    @abstractmethod
    def explain_probability_gradient(self, scope: LossScope, at: Index) -> Explained:
        """Why ∂ℓ/∂p[at] is what it is."""

    @abstractmethod
    def probability_equation(self, scope: eq.LossTensors) -> eq.Node:
        """What P is, of whole matrices."""

    def explain_probability_parts(self, scope: LossScope, at: Index) -> Explained:
        """The same by the chain rule, from ∂ℓ/∂ℓ = 1 on."""
        return from_loss(scope, scope.probability(*at).symbol, self.explain_probability_gradient(scope, at))


def faithful(formula: float, computed: float) -> bool:
    """Whether a formula gives the number that the fused step computed."""
    if formula == computed or (isnan(formula) and isnan(computed)):
        return True
    return abs(formula - computed) <= FAITHFUL * abs(computed)
