"""Every scalar of a training step by its ref, with the formula that gives it."""

from collections.abc import Callable, Iterator

from tinyml.core import Array, Backend, RefError, overflow_allowed
from tinyml.explain.family import Family, Index
from tinyml.explain.refs import Ref
from tinyml.explain.scope import LayerScope, LossScope
from tinyml.explain.symbols import Symbols
from tinyml.expression import PARTIAL, Leaf, Number, product, total
from tinyml.layers.base import Explained
from tinyml.trace import ParameterTrace, Trace

_GIVEN = "given, not computed"


def find(trace: Trace, ref: Ref) -> tuple[Family, Index]:
    """The family that a ref belongs to, and the index in it. Raises RefError that names what there is instead."""
    everything = list(families(trace))
    owned = [family for family in everything if family.owner == ref.owner]
    if not owned:
        owners = ", ".join(dict.fromkeys(family.owner for family in everything))
        raise RefError(f"Nothing of that name is in this network; refs begin with one of {owners}.")
    for family in owned:
        if (family.part, family.kind) == (ref.part, ref.kind) and family.holds(ref.index):
            return family, ref.index
    raise RefError(f"{ref.owner} has no such number; it has {', '.join(map(str, owned))}. Indices count from 0.")


def families(trace: Trace) -> Iterator[Family]:
    """All that a ref can name, in the order in which one would list it."""
    symbols = Symbols(trace)
    loss = LossScope(trace, symbols)
    first = trace.layers[0]
    yield _given("x", "", "n,i", trace.x, lambda at: symbols.input(at[1], at[0]))
    yield Family(
        "x", "", "grad", "n,i", first.input_gradient,
        lambda at: PARTIAL + symbols.input(at[1], at[0]),
        lambda at: first.layer.explain_input_gradient(LayerScope(first, symbols), *at),
    )  # fmt: skip
    yield _given("y", "", "n,k", trace.y, lambda at: symbols.truth(at[1], at[0]))
    yield Family(
        "y", "", "grad", "n,k", _truth_gradient(trace),
        lambda at: PARTIAL + symbols.truth(at[1], at[0]),
        lambda at: trace.loss.loss.explain_truth_gradient(loss, *at),
    )  # fmt: skip
    yield Family(
        "loss", "", "value", "", Backend.asarray(trace.loss.value),
        lambda _: "ℓ",
        lambda _: trace.loss.loss.explain_value(loss),
    )  # fmt: skip
    yield Family(
        "loss", "", "grad", "", Backend.asarray(1.0),
        lambda _: PARTIAL + "ℓ",
        lambda _: Explained("∂ℓ/∂ℓ = 1: the backward pass starts here", Number(1.0)),
    )  # fmt: skip
    yield _given("lr", "", "", Backend.asarray(trace.optimizer.lr), lambda _: "η")
    for i in range(len(trace.layers)):
        yield from _of_layer(trace, i, symbols, loss)


def _truth_gradient(trace: Trace) -> Array:
    with overflow_allowed():
        return trace.loss.loss.truth_gradient(trace.output, trace.y)


def _of_layer(trace: Trace, i: int, symbols: Symbols, loss: LossScope) -> Iterator[Family]:
    recorded = trace.layers[i]
    layer, name, scope = recorded.layer, recorded.layer.name, LayerScope(recorded, symbols)
    before = LayerScope(trace.layers[i - 1], symbols) if i else None
    after = LayerScope(trace.layers[i + 1], symbols) if i + 1 < len(trace.layers) else None

    def explain_input(at: Index) -> Explained:
        if before is None:
            return Explained(_GIVEN, scope.input(*at))
        return before.recorded.layer.explain_output(before, *at)

    def explain_output_gradient(at: Index) -> Explained:
        if after is None:
            return trace.loss.loss.explain_gradient(loss, *at)
        return after.recorded.layer.explain_input_gradient(after, *at)

    yield Family(
        name, "input", "value", "n,i", recorded.input,
        lambda at: symbols.feeding(name, at[1], at[0]),
        explain_input,
    )  # fmt: skip
    yield Family(
        name, "input", "grad", "n,i", recorded.input_gradient,
        lambda at: symbols.input_gradient(name, at[1], at[0]),
        lambda at: layer.explain_input_gradient(scope, *at),
    )  # fmt: skip
    yield Family(
        name, "output", "value", "n,k", recorded.output,
        lambda at: symbols.output(name, at[1], at[0]),
        lambda at: layer.explain_output(scope, *at),
    )  # fmt: skip
    yield Family(
        name, "output", "grad", "n,k", recorded.output_gradient,
        lambda at: symbols.output_gradient(name, at[1], at[0]),
        explain_output_gradient,
    )  # fmt: skip
    if layer.connects:
        yield from _of_bias_node(scope)
    for parameter, values in recorded.parameters.items():
        yield from _of_parameter(trace, scope, parameter, values)


def _of_bias_node(scope: LayerScope) -> Iterator[Family]:
    name, recorded, symbols = scope.name, scope.recorded, scope.symbols
    yield _given(name, "one", "n", Backend.ones(scope.batch), lambda at: symbols.one(name, at[0]))
    yield Family(
        name, "one", "grad", "n", recorded.one_gradient(),
        lambda at: PARTIAL + symbols.one(name, at[0]),
        lambda at: Explained(
            "Law 2, for the constant 1: Σₖ ∇ₖ bₖ",
            total([product(scope.output_gradient(at[0], k), scope.parameter("b", k)) for k in range(scope.outputs)]),
        ),
    )  # fmt: skip


def _of_parameter(trace: Trace, scope: LayerScope, parameter: str, values: ParameterTrace) -> Iterator[Family]:
    name, symbols, layer = scope.name, scope.symbols, scope.recorded.layer
    axes = "j,k" if values.value.ndim == 2 else "k"

    def written(at: Index) -> str:
        return symbols.parameter(name, parameter, at)

    def explain_next(at: Index) -> Explained:
        if not layer.parameters()[parameter].require_grad:
            return Explained("frozen: it stays as it is", _leaf(value, at))
        return trace.optimizer.explain(_leaf(value, at), _leaf(gradient, at))

    value = _given(name, parameter, axes, values.value, written)
    gradient = Family(
        name, parameter, "grad", axes, values.gradient,
        lambda at: PARTIAL + written(at),
        lambda at: layer.explain_parameter_gradient(scope, parameter, at),
    )  # fmt: skip
    yield value
    yield gradient
    yield Family(
        name, parameter, "next", axes, values.next,
        lambda at: symbols.parameter(name, parameter, at, new=True),
        explain_next,
    )  # fmt: skip


def _given(owner: str, part: str, axes: str, values: Array, symbol: Callable[[Index], str]) -> Family:
    """Numbers that the document gives, which explain themselves by standing there."""
    family = Family(owner, part, "value", axes, values, symbol, lambda at: Explained(_GIVEN, _leaf(family, at)))
    return family


def _leaf(family: Family, at: Index) -> Leaf:
    return Leaf(family.ref(at), family.symbol(at), float(family.values[at]))
