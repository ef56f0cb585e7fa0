"""The explanation of a fully connected layer: sums of products, and the matrices with their rows and columns."""

from __future__ import annotations

from tinyml import equations as eq
from tinyml.core import Array, Backend, Index
from tinyml.explain.layers.base import LayerExplanation
from tinyml.explain.local_derivatives import JacobianRows, LocalDerivatives, MatrixLine, MatrixProduct, Term
from tinyml.explain.scope import LayerScope
from tinyml.expression import Explained, Law, Number
from tinyml.layers import Linear


class LinearExplanation(LayerExplanation[Linear]):
    """Ŷ = Xw + b, or Ŷ = Xw without a bias, as formulas: the chapter's laws."""

    explains = (Linear,)
    multiplies = True

    @property
    def law(self) -> Law:
        """The law of the outputs."""
        return Law.equation("Ŷ = Xw + b" if self.layer.biased else "Ŷ = Xw")

    def explain_output(self, scope: LayerScope, at: Index) -> Explained:
        return Explained(self.law, self.output_matrix(scope, at).expression)

    def input_derivatives(self, scope: LayerScope, at: Index) -> LocalDerivatives:
        n, j = at
        upstream, row = scope.recorded.output_gradient[n], scope.recorded.parameters["w"].value[j]
        return LocalDerivatives(
            Law("law.2", formula="∂ℓ/∂X = ∇wᵀ"),
            self.layer.output_dim,
            lambda k: (n, k),
            lambda k: scope.parameter("w", j, k),
            lambda: row,
            lambda: upstream,
        )

    def jacobian_rows(self, scope: LayerScope, numbers: Array) -> JacobianRows:
        n, j = Backend.divmod(numbers, self.layer.input_dim)
        return JacobianRows(
            self.layer.output_dim,
            lambda: n[:, None] * self.layer.output_dim + Backend.arange(self.layer.output_dim),
            lambda: scope.recorded.parameters["w"].value[j],
        )

    def parameter_derivatives(self, scope: LayerScope, name: str, at: Index) -> LocalDerivatives:
        upstream = scope.recorded.output_gradient[:, at[-1]]
        if name == "b":
            return LocalDerivatives(
                Law("law.biases", formula="∂ℓ/∂b = ∇"),
                scope.batch,
                lambda n: (n, *at),
                lambda _: Number(1.0),
                lambda: Backend.ones(scope.batch),
                lambda: upstream,
            )
        j, k = at
        column = scope.recorded.input[:, j]
        return LocalDerivatives(
            Law("law.1", formula="∂ℓ/∂w = Xᵀ∇"),
            scope.batch,
            lambda n: (n, k),
            lambda n: scope.input(n, j),
            lambda: column,
            lambda: upstream,
        )

    def one_derivatives(self, scope: LayerScope, sample: int) -> LocalDerivatives:
        """Return how the outputs depend on the constant 1 of the biases, which is an input like the others."""
        upstream, row = scope.recorded.output_gradient[sample], scope.recorded.parameters["b"].value
        return LocalDerivatives(
            Law("law.2.constant", formula="Σₖ ∇ₖ bₖ"),
            self.layer.output_dim,
            lambda k: (sample, k),
            lambda k: scope.parameter("b", k),
            lambda: row,
            lambda: upstream,
        )

    def output_matrix(self, scope: LayerScope, at: Index) -> MatrixProduct:
        n, k = at
        row, column = scope.recorded.input[n], scope.recorded.parameters["w"].value[:, k]
        return scope.met(
            self.law,
            self._inputs(scope, "row", n, lambda j: scope.input(n, j)),
            self._weights(scope, "column", k, lambda j: scope.parameter("w", j, k)),
            lambda j: row[j:] @ column[j:],
            lambda j: Backend.abs(row[j:]) @ Backend.abs(column[j:]),
            scope.parameter("b", k) if self.layer.biased else None,
        )

    def input_matrix(self, scope: LayerScope, at: Index) -> MatrixProduct:
        n, j = at
        locals = self.input_derivatives(scope, at)
        return scope.met(
            Law("law.2", formula="∂ℓ/∂X = ∇wᵀ"),
            self._upstream(scope, "row", n, lambda k: scope.output_gradient(n, k)),
            self._weights(scope, "column", j, lambda k: scope.parameter("w", j, k), transposed=True),
            locals.tail_sum,
            locals.tail_size,
        )

    def parameter_matrix(self, scope: LayerScope, name: str, at: Index) -> MatrixProduct:
        locals = self.parameter_derivatives(scope, name, at)
        upstream = self._upstream(scope, "column", at[-1], lambda n: scope.output_gradient(n, at[-1]))
        if name == "b":
            ones = MatrixLine("1", f"{self.layer.name}.one", True, (1, scope.batch), "row", 0, scope.one)
            law = Law("law.biases.matrix", formula="∂ℓ/∂b = 1ᵀ∇", gradient="∇")
            return scope.met(law, ones, upstream, locals.tail_sum, locals.tail_size)
        inputs = self._inputs(scope, "row", at[0], lambda n: scope.input(n, at[0]), transposed=True)
        return scope.met(locals.law, inputs, upstream, locals.tail_sum, locals.tail_size)

    def forward_equations(self, scope: eq.LayerTensors) -> list[eq.Equation]:
        product = eq.product(scope.tensor("input", _INPUTS), scope.tensor("w"))
        y = scope.tensor("output")
        if not self.layer.biased:
            return [scope.forward("forward", "linear", y, product)]
        return [scope.forward("forward", "affine", y, eq.add(product, scope.tensor("b")))]

    def backward_equations(self, scope: eq.LayerTensors) -> list[eq.Equation]:
        x, upstream = scope.tensor("input", _INPUTS), scope.tensor("output.grad")
        law_1 = eq.product(x.transpose(), upstream)
        law_2 = eq.product(upstream, scope.tensor("w").transpose())
        biases = [scope.learnt("biases", "biases", scope.tensor("b.grad"), eq.total(upstream, "n"))]
        return [
            scope.learnt("weights", "weights", scope.tensor("w.grad"), law_1),
            *(biases if self.layer.biased else []),
            scope.back("inputs", "inputs", scope.tensor("input.grad", _INPUTS), law_2),
        ]

    def _inputs(self, scope: LayerScope, kind: str, at: int, entry: Term, transposed: bool = False) -> MatrixLine:
        symbol, tensor = scope.symbols.feeding_matrix(self.layer.name)
        shape = (self.layer.input_dim, scope.batch) if transposed else (scope.batch, self.layer.input_dim)
        return MatrixLine(symbol, tensor, transposed, shape, kind, at, entry)

    def _weights(self, scope: LayerScope, kind: str, at: int, entry: Term, transposed: bool = False) -> MatrixLine:
        shape, name = (self.layer.input_dim, self.layer.output_dim), self.layer.name
        shape = shape[::-1] if transposed else shape
        return MatrixLine(scope.symbols.matrix("w", name), f"{name}.w", transposed, shape, kind, at, entry)

    def _upstream(self, scope: LayerScope, kind: str, at: int, entry: Term) -> MatrixLine:
        shape, symbol = (scope.batch, self.layer.output_dim), scope.symbols.matrix("∇", self.layer.name)
        return MatrixLine(symbol, f"{self.layer.name}.output.grad", False, shape, kind, at, entry)


_INPUTS = eq.Layout("n j", "n", "j")
