"""Every number of every document is explained over HTTP, and a client can evaluate and follow the answer."""

import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.documents import build
from app.schemas.document import NetworkDocument
from app.schemas.explanations import ExplanationAnswer
from tests.app.conftest import Client
from tests.support.documents_at_random import documents
from tests.support.networks import Document
from tinyml.explain.tensors import explained_tensors

NOTATIONS = ("scalar", "chain", "matrix", "paths", "stable")
OPERATIONS: dict[str, Callable[..., float]] = {
    "sum": lambda *terms: math.fsum(terms),
    "product": lambda *factors: math.prod(factors),
    "difference": lambda minuend, subtrahend: minuend - subtrahend,
    "quotient": lambda dividend, divisor: dividend / divisor,
    "power": lambda base, exponent: base**exponent,
    "negate": lambda operand: -operand,
}
FUNCTIONS: dict[str, Callable[..., float]] = {
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "sign": lambda z: (z > 0) - (z < 0),
    "abs": abs,
    "max": max,
    "min": min,
    **{name: getattr(math, name) for name in ("exp", "expm1", "log", "log1p", "tanh", "sqrt", "erf", "erfc", "cos")},
    "floor": math.floor,
}


def test_every_operation_and_function_is_evaluated_here_and_documented() -> None:
    schemas = ExplanationAnswer.model_json_schema()["$defs"]
    nodes_of = [schemas[member]["properties"] for member in ("OperationAnswer", "CallAnswer", "ChoiceAnswer")]
    functions = {name for node in nodes_of for name in names_in(node.get("function", {}))}
    operations = {name for node in nodes_of for name in names_in(node["op"])}
    assert functions == set(FUNCTIONS)
    assert operations == {*OPERATIONS, "choice", "call"}
    documented = (Path(__file__).parents[2] / "docs/api.md").read_text("utf-8")
    sentence = documented.split("The `op` of a node is ")[1].split(". ")[0]
    assert set(sentence.split("`")[1::2]) == functions | operations | {"function"}


def names_in(field: dict[str, Any]) -> list[str]:
    """The values that a field of a schema can have."""
    return [*field.get("enum", []), *([field["const"]] if "const" in field else [])]


def evaluate(expression: dict[str, Any]) -> tuple[float, float]:
    """The value that the JSON evaluates to, and the largest intermediate number, which bounds the rounding."""
    if "op" not in expression:
        value = float(expression["number"] if "number" in expression else expression["value"])
        return value, abs(value)
    if expression["op"] == "choice":
        return evaluate(expression["cases"][expression["taken"]]["value"])
    found = [evaluate(arg) for arg in expression["args"]]
    args = [value for value, _ in found]
    if "folded" in expression:
        args.append(expression["folded"]["value"])
    is_call = expression["op"] == "call"
    value = FUNCTIONS[expression["function"]](*args) if is_call else OPERATIONS[expression["op"]](*args)
    return value, max([abs(value), *map(abs, args), *(largest for _, largest in found)])


def nodes(expression: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield expression
    for arg in expression.get("args", []):
        yield from nodes(arg)
    for case in expression.get("cases", []):
        yield from nodes(case["value"])


def check(answer: dict[str, Any]) -> None:
    """Each node of the formula evaluates to its stated value, and the whole formula to the number."""
    ExplanationAnswer.model_validate(answer)
    assert answer["nonfinite"] == []
    for node in nodes(answer["expression"]):
        value, largest = evaluate(node)
        assert value == pytest.approx(node["value"], rel=1e-9, abs=1e-9 * largest), (answer["ref"], node)
    value, largest = evaluate(answer["expression"])
    assert value == pytest.approx(answer["value"], rel=1e-9, abs=1e-9 * largest), answer["ref"]


@pytest.mark.slow
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(documents(), st.sampled_from([1, 12, 5_000]), st.integers(0, 2**32 - 1))
def test_every_number_explains_itself_in_every_notation_and_so_do_the_numbers_in_its_formula(
    client: Client, document: Document, terms: int, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    recorded = build(NetworkDocument.model_validate(document)).trace()

    def explain(ref: str, notation: str) -> dict[str, Any]:
        response = client.post("/api/explain", {"document": document, "ref": ref, "notation": notation, "terms": terms})
        assert response.status_code == 200, (ref, notation, response.text[:500])
        answer: dict[str, Any] = response.json()
        assert answer["ref"] == ref
        return answer

    named: dict[str, dict[str, Any]] = {}
    for family in explained_tensors(recorded):
        index = tuple(int(rng.integers(size)) for size in family.values.shape)
        for notation in NOTATIONS:
            answer = explain(family.ref(index), notation)
            assert answer["notation"] == (notation if notation in answer["notations"] else "scalar")
            assert answer["value"] == float(family.values[index])
            check(answer)
            leaves = [node for node in nodes(answer["expression"]) if "ref" in node]
            named |= {leaf["ref"]: leaf for leaf in rng.permutation(np.array(leaves, dtype=object))[:2]}
    for ref, leaf in named.items():
        answer = explain(ref, "scalar")
        assert (answer["symbol"], answer["value"]) == (leaf["symbol"], leaf["value"])
