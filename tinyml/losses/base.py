"""What a loss is: a number that says how far off a prediction is, and its gradient."""

from __future__ import annotations

from abc import ABC, abstractmethod
from math import prod
from typing import TYPE_CHECKING, Any, ClassVar

from tinyml import equations as eq
from tinyml.core import Array, Backend, Program, ShapeError, compiled, run
from tinyml.expression import PARTIAL, Marked, negate, product
from tinyml.layers.ranges import EVERYTHING, Range
from tinyml.layers.reasons import Explained, Index
from tinyml.layers.site import Shape, samples_first, samples_last
from tinyml.layers.work import Results, Work
from tinyml.losses.site import LossSite

if TYPE_CHECKING:
    from tinyml.explain.loss_scope import LossScope
    from tinyml.losses.probabilities import ProbabilityLoss


class Loss(ABC):
    """A differentiable function of prediction and truth; called, it returns `(loss, gradient)`.

    A subclass writes `gradient_program` and `value`, which read and fill the arrays of a `LossSite`; whether a loss is
    called, trained with or recorded, these run. The gradient is ∂ℓ/∂predicted of exactly the value that is returned.
    Raises ShapeError where the shapes differ, since numpy would otherwise stretch one over the other and give a
    plausible wrong number.
    """

    type: ClassVar[str]
    # True where the value is right for complex predictions too: an analytic function, computed as one.
    analytic: ClassVar[bool] = False
    # True where the value is a sum of squares of the errors.
    squares: ClassVar[bool] = False
    formula: ClassVar[str]
    # The function by which the loss turns scores, its predictions, into chances or shares; as `Layer.squashes`.
    squashes: ClassVar[str | None] = None
    # Which targets the loss is meant for, and whether those of a sample are shares of one.
    truths: ClassVar[Range] = EVERYTHING
    of_shares: ClassVar[bool] = False

    def __call__(self, predicted: Array, truth: Array) -> tuple[float, Array]:
        truth = self.fitting(predicted.shape, truth)
        # Both in the layout and dtype that they have in a plan: sums in another order would differ in the last bits.
        predicted = _floats(samples_last(predicted))
        truth = samples_last(truth).astype(predicted.dtype, order="C")
        at = LossSite(predicted, truth, Backend.empty_like(predicted))
        run(compiled(self.gradient_program(at)))
        return self.value(at), samples_first(at.gradient)

    def fitting(self, shape: tuple[int, ...], truth: Array) -> Array:
        """The truth in the shape of a prediction, or a ShapeError."""
        if shape == truth.shape:
            return truth
        targets = self.targets(truth, shape[-1])
        if shape != targets.shape:
            raise ShapeError(
                f"{self.type}: prediction and truth must have one shape, but {shape} and {truth.shape} came; "
                f"give one target for each output of each sample."
            )
        return targets

    def targets(self, truth: Array, outputs: int) -> Array:
        """The truth in the shape of a prediction with so many outputs a sample. Where that is one output, one number a
        sample is its target; a subclass may know what else such numbers mean.
        """
        return truth[:, None] if truth.ndim == 1 and outputs == 1 else truth

    @abstractmethod
    def gradient_program(self, at: LossSite) -> Program:
        """What computes ∂ℓ/∂predicted into `at.gradient`, and on the way what `value` needs."""

    @abstractmethod
    def value(self, at: LossSite) -> Any:
        """The loss, once the program has run; for a stack of networks an array with the loss of each."""

    def compared_range(self, predicted: Range, outputs: int) -> Range:
        """Between which numbers lies what is held against a target, where the `outputs` predictions of a sample lie in
        `predicted`: the prediction itself, unless the loss squashes it.
        """
        return predicted

    def size(self, at: LossSite, value: Any) -> Any:
        """What the rounding of the value is relative to: the sum of the sizes of all that it adds up; a loss whose
        terms can cancel, or that takes a logarithm near 1, tells a larger one than its value.
        """
        return abs(value)

    def truth_gradient(self, predicted: Array, truth: Array) -> Array:
        """∂ℓ/∂truth, for equal shapes: where only ŷ − y counts it is −∂ℓ/∂predicted, which a subclass may change."""
        return -self(predicted, truth)[1]

    @property
    def of_probabilities(self) -> ProbabilityLoss | None:
        """Itself, where it turns scores into probabilities p and compares these; None elsewhere."""
        return None

    def work(self, shape: Shape, batch: int) -> tuple[Work, ...]:
        """What the loss computes of predictions that have `shape` a sample: its value, by default summed over all
        entries, and last its gradient, an operation each for all samples side by side.
        """
        return self.value_work(prod(shape) * batch), Work(
            "loss_gradient", prod(shape), (Results("output.grad", shape, sampled=True),)
        )

    @staticmethod
    def value_work(terms: int) -> Work:
        """The loss as a sum of so many terms."""
        return Work("loss", 1, (Results("loss", (), terms),))

    def reads(self, computes: str) -> tuple[str, ...]:
        """Which values the formulas of what it computes are made of, as `Layer.reads`: by default the prediction, its
        `input`, and y.
        """
        return ("input", "y") if computes == "loss" else ("y",)

    @abstractmethod
    def explain_value(self, scope: LossScope) -> Explained:
        """Why the loss is what it is."""

    @abstractmethod
    def explain_gradient(self, scope: LossScope, at: Index) -> Explained:
        """Why ∂ℓ/∂predicted[at] is what it is."""

    def explain_parts(self, scope: LossScope, at: Index) -> Explained:
        """The same by the chain rule: by default from ∂ℓ/∂ℓ = 1 on; a loss in several steps goes through them."""
        return from_loss(scope, scope.predicted(*at).symbol, self.explain_gradient(scope, at))

    def equation(self, scope: eq.LossTensors) -> eq.Node:
        """What the loss is, of whole matrices."""
        raise NotImplementedError(f"{self.type} has no equation; write its `equation` and `gradient_equation`.")

    def gradient_equation(self, scope: eq.LossTensors) -> eq.Node:
        """What ∂ℓ/∂Ŷ is, likewise."""
        raise NotImplementedError(f"{self.type} has no equation; write its `equation` and `gradient_equation`.")

    def explain_truth_gradient(self, scope: LossScope, at: Index) -> Explained:
        """Why ∂ℓ/∂truth[at] is what it is; a subclass that changes `truth_gradient` changes this too."""
        return Explained("Only ŷ − y counts: ∂ℓ/∂y = −∂ℓ/∂ŷ", negate(scope.predicted_gradient(*at)))


def from_loss(scope: LossScope, symbol: str, own: Explained) -> Explained:
    """The gradient with respect to what `symbol` names by the chain rule, in one step from ∂ℓ/∂ℓ = 1: times itself."""
    local = Marked("local", PARTIAL + symbol, own.expression)
    return Explained(own.law, product(Marked("upstream", PARTIAL + "ℓ", scope.start()), local))


def _floats(array: Array) -> Array:
    """A copy in numbers that can hold a loss."""
    return array.astype(array.dtype if Backend.issubdtype(array.dtype, Backend.inexact) else float, order="C")
