"""The numbers that the explanation of a layer may use, as leaves with symbol and ref."""

from dataclasses import dataclass, replace
from functools import lru_cache

from tinyml.core import Index
from tinyml.explain.local_derivatives import LocalDerivatives, MatrixLine, MatrixProduct, TailSum, Term
from tinyml.explain.symbols import Symbols
from tinyml.expression import Expression, Folding, Law, Leaf, Number, Operation, added, product, quotient
from tinyml.trace import LayerTrace


@dataclass(frozen=True, slots=True)
class LayerScope:
    """The numbers around one layer, and how long sums are folded. All indices count from 0, the sample first."""

    recorded: LayerTrace
    symbols: Symbols
    folding: Folding

    @property
    def name(self) -> str:
        """The layer's name."""
        return self.recorded.layer.name

    @property
    def batch(self) -> int:
        """The number of samples in the batch."""
        return len(self.recorded.input)

    def input(self, *at: int) -> Leaf:
        """Return an input of the layer."""
        ref = self.symbols.feeding_ref(self.name, written(at))
        return Leaf(ref, self.symbols.feeding(self.name, at[1:], at[0]), float(self.recorded.input[at]))

    def output(self, *at: int) -> Leaf:
        """Return an output of the layer."""
        symbol = self.symbols.output(self.name, at[1:], at[0])
        return Leaf(f"{self.name}.output{written(at)}", symbol, float(self.recorded.output[at]))

    def output_gradient(self, *at: int) -> Leaf:
        """Return ∂ℓ/∂output, the gradient that flows back into the layer."""
        symbol = self.symbols.output_gradient(self.name, at[1:], at[0])
        return Leaf(f"{self.name}.output.grad{written(at)}", symbol, float(self.recorded.output_gradient[at]))

    def parameter(self, name: str, *index: int) -> Leaf:
        """Return an entry of a parameter, before the update."""
        symbol = self.symbols.parameter(self.name, name, index)
        return Leaf(f"{self.name}.{name}{written(index)}", symbol, float(self.recorded.parameters[name].value[index]))

    def saved(self, name: str, *index: int) -> Leaf:
        """Return an intermediate result of the layer, such as an entry of a mask."""
        sample, unit = (None, index) if name in self.recorded.layer.shared_saved else (index[0], index[1:])
        symbol = self.symbols.saved(self.name, name, unit, sample)
        return Leaf(f"{self.name}.{name}{written(index)}", symbol, float(self.recorded.saved[name][index]))

    def running_state(self, name: str, *index: int) -> Leaf:
        """Return a number that steps change besides the parameters, before the step."""
        symbol = self.symbols.running_state(self.name, name, index)
        return Leaf(f"{self.name}.{name}{written(index)}", symbol, float(self.recorded.running_state[name][0][index]))

    def one(self, sample: int) -> Leaf:
        """Return the constant 1 that the biases multiply."""
        return Leaf(f"{self.name}.one[{sample}]", self.symbols.one(self.name, sample), 1.0)

    def sum(self, count: int, term: Term, rest: TailSum | None = None, sizes: TailSum | None = None) -> Expression:
        """Return Σ term(i) for i < count, folded if it is long; `rest(start)` is the sum of the terms from `start` on,
        `sizes(start)` the sum of their absolute values.
        """
        return self.folding.sum(count, term, rest, sizes)

    @staticmethod
    def mean(whole: Expression, count: Number, recorded: float) -> Expression:
        """Return Σ / count, whose value in the pass is `recorded`.

        The sum of terms that cancel is only rounding, which depends on the order of addition. The value of the sum is
        therefore the one from which the recorded mean was computed, so that the formula does not contradict it.
        """
        if isinstance(whole, Operation):
            whole = replace(whole, value=recorded * count.value)
        return quotient(whole, count)

    def collected(self, locals: LocalDerivatives) -> Expression:
        """Return Σ ∇ · derivative over the outputs that depend on a number."""

        def term(i: int) -> Expression:
            derivative, upstream = locals.derivative(i), self.output_gradient(*locals.output(i))
            return upstream if derivative == _ONE else product(upstream, derivative)

        return self.sum(locals.count, term, locals.tail_sum, locals.tail_size)

    def met(
        self,
        formula: Law,
        left: MatrixLine,
        right: MatrixLine,
        rest: TailSum | None,
        sizes: TailSum | None,
        plus: Leaf | None = None,
    ) -> MatrixProduct:
        """Return the product of a row and a column of two matrices, entry by entry, plus an optional term."""
        count = left.count
        sums = self.sum(count, lambda i: product(left.entry(i), right.entry(i)), rest, sizes)
        # A row of one entry is not a sum, and nothing is folded.
        folded = sums.folded if isinstance(sums, Operation) else None
        shown = count if folded is None else count - folded.count
        lines = (left.line(shown), right.line(shown))
        return MatrixProduct(formula, *lines, plus, sums if plus is None else added(sums, plus))


_ONE = Number(1.0)


@lru_cache(maxsize=10_000)  # like symbols: the same few are needed again and again
def written(index: Index) -> str:
    """Return an index as it is written in refs: [0,1]."""
    return f"[{','.join([str(i) for i in index])}]"
