"""The logistic function and cross entropy in one step, for outputs that are each a question of yes or no."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tinyml.core import Array, Backend, Program
from tinyml.expression import (
    PARTIAL,
    Expression,
    Marked,
    Number,
    call,
    derivative,
    difference,
    negate,
    product,
    quotient,
    total,
)
from tinyml.layers.ranges import UNIT, Range, logistic
from tinyml.layers.reasons import Explained, Index
from tinyml.layers.sigmoid import sigmoid
from tinyml.layers.softplus import softplus
from tinyml.losses.base import Loss
from tinyml.losses.site import LossSite

if TYPE_CHECKING:
    from tinyml.explain.loss_scope import LossScope


class BinaryCrossEntropy(Loss):
    """How surprised the chances σ(z) are by the truth, averaged over the N samples; z are the network's outputs.

    The network ends in the scores z, without a `Sigmoid` of its own, as it does without a `Softmax` before
    `softmax_cross_entropy`: σ is part of the loss, for only so is it right at scores of ±1000.

    Forward:   ℓ = −Σ (y log σ(z) + (1 − y) log(1 − σ(z))) / N = Σ (max(z, 0) − yz + log(1 + e^(−|z|))) / N.
    Backward:  ∂ℓ/∂z = (σ(z) − y) / N.
    Shapes:    z and y (batch, outputs); y from 0 to 1.
    Source:    PyTorch's `binary_cross_entropy_with_logits`, which for one output has this value by default.
    """

    type = "binary_cross_entropy"
    analytic = True
    squashes = "logistic"
    truths = UNIT
    formula = "ℓ = −Σ (y log σ(ŷ) + (1 − y) log(1 − σ(ŷ))) / N over the N samples"

    def gradient_program(self, at: LossSite) -> Program:
        return [
            (self._chances, at.predicted, at.gradient),
            (Backend.subtract, at.gradient, at.truth, at.gradient),
            (Backend.divide, at.gradient, at.number(at.samples), at.gradient),
        ]

    def value(self, at: LossSite) -> Any:
        z = at.predicted
        if z.dtype.kind == "c":
            return at.total(softplus(z) - at.truth * z) / at.samples
        tail = Backend.log1p(Backend.exp(-Backend.abs(z)))
        return at.total(Backend.maximum(z, 0) - at.truth * z + tail) / at.samples

    def compared_range(self, predicted: Range, outputs: int) -> Range:
        return predicted.through(logistic)

    def size(self, at: LossSite, value: Any) -> Any:
        # z, y z and a logarithm of at most log 2: where z is large the first two cancel.
        return at.total((1 + Backend.abs(at.truth)) * Backend.abs(at.predicted) + 1) / at.samples

    def truth_gradient(self, predicted: Array, truth: Array) -> Array:
        return -predicted / len(predicted)

    @staticmethod
    def _chances(z: Array, chances: Array) -> None:
        chances[...] = sigmoid(z)

    def explain_value(self, scope: LossScope) -> Explained:
        z, y = scope.trace.output.reshape(-1), scope.trace.y.reshape(-1)

        def rest(start: int) -> float:
            scores = z[start:]
            tails = Backend.log1p(Backend.exp(-Backend.abs(scores)))
            return float((Backend.maximum(scores, 0) - y[start:] * scores + tails).sum())

        surprises = scope.over_entries(lambda at: self._surprise(scope, at), rest)
        return Explained(self.formula, quotient(surprises, scope.samples()))

    def explain_gradient(self, scope: LossScope, at: Index) -> Explained:
        error = difference(call("sigmoid", scope.predicted(*at)), scope.truth(*at))
        return Explained("∂ℓ/∂ŷ = (σ(ŷ) − y) / N", quotient(error, scope.samples()))

    def explain_parts(self, scope: LossScope, at: Index) -> Explained:
        """Through the chance p = σ(ŷ): ∂ℓ/∂p = (p − y) / (N p (1 − p)), and σ′ = p (1 − p) takes back what is below."""
        chance = call("sigmoid", scope.predicted(*at))
        slope = product(chance, difference(Number(1.0), chance))
        if slope.value == 0:  # 0 below the line and 0 beside it: the parts have lost what the fused step keeps
            return super().explain_parts(scope, at)
        of_chance = quotient(difference(chance, scope.truth(*at)), product(scope.samples(), slope))
        upstream = Marked("upstream", f"{PARTIAL}{self._chance_symbol(scope, at)}", of_chance)
        local = Marked("local", derivative(self._chance_symbol(scope, at), scope.predicted(*at).symbol), slope)
        return Explained("From its parts: ∂ℓ/∂ŷ = ∂ℓ/∂p · σ′(ŷ), with p = σ(ŷ)", product(upstream, local))

    @staticmethod
    def _chance_symbol(scope: LossScope, at: Index) -> str:
        return scope.predicted(*at).symbol.replace("ŷ", "p")

    def explain_truth_gradient(self, scope: LossScope, at: Index) -> Explained:
        score = quotient(scope.predicted(*at), scope.samples())
        return Explained("∂ℓ/∂y = −ŷ / N", negate(score))

    def _surprise(self, scope: LossScope, at: Index) -> Expression:
        z, y = scope.predicted(*at), scope.truth(*at)
        tail = call("log1p", call("exp", negate(call("abs", z))))
        return total([difference(call("max", z, Number(0.0)), product(y, z)), tail])


binary_cross_entropy = BinaryCrossEntropy()
