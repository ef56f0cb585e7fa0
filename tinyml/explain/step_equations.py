"""The equations of a recorded training step, in the order of computation."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial

from tinyml.equations.equation import Equation, sizes
from tinyml.equations.nodes import Operand, area
from tinyml.equations.scope import LayerTensors, LossTensors, UpdateTensors
from tinyml.explain.layers import layer_explanation
from tinyml.explain.losses import loss_explanation
from tinyml.explain.objective import objective_matrix
from tinyml.explain.optims import optimizer_explanation
from tinyml.explain.optims.clipping import clipped_matrix
from tinyml.trace import LayerTrace, Trace

# The most entries with which a matrix is written that is one of many or repeats numbers.
MOST = 200_000


def equations(
    trace: Trace, *, one_sample: bool = False, omitted: Collection[str] = (), most: int = MOST
) -> list[Equation]:
    """Return the equations of the forward pass of each layer, of the loss, of each backward pass and of each update.

    With `one_sample` the equations are those of one sample, for a batch that is too large to be sent. The windows of
    layers in `omitted` are not sent; for these, and for matrices of images with more than `most` entries, the equation
    has no sides.
    """
    forward, backward = list[Equation](), list[Equation]()
    for place in trace.topology.order:
        recorded, (source,) = trace.layers[place], trace.inputs(place)
        ahead, behind = _of_layer(recorded, source, one_sample, recorded.layer.name in omitted, most)
        forward += ahead
        backward = behind + backward
    gone_through, gradient = _of_loss(trace, one_sample, most)
    return [*forward, *gone_through, *gradient, *backward, *_updates(trace)]


def _of_layer(
    recorded: LayerTrace, source: str, one_sample: bool, omitted: bool, most: int
) -> tuple[list[Equation], list[Equation]]:
    layer = recorded.layer
    windows = layer.unrolled(recorded.input.shape[1:], recorded.output.shape[1:])
    note = Equation(f"{layer.name} images", "too_large", "forward", "forward", layer.name, None, None)
    if windows and omitted:
        return [note], []
    scope = LayerTensors(recorded, source, one_sample, windows)
    own = layer_explanation(layer)
    forward, backward = own.forward_equations(scope), own.backward_equations(scope)
    if not all(_fits(one, most) for one in (*forward, *backward)):
        return [note], []
    return forward, backward


def _fits(equation: Equation, most: int) -> bool:
    """Return whether the matrices that repeat numbers or are one of many have at most `most` entries. All others have
    no more entries than their tensor.
    """
    counts = sizes(equation.operands)
    return all(
        area(matrix, counts) <= most
        for matrix in equation.operands
        if matrix.seen is not None or len(matrix.outer + matrix.rows) > 1
    )


def _of_loss(trace: Trace, one_sample: bool, most: int) -> tuple[list[Equation], list[Equation]]:
    scope = LossTensors(trace, one_sample)
    loss = loss_explanation(trace.loss.loss)
    value = Operand("loss", (), (), "", "")
    found = [
        Equation("loss", "loss", "loss", "forward", None, value, loss.equation(scope)),
        Equation(
            "loss gradient", "loss_gradient", "backward", "inputs", None, scope.gradient, loss.gradient_equation(scope)
        ),
    ]
    if loss.of_probabilities is not None:
        made = loss.of_probabilities.probability_equation(scope)
        found.insert(0, Equation("probabilities", "probabilities", "loss", "forward", None, scope.probabilities, made))
    if not all(_fits(one, most) for one in found):
        return [], []
    return found[:-1], found[-1:]


def _updates(trace: Trace) -> Iterator[Equation]:
    explanation = optimizer_explanation(trace.optimizer)
    for recorded in trace.ordered:
        for name, parameter in recorded.layer.parameters().items():
            scope = UpdateTensors(recorded, name, trace.rate.value, partial(clipped_matrix, trace))
            right = explanation.equation(scope) if parameter.require_grad else scope.value
            layer = recorded.layer.name
            if trace.optimizer.penalty is not None:
                left, sides = scope.tensor(".objective_grad"), objective_matrix(scope, trace.optimizer.penalty)
                yield Equation(
                    f"{layer} {name} objective",
                    "objective_gradient",
                    "update",
                    "weights",
                    layer,
                    left,
                    sides,
                    parameter=name,
                )
            for word in recorded.parameters[name].next_state if parameter.require_grad else ():
                if (state := explanation.state_equation(scope, word)) is not None:
                    title, after = state
                    left = scope.after(word)
                    yield Equation(
                        f"{layer} {name} {word}", title, "update", "update", layer, left, after, parameter=name
                    )
            yield Equation(
                f"{layer} {name} update",
                "update",
                "update",
                "update",
                layer,
                scope.tensor(".next"),
                right,
                parameter=name,
            )
