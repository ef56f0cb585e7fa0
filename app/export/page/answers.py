"""Every answer about a training step that the page may request, in groups: those that it needs come first."""

import re
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any, Final

import orjson

from app import limits
from app.answers.equations import equations_answer
from app.answers.explanation import explanation_answer
from app.answers.gradient_check import error_curve_answer, gradient_check_answer
from app.answers.gradient_flow import gradient_flow_answer
from app.answers.steps import steps_answer
from app.answers.trace import trace_answer
from app.known import KnownDocument
from app.schemas.requests import Language, Notation
from tinyml.core import LimitError
from tinyml.explain import explain
from tinyml.explain.tensors import explained_tensors
from tinyml.gradient_check import DEFAULT_EPSILON, error_curve, gradient_check, movable_count
from tinyml.steps import Grain, count

Group = dict[str, Any]
# The steps ε of the Check view, its usual one and the chapter's.
EPSILONS = (DEFAULT_EPSILON, 0.01)
# As the page asks: for so many terms of a sum at first, and then for so many times more.
FEWEST, FACTOR = 12, 4
# Bytes that the paths of one number, and a curve of 45 points, take at least when they are packed.
LEAST_PATHS, LEAST_CURVE = 60, 900
MORE: Final = re.compile(rb'"more":[1-9]')


def answer_groups(known: KnownDocument, language: Language, room: Callable[[], float]) -> Iterator[tuple[bool, Group]]:
    """The answers by their names, and whether the page needs them. A group is computed when it is its turn, unless the
    `room` that is left then is less than its explanations or curves ever take.
    """
    samples = range(len(known.trace().x))
    yield True, {f"trace {one}": orjson.loads(_trace(known, one)) for one in samples}
    for by in ("node", "layer", "pass"):
        yield True, _steps(known, by, language)
    yield True, {"equations": equations_answer(known.trace()), "flow": gradient_flow_answer(known.trace())}
    scalar = _explanations(known, "scalar", language)
    yield True, scalar
    yield True, _checks(known)
    yield False, _explanations(known, "stable", language, scalar)
    yield False, _steps(known, "term", language)
    yield False, _explanations(known, "chain", language, scalar)
    yield False, _explanations(known, "matrix", language, scalar)
    if room() > LEAST_PATHS * sum("paths" in one["notations"] for one in scalar.values()):
        yield False, _explanations(known, "paths", language, scalar)
    if room() > LEAST_CURVE * movable_count(known.experiment.model, known.experiment.x.shape):
        yield False, _curves(known)


def _trace(known: KnownDocument, sample: int) -> bytes:
    return trace_answer(known, sample, sent=True, with_products=True, encoding="base64")


def _steps(known: KnownDocument, by: Grain, language: Language) -> Group:
    recorded = known.trace()
    found = {}
    for sample in range(len(recorded.x)):
        answer = orjson.loads(steps_answer(recorded, by, 0, count(recorded.stages, by), sample, language))
        steps = [_without(step, "title", "sentence") for step in answer["steps"]]
        found[f"steps {by} {sample}"] = answer | {"steps": steps}
    return found


def _refs(known: KnownDocument) -> Iterator[str]:
    """The refs of all numbers of the training step."""
    found = explained_tensors(known.trace())
    return (tensor.ref(index) for tensor in found for index in product(*map(range, tensor.values.shape)))


def _explanations(known: KnownDocument, notation: Notation, language: Language, scalar: Group | None = None) -> Group:
    """The explanations of all numbers in a notation, of those that have it according to the `scalar` ones."""
    found = {}
    for ref in _refs(known):
        own = scalar and scalar[_name(ref, "scalar", FEWEST)]
        if own and notation not in own["notations"]:
            continue
        terms, folded = FEWEST, True
        while folded and terms <= limits.MAX_EXPLAINED_TERMS:
            answer = _explanation(known, ref, notation, terms, language)
            if answer is None or answer["notation"] != notation:
                break
            found[_name(ref, notation, terms)] = answer
            # Of many paths the page has the largest only.
            folded = notation != "paths" and _is_folded(answer)
            terms *= FACTOR
    return found


def _name(ref: str, notation: Notation, terms: int) -> str:
    return f"explanation {ref} {notation} {terms}"


def _explanation(
    known: KnownDocument, ref: str, notation: Notation, terms: int, language: Language
) -> dict[str, Any] | None:
    try:
        found = explain(known.trace(), ref, notation, terms, limits.MAX_EXPLAINED_PARTS)
    except LimitError:
        return None
    return _without(explanation_answer(known, found, language), "law", "text")


def _without(answer: Group, *fields: str) -> Group:
    """An answer without fields that the page does not read: sentences and formulas in words of one piece."""
    return {name: value for name, value in answer.items() if name not in fields}


def _is_folded(answer: dict[str, Any]) -> bool:
    """Whether more terms could be written out."""
    written = orjson.dumps([answer["expression"], answer["matrix"]])
    return b'"folded":{' in written or MORE.search(written) is not None


def _checks(known: KnownDocument) -> Group:
    with known.network() as experiment:
        parts = experiment.model, experiment.loss, experiment.x, experiment.y
        total = movable_count(experiment.model, experiment.x.shape)
        checks = {epsilon: gradient_check(*parts, epsilon, complex_step=True) for epsilon in EPSILONS}
        found = {f"check {_written(one)}": gradient_check_answer(check, total, None) for one, check in checks.items()}
        worst = {check.worst.ref for check in checks.values() if check.worst}
        return found | {f"curve {ref}": error_curve_answer(error_curve(*parts, ref)) for ref in sorted(worst)}


def _curves(known: KnownDocument) -> Group:
    """The error curve of every number that a check moves."""
    with known.network() as experiment:
        parts = experiment.model, experiment.loss, experiment.x, experiment.y
        refs = [row.ref for row in gradient_check(*parts, DEFAULT_EPSILON)]
        return {f"curve {ref}": error_curve_answer(error_curve(*parts, ref)) for ref in refs}


def _written(number: float) -> str:
    """A number as JavaScript writes it."""
    return orjson.dumps(number).decode()
