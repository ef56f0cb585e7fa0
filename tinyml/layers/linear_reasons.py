"""How a fully connected layer explains itself: sums of products, and the matrices whose rows and columns they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tinyml import equations as eq
from tinyml.core import Array, Backend
from tinyml.expression import Number
from tinyml.layers.base import Layer
from tinyml.layers.reasons import Explained, Fan, Index, Locals, Matrix, Side, Term
from tinyml.layers.unrolled import TermSizes

if TYPE_CHECKING:
    from tinyml.explain.scope import LayerScope


class ExplainedLinear(Layer):
    """Ŷ = Xw + b, or Ŷ = Xw without a bias, as formulas: the chapter's laws."""

    begins_unit = True
    multiplies = True
    input_dim: int
    output_dim: int

    @property
    def law(self) -> str:
        """What the outputs are."""
        return "Ŷ = Xw + b" if self.biased else "Ŷ = Xw"

    def explain_output(self, scope: LayerScope, at: Index) -> Explained:
        return Explained(self.law, self.output_matrix(scope, at).expression)

    def input_locals(self, scope: LayerScope, at: Index) -> Locals:
        n, j = at
        upstream, row = scope.recorded.output_gradient[n], scope.recorded.parameters["w"].value[j]
        return Locals(
            "Law 2: ∂ℓ/∂X = ∇wᵀ",
            self.output_dim,
            lambda k: (n, k),
            lambda k: scope.parameter("w", j, k),
            lambda: row,
            lambda: upstream,
        )

    def term_sizes(self, of: str, x: Array, upstream: Array, parameters: Mapping[str, Array]) -> TermSizes | None:
        x, upstream, w = abs(x), abs(upstream), abs(parameters["w"])
        if of == "output":
            return TermSizes(x @ w + abs(parameters["b"]) if self.biased else x @ w, self.input_dim + self.biased)
        if of == "input_gradient":
            return TermSizes(upstream @ w.T, self.output_dim)
        return TermSizes(upstream.sum(axis=0) if of == "b" else x.T @ upstream, len(x))

    def input_fan(self, scope: LayerScope, numbers: Array) -> Fan:
        n, j = Backend.divmod(numbers, self.input_dim)
        return Fan(
            self.output_dim,
            lambda: n[:, None] * self.output_dim + Backend.arange(self.output_dim),
            lambda: scope.recorded.parameters["w"].value[j],
        )

    def parameter_locals(self, scope: LayerScope, name: str, at: Index) -> Locals:
        upstream = scope.recorded.output_gradient[:, at[-1]]
        if name == "b":
            return Locals(
                "∂ℓ/∂b = ∇, summed over the batch",
                scope.batch,
                lambda n: (n, *at),
                lambda _: Number(1.0),
                lambda: Backend.ones(scope.batch),
                lambda: upstream,
            )
        j, k = at
        column = scope.recorded.input[:, j]
        return Locals(
            "Law 1: ∂ℓ/∂w = Xᵀ∇",
            scope.batch,
            lambda n: (n, k),
            lambda n: scope.input(n, j),
            lambda: column,
            lambda: upstream,
        )

    def one_locals(self, scope: LayerScope, sample: int) -> Locals:
        """How the outputs depend on the constant 1 that carries the biases: it is an input like any other."""
        upstream, row = scope.recorded.output_gradient[sample], scope.recorded.parameters["b"].value
        return Locals(
            "Law 2, for the constant 1: Σₖ ∇ₖ bₖ",
            self.output_dim,
            lambda k: (sample, k),
            lambda k: scope.parameter("b", k),
            lambda: row,
            lambda: upstream,
        )

    def output_matrix(self, scope: LayerScope, at: Index) -> Matrix:
        n, k = at
        row, column = scope.recorded.input[n], scope.recorded.parameters["w"].value[:, k]
        return scope.met(
            self.law,
            self._inputs(scope, "row", n, lambda j: scope.input(n, j)),
            self._weights(scope, "column", k, lambda j: scope.parameter("w", j, k)),
            lambda j: row[j:] @ column[j:],
            scope.parameter("b", k) if self.biased else None,
        )

    def input_matrix(self, scope: LayerScope, at: Index) -> Matrix:
        n, j = at
        return scope.met(
            "Law 2: ∂ℓ/∂X = ∇wᵀ",
            self._upstream(scope, "row", n, lambda k: scope.output_gradient(n, k)),
            self._weights(scope, "column", j, lambda k: scope.parameter("w", j, k), transposed=True),
            self.input_locals(scope, at).rest,
        )

    def parameter_matrix(self, scope: LayerScope, name: str, at: Index) -> Matrix:
        locals = self.parameter_locals(scope, name, at)
        upstream = self._upstream(scope, "column", at[-1], lambda n: scope.output_gradient(n, at[-1]))
        if name == "b":
            ones = Side("1", f"{self.name}.one", True, (1, scope.batch), "row", 0, scope.one)
            return scope.met("∂ℓ/∂b = 1ᵀ∇: each column of ∇, added up", ones, upstream, locals.rest)
        inputs = self._inputs(scope, "row", at[0], lambda n: scope.input(n, at[0]), transposed=True)
        return scope.met(locals.law, inputs, upstream, locals.rest)

    def forward_equations(self, scope: eq.LayerTensors) -> list[eq.Equation]:
        product = eq.product(scope.tensor("input", _INPUTS), scope.tensor("w"))
        y = scope.tensor("output")
        if not self.biased:
            return [scope.forward("forward", "linear", y, product)]
        return [scope.forward("forward", "affine", y, eq.add(product, scope.tensor("b")))]

    def backward_equations(self, scope: eq.LayerTensors) -> list[eq.Equation]:
        x, upstream = scope.tensor("input", _INPUTS), scope.tensor("output.grad")
        law_1 = eq.product(x.transpose(), upstream)
        law_2 = eq.product(upstream, scope.tensor("w").transpose())
        biases = [scope.learnt("biases", "biases", scope.tensor("b.grad"), eq.total(upstream, "n"))]
        return [
            scope.learnt("weights", "weights", scope.tensor("w.grad"), law_1),
            *(biases if self.biased else []),
            scope.back("inputs", "inputs", scope.tensor("input.grad", _INPUTS), law_2),
        ]

    def _inputs(self, scope: LayerScope, lit: str, at: int, entry: Term, transposed: bool = False) -> Side:
        symbol, tensor = scope.symbols.feeding_matrix(self.name)
        shape = (self.input_dim, scope.batch) if transposed else (scope.batch, self.input_dim)
        return Side(symbol, tensor, transposed, shape, lit, at, entry)

    def _weights(self, scope: LayerScope, lit: str, at: int, entry: Term, transposed: bool = False) -> Side:
        shape = (self.output_dim, self.input_dim) if transposed else (self.input_dim, self.output_dim)
        return Side(scope.symbols.matrix("w", self.name), f"{self.name}.w", transposed, shape, lit, at, entry)

    def _upstream(self, scope: LayerScope, lit: str, at: int, entry: Term) -> Side:
        shape, symbol = (scope.batch, self.output_dim), scope.symbols.matrix("∇", self.name)
        return Side(symbol, f"{self.name}.output.grad", False, shape, lit, at, entry)


_INPUTS = eq.Layout("n j", "n", "j")
