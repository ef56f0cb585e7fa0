"""The penalty of large parameters, the objective, and its gradient, which updates use in place of that of the loss."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate

from tinyml import equations as eq
from tinyml.core import Array, Backend, Index, unravel_index
from tinyml.explain.explained_tensor import ExplainedTensor
from tinyml.explain.scope import written
from tinyml.explain.step_scope import StepScope
from tinyml.expression import Explained, Expression, Law, Leaf, Number, call, power, product, total
from tinyml.layers import Layer
from tinyml.optims import Penalty
from tinyml.trace import LayerTrace

# ∂J/∂ of a parameter, as PARTIAL is ∂ℓ/∂.
OF_OBJECTIVE = "∂J/∂"
KIND = "objective_grad"


def covers(penalty: Penalty, layer: Layer, parameter: str) -> bool:
    """Return whether a parameter of a layer is part of a penalty."""
    return penalty.covers(layer.parameters()[parameter])


def penalty_tensors(step: StepScope) -> Iterator[ExplainedTensor]:
    """Yield Ω and J, if there is a penalty."""
    penalty, objective = step.trace.optimizer.penalty, step.trace.objective
    if penalty is None or objective is None:
        return
    value = ExplainedTensor(
        "loss", "penalty", "value", "", Backend.asarray(objective.penalty),
        lambda _: "Ω",
        lambda _: Explained(_law(penalty), _value(step, penalty)),
    )  # fmt: skip
    yield value
    yield ExplainedTensor(
        "loss", "objective", "value", "", Backend.asarray(objective.value),
        lambda _: "J",
        lambda _: Explained(
            Law("law.objective", formula="J = ℓ + Ω"),
            total([Leaf("loss", "ℓ", float(step.trace.loss.value)), value.leaf(())]),
        ),
    )  # fmt: skip


def objective_gradient(
    step: StepScope, layer: LayerTrace, parameter: str, value: ExplainedTensor, gradient: ExplainedTensor
) -> ExplainedTensor | None:
    """Return ∂J/∂ of a parameter; None without a penalty."""
    penalty, recorded = step.trace.optimizer.penalty, layer.parameters[parameter]
    if penalty is None or recorded.objective_gradient is None:
        return None
    inside = covers(penalty, layer.layer, parameter)

    def explain(at: Index) -> Explained:
        if not inside:
            return Explained(Law("law.objective.without", formula="∂J/∂b = ∂ℓ/∂b", penalty="Ω"), gradient.leaf(at))
        own = value.leaf(at)
        first = [product(Number(penalty.l1, "λ_1"), call("sign", own))] if penalty.l1 else []
        second = [product(Number(penalty.l2, "λ_2"), own)] if penalty.l2 else []
        formula = " + ".join(["∂J/∂w = ∂ℓ/∂w", *(["λ₁ sign(w)"] if first else []), *(["λ₂w"] if second else [])])
        if first and own.value == 0:
            law = Law("law.objective.kink", formula=formula, condition="w = 0", value="|w|", slope="0")
        else:
            law = Law.equation(formula)
        return Explained(law, total([gradient.leaf(at), *first, *second]))

    return ExplainedTensor(
        layer.layer.name, parameter, KIND, gradient.axes, recorded.objective_gradient,
        lambda at: OF_OBJECTIVE + value.symbol(at),
        explain,
    )  # fmt: skip


def objective_matrix(scope: eq.UpdateTensors, penalty: Penalty) -> eq.Node:
    """Return the right side of ∂J/∂ of a whole parameter."""
    gradient: eq.Node = scope.tensor(".grad")
    if not covers(penalty, scope.recorded.layer, scope.parameter):
        return gradient
    if penalty.l1:
        signs = eq.apply("sign", scope.value)
        gradient = eq.add(gradient, eq.times(eq.Scalar("λ_1", penalty.l1), signs))
    return eq.add(gradient, eq.times(eq.Scalar("λ_2", penalty.l2), scope.value)) if penalty.l2 else gradient


def _law(penalty: Penalty) -> Law:
    parts = [*(["λ₁ Σ |w|"] if penalty.l1 else []), *(["½ λ₂ Σ w²"] if penalty.l2 else [])]
    formula = f"Ω = {' + '.join(parts) or '0'}"
    return Law("law.penalty.biases" if penalty.biases else "law.penalty", formula=formula)


def _value(step: StepScope, penalty: Penalty) -> Expression:
    covered = [
        (layer, name, recorded)
        for layer in step.trace.layers
        for name, recorded in layer.parameters.items()
        if covers(penalty, layer.layer, name)
    ]
    values = [recorded.value.reshape(-1) for *_, recorded in covered]
    numbers: Array = Backend.concatenate([Backend.zeros(0), *values])
    ends = list(accumulate(map(len, values)))

    def leaf(i: int) -> Leaf:
        """Return the i-th of all numbers."""
        which = bisect_right(ends, i)
        layer, name, recorded = covered[which]
        at = unravel_index(i - ends[which] + len(values[which]), recorded.value.shape)
        own = layer.layer.name
        return Leaf(f"{own}.{name}{written(at)}", step.symbols.parameter(own, name, at), float(recorded.value[at]))

    def of(penalized: Array, term: Callable[[Leaf], Expression]) -> Expression:
        return step.folding.sum(len(numbers), lambda i: term(leaf(i)), lambda start: penalized[start:].sum())

    first = of(Backend.abs(numbers), lambda w: call("abs", w)) if penalty.l1 else None
    second = of(numbers * numbers, lambda w: power(w, Number(2.0))) if penalty.l2 else None
    parts = [] if first is None else [product(Number(penalty.l1, "λ_1"), first)]
    parts += [] if second is None else [product(Number(0.5), Number(penalty.l2, "λ_2"), second)]
    return total(parts)
