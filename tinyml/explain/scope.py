"""What a layer may speak of when it explains itself: the numbers around it, as leaves with symbol and ref."""

from dataclasses import dataclass, replace
from functools import lru_cache

from tinyml.core import Index
from tinyml.explain.local_derivatives import LocalDerivatives, MatrixLine, MatrixProduct, TailSum, Term
from tinyml.explain.symbols import Symbols
from tinyml.expression import Expression, Folding, Law, Leaf, Number, Operation, added, product, quotient
from tinyml.trace import LayerTrace


@dataclass(frozen=True, slots=True)
class LayerScope:
    """The surroundings of one layer, and how long sums are folded. All indices count from 0, the sample first."""

    recorded: LayerTrace
    symbols: Symbols
    folding: Folding

    @property
    def name(self) -> str:
        """The layer's name."""
        return self.recorded.layer.name

    @property
    def batch(self) -> int:
        """How many samples the batch has."""
        return len(self.recorded.input)

    def input(self, *at: int) -> Leaf:
        """An input of the layer."""
        ref = self.symbols.feeding_ref(self.name, written(at))
        return Leaf(ref, self.symbols.feeding(self.name, at[1:], at[0]), float(self.recorded.input[at]))

    def output(self, *at: int) -> Leaf:
        """An output of the layer."""
        symbol = self.symbols.output(self.name, at[1:], at[0])
        return Leaf(f"{self.name}.output{written(at)}", symbol, float(self.recorded.output[at]))

    def output_gradient(self, *at: int) -> Leaf:
        """∂ℓ/∂output: what flows back into the layer."""
        symbol = self.symbols.output_gradient(self.name, at[1:], at[0])
        return Leaf(f"{self.name}.output.grad{written(at)}", symbol, float(self.recorded.output_gradient[at]))

    def parameter(self, name: str, *index: int) -> Leaf:
        """An entry of a parameter, before the update."""
        symbol = self.symbols.parameter(self.name, name, index)
        return Leaf(f"{self.name}.{name}{written(index)}", symbol, float(self.recorded.parameters[name].value[index]))

    def kept(self, name: str, *index: int) -> Leaf:
        """A number that the layer made on the way, such as an entry of a mask."""
        sample, unit = (None, index) if name in self.recorded.layer.shared_kept else (index[0], index[1:])
        symbol = self.symbols.kept(self.name, name, unit, sample)
        return Leaf(f"{self.name}.{name}{written(index)}", symbol, float(self.recorded.kept[name][index]))

    def moved(self, name: str, *index: int) -> Leaf:
        """A number that steps move on beside the parameters, before the step."""
        symbol = self.symbols.moved(self.name, name, index)
        return Leaf(f"{self.name}.{name}{written(index)}", symbol, float(self.recorded.moved[name][0][index]))

    def one(self, sample: int) -> Leaf:
        """The constant 1 whose edges carry the biases."""
        return Leaf(f"{self.name}.one[{sample}]", self.symbols.one(self.name, sample), 1.0)

    def sum(self, count: int, term: Term, rest: TailSum | None = None, sizes: TailSum | None = None) -> Expression:
        """Σ term(i) for i < count, folded where it is long; `rest(start)` is what the terms from `start` on come to,
        `sizes(start)` what their sizes do.
        """
        return self.folding.sum(count, term, rest, sizes)

    @staticmethod
    def mean(whole: Expression, count: Number, recorded: float) -> Expression:
        """Σ / count, of which the pass has `recorded`.

        Terms that cancel leave rounding alone, which is another one in another order: the value of the sum is the one
        that the recorded mean has been computed from, and not one that it contradicts.
        """
        if isinstance(whole, Operation):
            whole = replace(whole, value=recorded * count.value)
        return quotient(whole, count)

    def collected(self, locals: LocalDerivatives) -> Expression:
        """Σ ∇ · derivative: what comes back from every output that depends on a number."""

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
        """The number at which a row of one matrix meets a column of another, entry by entry, plus what is added."""
        count = left.count
        sums = self.sum(count, lambda i: product(left.entry(i), right.entry(i)), rest, sizes)
        # A row of one entry is no sum, and folds nothing.
        folded = sums.folded if isinstance(sums, Operation) else None
        shown = count if folded is None else count - folded.count
        lines = (left.line(shown), right.line(shown))
        return MatrixProduct(formula, *lines, plus, sums if plus is None else added(sums, plus))


_ONE = Number(1.0)


@lru_cache(maxsize=10_000)  # as symbols are: the same few are asked for again and again
def written(index: Index) -> str:
    """An index as refs write it: [0,1]."""
    return f"[{','.join([str(i) for i in index])}]"
