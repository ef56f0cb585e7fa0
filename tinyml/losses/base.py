"""What a loss is: a number that says how far off a prediction is, and its gradient."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar

from tinyml.core import Array, ShapeError
from tinyml.expression import negate
from tinyml.layers.base import Explained

if TYPE_CHECKING:
    from tinyml.explain.scope import LossScope


class Loss(ABC):
    """A differentiable function of prediction and truth; called, it returns `(loss, gradient)`.

    The gradient is ∂ℓ/∂predicted of exactly the value that is returned. Raises ShapeError where the shapes differ,
    since numpy would otherwise stretch one over the other and give a plausible wrong number.
    """

    type: ClassVar[str]
    formula: ClassVar[str]

    def __call__(self, predicted: Array, truth: Array) -> tuple[float, Array]:
        truth = self.targets(truth, predicted.shape[-1])
        if predicted.shape != truth.shape:
            raise ShapeError(
                f"{self.type}: prediction and truth must have one shape, but {predicted.shape} and {truth.shape} came; "
                f"give one target for each output of each sample."
            )
        return self.measure(predicted, truth)

    def targets(self, truth: Array, outputs: int) -> Array:
        """The truth in the shape of a prediction with so many outputs a sample; most losses take it only so."""
        return truth

    @abstractmethod
    def measure(self, predicted: Array, truth: Array) -> tuple[float, Array]:
        """The loss and its gradient, for equal shapes."""

    def truth_gradient(self, predicted: Array, truth: Array) -> Array:
        """∂ℓ/∂truth, for equal shapes: where only ŷ − y counts it is −∂ℓ/∂predicted, which a subclass may change."""
        return -self.measure(predicted, truth)[1]

    @abstractmethod
    def explain_value(self, scope: LossScope) -> Explained:
        """Why the loss is what it is."""

    @abstractmethod
    def explain_gradient(self, scope: LossScope, sample: int, unit: int) -> Explained:
        """Why ∂ℓ/∂predicted[sample, unit] is what it is."""

    def explain_truth_gradient(self, scope: LossScope, sample: int, unit: int) -> Explained:
        """Why ∂ℓ/∂truth[sample, unit] is what it is; a subclass that changes `truth_gradient` changes this too."""
        return Explained("Only ŷ − y counts: ∂ℓ/∂y = −∂ℓ/∂ŷ", negate(scope.predicted_gradient(sample, unit)))
