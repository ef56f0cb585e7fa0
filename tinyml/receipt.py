"""Receipts: one training step as a record that lists every factor of every number, for independent verification.

The numbers are the recorded ones. The laws of `tinyml.verify`, which shares no code with the engine, define how each
number follows from others. docs/receipts.md describes what a verified receipt proves.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from tinyml.core import Array, Backend
from tinyml.trace import Trace
from tinyml.verify import FORMAT, Budget, Line, ReceiptError, Step
from tinyml.verify.lines import Term, add_up


def receipt(
    document: Mapping[str, Any],
    recorded: Trace,
    budget: Budget | None = None,
    *,
    number: int = 1,
    previous: str | None = None,
    batch: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return the receipt of a training step, as plain lists and numbers.

    `document` is the network document of the recorded step, with all parameters, as plain lists; `number` the number
    of the training step, counted from 1; `previous` the `digest` of the previous receipt, or None; `batch` the rows of
    the mini-batch, if the data of the document have more. Raises ReceiptError
    if a number of the step is not finite, and TooMuchError if the receipt would have more lines or factors than the
    budget has left.
    """
    step, numbers, lines = Step(document, batch), _numbers(recorded), []
    for line in step.lines(budget):
        value = _look_up(numbers, line.ref)
        if not isfinite(value):
            raise ReceiptError(
                f"{line.ref} is not finite, but a receipt can only contain finite numbers; use smaller values.", ()
            )
        step.values[line.ref] = value
        lines.append({"ref": line.ref, "value": value, "law": line.law, "terms": _terms(line, value, step)})
    rows = {} if batch is None else {"batch": batch}
    return {"format": FORMAT, "step": number, "previous": previous, "document": document, **rows, "lines": lines}


def _numbers(recorded: Trace) -> dict[str, Array]:
    """Return the arrays of the record by their names in refs."""
    numbers = {"x.grad": recorded.input_gradient, "loss": Backend.asarray(recorded.loss.value)}
    numbers["lr"] = Backend.asarray(recorded.rate.value)
    if recorded.objective is not None:
        numbers |= {"loss.penalty": Backend.asarray(recorded.objective.penalty)}
        numbers |= {"loss.objective": Backend.asarray(recorded.objective.value)}
    for layer in recorded.layers:
        name = layer.layer.name
        numbers |= {f"{name}.output": layer.output, f"{name}.output.grad": layer.output_gradient}
        numbers |= {f"{name}.{part}": kept for part, kept in layer.saved.items()}
        numbers |= {f"{name}.{part}.next": Backend.asarray(after) for part, (_, after) in layer.running_state.items()}
        for part, values in layer.parameters.items():
            if values.objective_gradient is not None:
                numbers[f"{name}.{part}.objective_grad"] = values.objective_gradient
            numbers |= {f"{name}.{part}.grad": values.gradient, f"{name}.{part}.next": values.next}
            numbers |= {f"{name}.{part}.{word}.next": kept for word, kept in values.next_state.items()}
    return numbers


def _look_up(numbers: Mapping[str, Array], ref: str) -> float:
    owner, _, index = ref.rstrip("]").partition("[")
    array = numbers[owner]
    return float(array[tuple(map(int, index.split(",")))] if index else array)


def _terms(line: Line, value: float, step: Step) -> list[list[Any]]:
    terms = line.terms
    if line.otherwise is not None and value == add_up(line.otherwise, step.values).value:
        terms = line.otherwise
    return [_factors(term) for term in terms]


def _factors(term: Term) -> list[Any]:
    return [factor if isinstance(factor, str) else {factor.meaning: factor.value} for factor in term]
