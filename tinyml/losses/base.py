"""What a loss is: a number that says how far off a prediction is, and its gradient."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import reduce
from math import prod
from operator import or_
from typing import Any, ClassVar

from tinyml.core import Array, Backend, Program, ShapeError, TargetError, compiled, run
from tinyml.layers.buffers import Shape, samples_first, samples_last
from tinyml.layers.operation_counts import OperationCounts, ResultCounts
from tinyml.layers.ranges import EVERYTHING, Range
from tinyml.losses.buffers import LossBuffers


class Loss(ABC):
    """A differentiable function of prediction and truth; called, it returns `(loss, gradient)`.

    A subclass writes `gradient_program` and `value`, which read and fill the arrays of `LossBuffers`; whether a loss is
    called, trained with or recorded, these run. The gradient is ∂ℓ/∂predicted of exactly the value that is returned.
    Raises ShapeError where the shapes differ, since numpy would otherwise stretch one over the other and give a
    plausible wrong number.
    """

    type: ClassVar[str]
    # True where the value is right for complex predictions too: an analytic function, computed as one.
    analytic: ClassVar[bool] = False
    # True where the value is a sum of squares of the errors.
    squares: ClassVar[bool] = False
    # The function by which the loss turns scores, its predictions, into chances or shares; as `Layer.squashes`.
    squashes: ClassVar[str | None] = None
    # Whether the output is compared with targets.
    takes_targets: ClassVar[bool] = True
    # Which targets the loss is meant for, and whether those of a sample are shares of one.
    truths: ClassVar[Range] = EVERYTHING
    of_shares: ClassVar[bool] = False
    # The only targets that the loss takes; empty where it takes any.
    allowed: ClassVar[tuple[float, ...]] = ()
    # What to say of another one, and what to do about it.
    refusal: ClassVar[str] = ""
    # Whether ∂ℓ/∂ŷ is computed from ŷ − y, or from p − y.
    of_errors: ClassVar[bool] = True

    @property
    def given(self) -> Array | None:
        """∂ℓ/∂predicted, samples first, where it is not computed but given."""
        return None

    def __call__(self, predicted: Array, truth: Array | None = None) -> tuple[float, Array]:
        targets = self.fitting(predicted.shape, truth)
        # Both in the layout and dtype that they have in a plan: sums in another order would differ in the last bits.
        predicted = _floats(samples_last(predicted))
        compared = predicted if targets is None else samples_last(targets).astype(predicted.dtype, order="C")
        at = LossBuffers(predicted, compared, Backend.empty_like(predicted))
        run(compiled(self.gradient_program(at)))
        return self.value(at), samples_first(at.gradient)

    def fitting(self, shape: tuple[int, ...], truth: Array | None) -> Array | None:
        """The truth in the shape of a prediction; None for a loss without targets. Raises ShapeError where it has
        another shape, and TargetError where there is none, or for a target that the loss does not take.
        """
        if not self.takes_targets:
            return None
        if truth is None:
            raise TargetError(f"{self.type}: expected targets, got none; give one for each output of each sample.")
        targets = truth if shape == truth.shape else self.targets(truth, shape[-1])
        if shape != targets.shape:
            raise ShapeError(
                f"{self.type}: prediction and truth must have one shape, got {shape} and {truth.shape}; "
                f"give one target for each output of each sample."
            )
        self.check_targets(targets)
        return targets

    def check_targets(self, truth: Array) -> None:
        """Raise a TargetError where a target is not among `allowed`."""
        if self.allowed and not reduce(or_, (truth == one for one in self.allowed)).all():
            raise TargetError(f"{self.type}: {self.refusal}")

    def targets(self, truth: Array, outputs: int) -> Array:
        """The truth in the shape of a prediction with so many outputs a sample. Where that is one output, one number a
        sample is its target; a subclass may know what else such numbers mean.
        """
        return truth[:, None] if truth.ndim == 1 and outputs == 1 else truth

    @abstractmethod
    def gradient_program(self, at: LossBuffers) -> Program:
        """What computes ∂ℓ/∂predicted into `at.gradient`, and on the way what `value` needs."""

    @abstractmethod
    def value(self, at: LossBuffers) -> Any:
        """The loss, once the program has run; for a stack of networks an array with the loss of each."""

    def compared_range(self, predicted: Range, outputs: int) -> Range:
        """Between which numbers lies what is held against a target, where the `outputs` predictions of a sample lie in
        `predicted`: the prediction itself, unless the loss squashes it.
        """
        return predicted

    def size(self, at: LossBuffers, value: Any) -> Any:
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

    def counts(self, shape: Shape, batch: int) -> tuple[OperationCounts, ...]:
        """What the loss computes of predictions that have `shape` a sample: its value, by default summed over all
        entries, and last its gradient, an operation each for all samples side by side.
        """
        return self.value_counts(prod(shape) * batch), OperationCounts(
            "loss_gradient", prod(shape), (ResultCounts("output.grad", shape, sampled=True),)
        )

    @staticmethod
    def value_counts(terms: int) -> OperationCounts:
        """The loss as a sum of so many terms."""
        return OperationCounts("loss", 1, (ResultCounts("loss", (), terms),))

    def reads(self, computes: str) -> tuple[str, ...]:
        """Which values the formulas of what it computes are made of, as `Layer.reads`: by default the prediction, its
        `input`, and y.
        """
        return ("input", "y") if computes == "loss" else ("y",)


class ProbabilityLoss(Loss):
    """A loss of p, where p is a function of the scores ŷ.

    The fused step computes value and gradient from the scores, without p: a p that is rounded to 0 or 1 has lost what
    its logarithm needs.
    """

    # Whether each p is computed from the score at its place alone.
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

    def counts(self, shape: Shape, batch: int) -> tuple[OperationCounts, ...]:
        results = ResultCounts("loss.p", shape, self._probability_terms(shape), sampled=True)
        return OperationCounts("probabilities", prod(shape), (results,)), *super().counts(shape, batch)

    def reads(self, computes: str) -> tuple[str, ...]:
        return ("input",) if computes == "probabilities" else ("loss.p", "y")

    def _probability_terms(self, shape: Shape) -> int:
        """How many terms one p has."""
        return 1


def _floats(array: Array) -> Array:
    """A copy in numbers that can hold a loss."""
    return array.astype(array.dtype if Backend.issubdtype(array.dtype, Backend.inexact) else float, order="C")
