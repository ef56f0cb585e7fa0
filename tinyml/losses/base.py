"""The base class of losses."""

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

    A subclass writes `gradient_program` and `value`, which read and fill the arrays of `LossBuffers`; calls, training
    and traces all run these. The gradient is ∂ℓ/∂predicted of exactly the value that is returned.
    Raises ShapeError where the shapes differ, since numpy would otherwise broadcast one and return a plausible wrong
    number.
    """

    type: ClassVar[str]
    # True if the value is also correct for complex predictions: an analytic function, computed as one.
    analytic: ClassVar[bool] = False
    # True if the value is a sum of squares of the errors.
    squares: ClassVar[bool] = False
    # The function by which the loss turns scores, its predictions, into probabilities; as `Layer.squashes`.
    squashes: ClassVar[str | None] = None
    # Whether the output is compared with targets.
    takes_targets: ClassVar[bool] = True
    # Which targets the loss is meant for, and whether those of a sample are probabilities that sum to 1.
    truths: ClassVar[Range] = EVERYTHING
    of_shares: ClassVar[bool] = False
    # The only targets that the loss accepts; empty if it accepts any.
    allowed: ClassVar[tuple[float, ...]] = ()
    # The error message for another target, with the remedy.
    refusal: ClassVar[str] = ""
    # Whether ∂ℓ/∂ŷ is computed from ŷ − y, or from p − y.
    of_errors: ClassVar[bool] = True

    @property
    def given(self) -> Array | None:
        """∂ℓ/∂predicted, samples first, if it is given rather than computed."""
        return None

    def __call__(self, predicted: Array, truth: Array | None = None) -> tuple[float, Array]:
        targets = self.fitting(predicted.shape, truth)
        # Both in the layout and dtype of a plan: sums in another order would differ in the last bits.
        predicted = _floats(samples_last(predicted))
        compared = predicted if targets is None else samples_last(targets).astype(predicted.dtype, order="C")
        at = LossBuffers(predicted, compared, Backend.empty_like(predicted))
        run(compiled(self.gradient_program(at)))
        return self.value(at), samples_first(at.gradient)

    def fitting(self, shape: tuple[int, ...], truth: Array | None) -> Array | None:
        """Return the targets in the shape of a prediction; None for a loss without targets. Raises ShapeError for
        another shape, and TargetError if they are missing or the loss does not accept one.
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
        """Raise a TargetError if a target is not among `allowed`."""
        if self.allowed and not reduce(or_, (truth == one for one in self.allowed)).all():
            raise TargetError(f"{self.type}: {self.refusal}")

    def targets(self, truth: Array, outputs: int) -> Array:
        """Return the targets in the shape of a prediction with so many outputs per sample. With one output, one number
        per sample is its target; a subclass may interpret such numbers otherwise.
        """
        return truth[:, None] if truth.ndim == 1 and outputs == 1 else truth

    @abstractmethod
    def gradient_program(self, at: LossBuffers) -> Program:
        """Return the program that computes ∂ℓ/∂predicted into `at.gradient`, and what `value` needs."""

    @abstractmethod
    def value(self, at: LossBuffers) -> Any:
        """Return the loss after the program has run; for an ensemble an array with one loss per network."""

    def compared_range(self, predicted: Range, outputs: int) -> Range:
        """The range of what is compared with a target if the `outputs` predictions of a sample are in `predicted`: the
        prediction itself, unless the loss squashes it.
        """
        return predicted

    def size(self, at: LossBuffers, value: Any) -> Any:
        """The scale of the value's rounding error: the sum of the absolute values of its terms. It is larger than the
        value if terms can cancel or a logarithm is taken near 1.
        """
        return abs(value)

    def truth_gradient(self, predicted: Array, truth: Array) -> Array:
        """∂ℓ/∂truth, for equal shapes. By default −∂ℓ/∂predicted, which is right if the loss depends only on ŷ − y."""
        return -self(predicted, truth)[1]

    @property
    def of_probabilities(self) -> ProbabilityLoss | None:
        """This loss, if it turns scores into probabilities p and compares these; otherwise None."""
        return None

    def counts(self, shape: Shape, batch: int) -> tuple[OperationCounts, ...]:
        """The operation counts for predictions of `shape` per sample: the value, by default summed over all entries,
        and last the gradient, one operation each for all samples.
        """
        return self.value_counts(prod(shape) * batch), OperationCounts(
            "loss_gradient", prod(shape), (ResultCounts("output.grad", shape, sampled=True),)
        )

    @staticmethod
    def value_counts(terms: int) -> OperationCounts:
        """The counts of the loss as a sum of so many terms."""
        return OperationCounts("loss", 1, (ResultCounts("loss", (), terms),))

    def reads(self, computes: str) -> tuple[str, ...]:
        """The tensors that its formulas use, as `Layer.reads`: by default the prediction, its `input`, and y."""
        return ("input", "y") if computes == "loss" else ("y",)


class ProbabilityLoss(Loss):
    """A loss of p, where p is a function of the scores ŷ.

    The fused step computes value and gradient from the scores, without p: the logarithm of a p that is rounded to 0 or
    1 would be wrong.
    """

    # Whether each p depends only on its own score.
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
    """A copy in a floating-point dtype."""
    return array.astype(array.dtype if Backend.issubdtype(array.dtype, Backend.inexact) else float, order="C")
