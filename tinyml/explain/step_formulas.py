"""All numbers of a training step as formulas on each other, from which it can be computed with other parameters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple, get_args

from tinyml.core import Backend, Index
from tinyml.explain.explained_tensor import GIVEN, ExplainedTensor
from tinyml.explain.tensors import StepTensors
from tinyml.expression import Explained, Leaf
from tinyml.expression.folding import General
from tinyml.trace import Trace

Part = Literal["definition", "forward", "loss", "backward", "update"]
PARTS = get_args(Part)
# Those that repeat other tensors, such as the inputs of a layer, which are the outputs of another, and the slope of the
# loss by p, which no other formula contains.
_REPEATED = {("input", "value"), ("input", "grad"), ("one", "value"), ("one", "grad")}
_OF_LOSS = {("", "grad"), ("p", "grad")}


class StepFormula(NamedTuple):
    """A number of the step. `explained` is None if it is given: a parameter, an input, a target, a state."""

    ref: str
    at: Index
    value: float
    explained: Explained | None


class FormulaTensor(NamedTuple):
    """A tensor of the step with the part of the step that computes it."""

    part: Part
    tensor: ExplainedTensor

    def numbers(self) -> Iterator[StepFormula]:
        """Its entries in order."""
        for at in Backend.ndindex(*self.tensor.values.shape):
            explained = self.tensor.explain(at)
            ref = self.tensor.ref(at)
            yield StepFormula(ref, at, float(self.tensor.values[at]), None if _is_given(ref, explained) else explained)


def step_formulas(trace: Trace) -> list[FormulaTensor]:
    """Return the tensors of a training step, those of the backward pass from the loss to the inputs. Their formulas
    name only numbers of these tensors.
    """
    tensors = StepTensors(trace, General())
    found = [
        FormulaTensor(_part(tensor), tensor)
        for owner in tensors.owners
        for tensor in tensors.of(owner)
        if (tensor.part, tensor.kind) not in (_OF_LOSS if owner == "loss" else _REPEATED)
    ]
    return [one for part in PARTS for one in _ordered(part, [one for one in found if one.part == part], tensors.owners)]


def _ordered(part: Part, found: list[FormulaTensor], owners: list[str]) -> list[FormulaTensor]:
    if part != "backward":
        return found
    # Within a layer, the gradient of its output comes first, as it is used for those of its parameters.
    return sorted(found, key=lambda one: (-owners.index(one.tensor.owner), one.tensor.part != "output"))


def _part(tensor: ExplainedTensor) -> Part:
    if tensor.kind.endswith("next"):
        return "update"
    if tensor.kind in ("grad", "objective_grad"):
        return "backward"
    if tensor.owner in ("x", "y") or not tensor.values.size:
        return "definition"
    first = (0,) * tensor.values.ndim
    if _is_given(tensor.ref(first), tensor.explain(first)):
        return "definition"
    return {"loss": "loss", "lr": "update"}.get(tensor.owner, "forward")  # type: ignore[return-value]


def _is_given(ref: str, explained: Explained) -> bool:
    return explained.law == GIVEN or (isinstance(explained.expression, Leaf) and explained.expression.ref == ref)
