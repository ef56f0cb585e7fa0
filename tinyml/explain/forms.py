"""The forms of a formula by the chain rule, with separate factors, and as a product of a row and a column."""

from tinyml.core import Index
from tinyml.explain.explained_tensor import ExplainedTensor, Source
from tinyml.explain.local_derivatives import MatrixLine, MatrixProduct
from tinyml.expression import PARTIAL, Explained, Expression, Marked, derivative, product


def by_chain(tensor: ExplainedTensor, at: Index) -> Explained:
    """Return Σ upstream · local over the outputs that depend on the number; at the loss, over the steps of the loss."""
    if tensor.parts is not None:
        return tensor.parts(at)
    source = source_of(tensor)
    scope, locals = source.scope, source.locals(at)
    below = below_symbol(tensor, at)

    def term(i: int) -> Expression:
        output = locals.output(i)
        above = scope.symbols.output(scope.name, output[1:], output[0])
        upstream = Marked("upstream", PARTIAL + above, scope.output_gradient(*output))
        return product(upstream, Marked("local", derivative(above, below), locals.derivative(i)))

    return Explained(locals.law, scope.sum(locals.count, term, locals.tail_sum, locals.tail_size))


def by_matrix(tensor: ExplainedTensor, at: Index) -> tuple[Explained, MatrixProduct]:
    """Return the row and the column whose product is the number; without a matrix form, of the local derivatives."""
    matrix = _by_derivatives(tensor, at) if tensor.matrix is None else tensor.matrix(at)
    return Explained(matrix.formula, matrix.expression), matrix


def _by_derivatives(tensor: ExplainedTensor, at: Index) -> MatrixProduct:
    source = source_of(tensor)
    scope, locals = source.scope, source.locals(at)
    row = MatrixLine("J", "", True, (1, locals.count), "row", 0, locals.derivative)
    column = MatrixLine(
        scope.symbols.matrix("∇", scope.name), f"{scope.name}.output.grad", False, (locals.count, 1), "column", 0,
        lambda i: scope.output_gradient(*locals.output(i)),
    )  # fmt: skip
    return scope.met(locals.formula, row, column, locals.tail_sum, locals.tail_size)


def source_of(tensor: ExplainedTensor) -> Source:
    """Return the source of a gradient."""
    if tensor.source is None:
        raise ValueError(f"{tensor.name} is not propagated back through a layer, so it has no chain form.")
    return tensor.source


def below_symbol(tensor: ExplainedTensor, at: Index) -> str:
    """Return the symbol of the number whose gradient it is; a ∇ does not contain it."""
    if tensor.part not in ("input", "output"):
        return tensor.symbol(at).removeprefix(PARTIAL)
    scope = source_of(tensor).scope
    return scope.symbols.feeding(scope.name, at[1:], at[0])
