"""Every scalar of one layer in a training step, with its formula."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tinyml.core import Array, Backend, Index
from tinyml.explain.explained_tensor import GIVEN, ExplainedTensor, Source, axes, given_tensor
from tinyml.explain.layers import layer_explanation
from tinyml.explain.local_derivatives import MatrixProduct
from tinyml.explain.objective import objective_gradient
from tinyml.explain.optims import UpdateScope
from tinyml.explain.optims.clipping import clipped_gradient
from tinyml.explain.scope import LayerScope
from tinyml.explain.step_scope import StepScope
from tinyml.expression import PARTIAL, Explained, Expression, Law, Leaf, Number, product

FROZEN = Law("law.frozen")


def of_layer(step: StepScope, place: int) -> Iterator[ExplainedTensor]:
    """Yield all tensors of the layer at an index, in the order in which they are listed."""
    scope = step.scope(place)
    yield from _inputs(step, place, scope)
    yield from _outputs(step, place, scope)
    yield from _saved(scope)
    yield from _running_state(scope)
    if scope.recorded.layer.connects and scope.recorded.layer.biased:
        yield from _bias_node(scope, place)
    for parameter in scope.recorded.parameters:
        yield from _parameter(step, scope, place, parameter)


def output_matrix(scope: LayerScope) -> Callable[[Index], MatrixProduct] | None:
    """Return the matrix product of a layer's outputs, if it has one."""
    explanation = layer_explanation(scope.recorded.layer)
    return (lambda at: explanation.output_matrix(scope, at)) if explanation.multiplies else None


def input_matrix(scope: LayerScope) -> Callable[[Index], MatrixProduct] | None:
    """Return the matrix product of the gradients of a layer's inputs, if it has one."""
    explanation = layer_explanation(scope.recorded.layer)
    return (lambda at: explanation.input_matrix(scope, at)) if explanation.multiplies else None


def _inputs(step: StepScope, place: int, scope: LayerScope) -> Iterator[ExplainedTensor]:
    name, recorded, symbols = scope.name, scope.recorded, scope.symbols
    fed_by = step.trace.topology.sources[place]
    before = None if fed_by is None else step.scope(fed_by)
    named = axes(recorded.input, "n", "i", "c,i,j")

    def explain(at: Index) -> Explained:
        if before is None:
            return Explained(GIVEN, scope.input(*at))
        return layer_explanation(before.recorded.layer).explain_output(before, at)

    yield ExplainedTensor(
        name, "input", "value", named, recorded.input,
        lambda at: symbols.feeding(name, at[1:], at[0]),
        explain,
        matrix=None if before is None else output_matrix(before),
    )  # fmt: skip
    yield ExplainedTensor(
        name, "input", "grad", named, recorded.input_gradient,
        lambda at: symbols.input_gradient(name, at[1:], at[0]),
        lambda at: layer_explanation(recorded.layer).explain_input_gradient(scope, at),
        source=step.input_source(place),
        matrix=input_matrix(scope),
    )  # fmt: skip


def _outputs(step: StepScope, place: int, scope: LayerScope) -> Iterator[ExplainedTensor]:
    name, recorded, symbols = scope.name, scope.recorded, scope.symbols
    named = axes(recorded.output, "n", "k", "f,r,s")
    yield ExplainedTensor(
        name, "output", "value", named, recorded.output,
        lambda at: symbols.output(name, at[1:], at[0]),
        lambda at: layer_explanation(recorded.layer).explain_output(scope, at),
        matrix=output_matrix(scope),
    )  # fmt: skip

    def symbol(at: Index) -> str:
        return symbols.output_gradient(name, at[1:], at[0])

    reader = step.trace.topology.reader(place)
    if reader is None:
        yield ExplainedTensor(
            name, "output", "grad", named, recorded.output_gradient, symbol,
            lambda at: step.loss_explanation.explain_gradient(step.loss, at),
            parts=lambda at: step.loss_explanation.explain_parts(step.loss, at),
        )  # fmt: skip
        return
    after = step.scope(reader)
    yield ExplainedTensor(
        name, "output", "grad", named, recorded.output_gradient, symbol,
        lambda at: layer_explanation(after.recorded.layer).explain_input_gradient(after, at),
        source=step.input_source(reader),
        matrix=input_matrix(after),
    )  # fmt: skip


def _saved(scope: LayerScope) -> Iterator[ExplainedTensor]:
    name, layer, symbols = scope.name, scope.recorded.layer, scope.symbols
    for part, array in scope.recorded.saved.items():
        shared = part in layer.shared_saved

        def symbol(at: Index, part: str = part, shared: bool = shared) -> str:
            return symbols.saved(name, part, at if shared else at[1:], None if shared else at[0])

        def explain(at: Index, part: str = part) -> Explained:
            return layer_explanation(layer).explain_saved(scope, part, at)

        named = axes(array, "" if shared else "n", "f" if shared else "i", "c,i,j")
        yield ExplainedTensor(name, part, "value", named, array, symbol, explain)


def _running_state(scope: LayerScope) -> Iterator[ExplainedTensor]:
    """Yield the numbers that the step changes besides the parameters, such as a running mean, before and after it."""
    name, layer, symbols = scope.name, scope.recorded.layer, scope.symbols
    for part, (before, after) in scope.recorded.running_state.items():
        if Backend.ndim(before) == 0:  # a count of passes, which is not a number of the step
            continue

        def symbol(at: Index, part: str = part) -> str:
            return symbols.running_state(name, part, at)

        def next_symbol(at: Index, part: str = part) -> str:
            return symbols.running_state(name, part, at, new=True)

        def explain(at: Index, part: str = part) -> Explained:
            return layer_explanation(layer).explain_running_state(scope, part, at)

        yield given_tensor(name, part, "f", before, symbol)
        yield ExplainedTensor(name, part, "next", "f", after, next_symbol, explain)


def _bias_node(scope: LayerScope, place: int) -> Iterator[ExplainedTensor]:
    name, recorded, symbols = scope.name, scope.recorded, scope.symbols
    yield given_tensor(name, "one", "n", Backend.ones(scope.batch), lambda at: symbols.one(name, at[0]))

    def explain(at: Index) -> Explained:
        locals = layer_explanation(recorded.layer).one_derivatives(scope, at[0])
        return Explained(locals.law, scope.collected(locals))

    yield ExplainedTensor(
        name, "one", "grad", "n", recorded.one_gradient(),
        lambda at: PARTIAL + symbols.one(name, at[0]),
        explain,
        source=Source(scope, place, lambda at: layer_explanation(recorded.layer).one_derivatives(scope, at[0])),
    )  # fmt: skip


def _parameter(step: StepScope, scope: LayerScope, place: int, parameter: str) -> Iterator[ExplainedTensor]:
    name, symbols, layer = scope.name, scope.symbols, scope.recorded.layer
    recorded = scope.recorded.parameters[parameter]
    named, explanation = layer.parameter_axes(parameter), layer_explanation(layer)

    def written(at: Index) -> str:
        return symbols.parameter(name, parameter, at)

    def matrix(at: Index) -> MatrixProduct:
        return explanation.parameter_matrix(scope, parameter, at)

    value = given_tensor(name, parameter, named, recorded.value, written)
    gradient = ExplainedTensor(
        name, parameter, "grad", named, recorded.gradient,
        lambda at: PARTIAL + written(at),
        lambda at: explanation.explain_parameter_gradient(scope, parameter, at),
        source=Source(scope, place, lambda at: explanation.parameter_derivatives(scope, parameter, at)),
        matrix=matrix if explanation.multiplies else None,
    )  # fmt: skip
    yield value
    yield gradient
    minimized = objective_gradient(step, scope.recorded, parameter, value, gradient)
    if minimized is not None:
        yield minimized
    own = layer.parameters()[parameter]
    learns, factor = own.require_grad, own.lr_factor

    def update(at: Index) -> UpdateScope:
        rate: Expression = Leaf("lr", "η", float(step.trace.rate.value))
        if factor != 1:
            rate = product(Number(factor, "κ"), rate)
        used = clipped_gradient(step.trace, (minimized or gradient).leaf(at), step.folding.general)
        return UpdateScope(name, parameter, at, recorded, symbols, rate, value.leaf(at), used, own.is_bias)

    def explain_next(at: Index) -> Explained:
        if not learns:
            return Explained(FROZEN, value.leaf(at))
        return _factored(step.optimizer_explanation.explain(update(at)), factor)

    yield ExplainedTensor(
        name, parameter, "next", named, recorded.next,
        lambda at: symbols.parameter(name, parameter, at, new=True),
        explain_next,
    )  # fmt: skip

    def explain_state(at: Index, word: str) -> Explained:
        entry = update(at)
        before = entry.before(word)
        if not learns and before is not None:
            return Explained(FROZEN, before)
        explained = step.optimizer_explanation.explain_state(entry, word)
        return _factored(explained, factor if step.trace.optimizer.adds else 1.0)

    yield from _states(scope, parameter, explain_state)


def _factored(explained: Explained, factor: float) -> Explained:
    """Return the formula of an update with a law that says that the rate has a factor."""
    if factor == 1:
        return explained
    law = Law("law.rate_factor", law=explained.law, rate="η", factored="κη", factor="κ")
    return Explained(law, explained.expression)


def _states(
    scope: LayerScope, parameter: str, explain_state: Callable[[Index, str], Explained]
) -> Iterator[ExplainedTensor]:
    """Yield the optimizer state of a parameter, before and after the update."""
    name, symbols, layer = scope.name, scope.symbols, scope.recorded.layer
    recorded = scope.recorded.parameters[parameter]

    def named(array: Array) -> str:
        return layer.parameter_axes(parameter) if array.shape == recorded.value.shape else "i"

    for word, array in recorded.state.items():

        def symbol(at: Index, word: str = word) -> str:
            return symbols.state(name, parameter, word, at)

        yield given_tensor(name, parameter, named(array), array, symbol, kind=word)
    for word, array in recorded.next_state.items():
        whole = array.shape != recorded.value.shape

        def next_symbol(at: Index, word: str = word) -> str:
            return symbols.state(name, parameter, word, at, new=True)

        def explain(at: Index, word: str = word, whole: bool = whole) -> Explained:
            # State of the whole parameter is explained at its first entry.
            return explain_state((0,) * recorded.value.ndim if whole else at, word)

        yield ExplainedTensor(name, parameter, f"{word}.next", named(array), array, next_symbol, explain)
