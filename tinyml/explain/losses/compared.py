"""What softmax cross entropy compares the probabilities with: the targets, or the smoothed and weighted ones."""

from __future__ import annotations

from functools import cached_property

from tinyml import equations as eq
from tinyml.core import Array, Backend
from tinyml.explain.losses.scope import LossScope
from tinyml.expression import Expression, Number, difference, product, quotient, total
from tinyml.losses import SoftmaxCrossEntropy


class Compared:
    """The targets t of a loss, and the number by which its sum is divided, as numbers and as formulas."""

    def __init__(self, loss: SoftmaxCrossEntropy, scope: LossScope | eq.LossTensors) -> None:
        self._loss, self._trace = loss, scope.trace
        self._of_numbers = scope if isinstance(scope, LossScope) else None

    @property
    def letter(self) -> str:
        """The letter of a target in laws."""
        return "y" if self._loss.plain else "t"

    @property
    def count(self) -> str:
        """The letter of the divisor in laws."""
        return "N" if self._loss.weight is None else "C"

    @property
    def _scope(self) -> LossScope:
        if self._of_numbers is None:
            raise ValueError("equations of matrices have no formulas of single numbers")
        return self._of_numbers

    def definition(self, of: str = "") -> str:
        """The definitions of a law: `of`, then t and C where it has them."""
        smooth = "(1 − ε) y + ε / K" if self._loss.label_smoothing else "y"
        weighted = smooth if self._loss.weight is None else f"c ({smooth})" if smooth != "y" else "c y"
        found = [of, "" if self._loss.plain else f"t = {weighted}", "" if self._loss.weight is None else "C = Σ c y"]
        return ", ".join(filter(None, found))

    @cached_property
    def values(self) -> Array:
        """All t, samples first."""
        return self._loss.compared(self._trace.targets)

    @cached_property
    def divisor_value(self) -> float:
        """The number by which the sum is divided."""
        return self._loss.divisor(self._trace.targets)

    def target(self, *at: int) -> Expression:
        """t of an output: c ((1 − ε) y + ε / K)."""
        smooth: Expression = self._scope.truth(*at)
        if self._loss.label_smoothing:
            spread = quotient(self._smoothing(), Number(float(self._scope.outputs), "K"))
            smooth = total([product(self.kept(), smooth), spread])
        return smooth if self._loss.weight is None else product(self.weight(at[1]), smooth)

    def kept(self) -> Expression:
        """1 − ε."""
        return difference(Number(1.0), self._smoothing())

    def weight(self, k: int) -> Number:
        """c of a class."""
        weights = self._loss.weight
        return Number(1.0 if weights is None else weights[k], f"c_{k + 1}")

    def divisor(self) -> Expression:
        """N, or C = Σ c y over all samples; the terms that are 0 now are left out unless it must hold in general."""
        if self._loss.weight is None:
            return self._scope.samples()
        y = self._trace.targets
        named = Backend.ones_like(y) if self._scope.folding.general else y
        places = [tuple(at) for at in Backend.argwhere(named != 0).tolist()] or [(0, 0)]
        terms = (Backend.asarray(self._loss.weight) * y)[tuple(zip(*places, strict=True))]
        return self._scope.sum(
            len(places),
            lambda i: product(self.weight(places[i][1]), self._scope.truth(*places[i])),
            lambda start: terms[start:].sum(),
        )

    def _smoothing(self) -> Number:
        return Number(self._loss.label_smoothing, "ε")

    def equation(self, truth: eq.Node) -> eq.Node:
        """T as a matrix: a function τ of each target, if it is not the target itself."""
        return truth if self._loss.plain else eq.apply("τ", truth)

    def equation_divisor(self, samples: eq.Scalar) -> eq.Scalar:
        """N or C in an equation of matrices."""
        return samples if self._loss.weight is None else eq.Scalar("C", self.divisor_value)
