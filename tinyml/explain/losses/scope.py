"""The context of the explanation of a loss: predictions and targets, as leaves with symbol and ref."""

from collections.abc import Callable
from dataclasses import dataclass

from tinyml.core import Array, Index, unravel_index
from tinyml.explain.local_derivatives import TailSum, Term
from tinyml.explain.scope import written
from tinyml.explain.symbols import Symbols
from tinyml.expression import PARTIAL, Expression, Folding, Leaf, Number, difference
from tinyml.trace import Trace


@dataclass(frozen=True, slots=True)
class LossScope:
    """The numbers that a loss uses, and how long sums are folded. All indices count from 0, the sample first."""

    trace: Trace
    symbols: Symbols
    folding: Folding

    @property
    def outputs(self) -> int:
        """The number of outputs of a sample."""
        return int(self.trace.output.size // len(self.trace.output))

    def start(self) -> Leaf:
        """∂ℓ/∂ℓ = 1, with which the backward pass begins."""
        return Leaf("loss.grad", PARTIAL + "ℓ", 1.0)

    def samples(self) -> Number:
        """N, the number of samples in the batch."""
        return Number(float(len(self.trace.output)), "N")

    def entries(self) -> Number:
        """M, the number of outputs in the whole batch."""
        return Number(float(self.trace.output.size), "M")

    def predicted(self, *at: int) -> Leaf:
        """ŷ_k of a sample."""
        last = self.trace.last.layer.name
        symbol = self.symbols.output(last, at[1:], at[0])
        return Leaf(f"{last}.output{written(at)}", symbol, float(self.trace.output[at]))

    def predicted_gradient(self, *at: int) -> Leaf:
        """∂ℓ/∂ŷ_k of a sample."""
        last = self.trace.last.layer.name
        symbol = self.symbols.output_gradient(last, at[1:], at[0])
        return Leaf(f"{last}.output.grad{written(at)}", symbol, float(self.trace.loss.gradient[at]))

    @property
    def probabilities(self) -> Array:
        """All p."""
        p = self.trace.loss.p
        if p is None:
            raise ValueError(f"{self.trace.loss.loss.type} has no probabilities.")
        return p

    @property
    def truth_gradient(self) -> Array:
        """∂ℓ/∂y as the loss computes it."""
        return self.trace.loss.loss.truth_gradient(self.trace.output, self.trace.targets)

    def probability(self, *at: int) -> Leaf:
        """p_k of a sample, the probability that the loss computes from its prediction."""
        return Leaf(f"loss.p{written(at)}", self.symbols.probability(at[1:], at[0]), float(self.probabilities[at]))

    def probability_gradient(self, *at: int) -> Leaf:
        """∂ℓ/∂p_k of a sample."""
        gradient = self.trace.loss.p_gradient
        if gradient is None:
            raise ValueError(f"{self.trace.loss.loss.type} has no probabilities.")
        symbol = PARTIAL + self.symbols.probability(at[1:], at[0])
        return Leaf(f"loss.p.grad{written(at)}", symbol, float(gradient[at]))

    def given_gradient(self, *at: int) -> Leaf:
        """g_k of a sample, the gradient that the loss is given for its prediction."""
        given = self.trace.loss.given
        if given is None:
            raise ValueError(f"{self.trace.loss.loss.type} is given no gradient.")
        return Leaf(f"loss.g{written(at)}", self.symbols.given_gradient(at[1:], at[0]), float(given[at]))

    def truth(self, *at: int) -> Leaf:
        """y_k of a sample."""
        return Leaf(f"y{written(at)}", self.symbols.truth(at[1:], at[0]), float(self.trace.targets[at]))

    def flat_errors(self) -> Array:
        """All ŷ − y in the order of `over_entries`."""
        errors: Array = (self.trace.output - self.trace.targets).reshape(-1)
        return errors

    def error(self, *at: int) -> Expression:
        """ŷ_k − y_k of a sample."""
        return difference(self.predicted(*at), self.truth(*at))

    def over_entries(self, term: Callable[[Index], Expression], rest: TailSum | None = None) -> Expression:
        """Return Σ term(at) over the batch, sample by sample; `rest(start)` is the sum of the terms from `start` on."""
        return self.folding.sum(self.trace.output.size, lambda i: term(unravel_index(i, self.trace.output.shape)), rest)

    def sum(self, count: int, term: Term, rest: TailSum | None = None) -> Expression:
        """Return Σ term(i) for i < count, with `rest` as above."""
        return self.folding.sum(count, term, rest)
