"""POST /api/explain: how a number is computed."""

import math
import threading
from typing import Any

import numpy as np
import pytest

from app.schemas.explanations import ExplanationAnswer
from tests.app.conftest import Client, example
from tests.app.test_limits import wide
from tests.support.networks import Document
from tinyml.explain import Explanation, explain


def evaluate(expression: dict[str, Any]) -> float:
    """Evaluates an expression from the JSON alone."""
    if "ref" in expression:
        return float(expression["value"])
    if "number" in expression:
        return float(expression["number"])
    if expression["op"] == "choice":
        return evaluate(expression["cases"][expression["taken"]]["value"])
    args = [evaluate(arg) for arg in expression["args"]]
    operations = {
        "sum": sum,
        "product": math.prod,
        "difference": lambda args: args[0] - args[1],
        "quotient": lambda args: args[0] / args[1],
        "power": lambda args: args[0] ** args[1],
    }
    functions = {
        "tanh": lambda args: math.tanh(args[0]),
        "exp": lambda args: math.exp(args[0]),
        "log": lambda args: math.log(args[0]),
        "negate": lambda args: -args[0],
        "sigmoid": lambda args: 1 / (1 + math.exp(-args[0])),
    }
    if "folded" in expression:
        args.append(expression["folded"]["value"])
    name = expression["function"] if expression["op"] == "call" else expression["op"]
    return float((functions | operations)[name](args))  # type: ignore[operator]


def test_the_chapters_gradient_is_explained(client: Client, chapter: Document) -> None:
    answer = client.post("/api/explain", {"document": chapter, "ref": "fc_1.w.grad[0,1]", "notation": "scalar"}).json()
    assert answer["symbol"] == "∂ℓ/∂w_12^(1)"
    assert answer["law"].startswith("Law 1")
    assert answer["expression"]["op"] == "product"
    assert [arg["ref"] for arg in answer["expression"]["args"]] == ["fc_1.output.grad[0,1]", "x[0,0]"]
    assert evaluate(answer["expression"]) == pytest.approx(-0.037, abs=1e-12)
    assert answer["latex"].startswith(r"\frac{\partial\ell}{\partial w^{(1)}_{12}} = ")


@pytest.mark.parametrize("slug", ["two-layers", "xor"])
def test_every_number_of_the_picture_can_be_explained_and_evaluated(client: Client, slug: str) -> None:
    document = example(slug)
    trace = client.post("/api/trace?graph=1", document).json()
    document = trace["document"]
    refs = {node["ref"]: node["value"] for node in trace["nodes"]}
    refs |= {node["ref"].replace("[", ".grad["): node["gradient"] for node in trace["nodes"]}
    refs |= {
        node["pre"]["ref"].replace("[", ".grad["): node["pre"]["gradient"] for node in trace["nodes"] if node["pre"]
    }
    refs |= {edge["ref"].replace("[", ".grad["): edge["gradient"] for edge in trace["edges"]}
    refs |= {edge["ref"].replace("[", ".next["): edge["next"] for edge in trace["edges"]}
    refs["loss"] = trace["loss"]["value"]
    for ref, value in refs.items():
        answer = client.post("/api/explain", {"document": document, "ref": ref}).json()
        ExplanationAnswer.model_validate(answer)
        assert answer["value"] == value, ref
        assert evaluate(answer["expression"]) == pytest.approx(value, rel=1e-12, abs=1e-15), ref


@pytest.mark.parametrize(
    ("ref", "message"),
    [
        ("fc_1.w[5,5]", "fc_1.w[j,k] (j < 2, k < 2)"),
        ("nothing[0]", "refs begin with one of x, y, loss, lr, fc_1"),
        ("fc_1.w.grad", "fc_1.w.grad[j,k] (j < 2, k < 2)"),
        ("][", "expected a name with indices from 0"),
    ],
)
def test_an_unknown_ref_is_refused_with_the_known_ones(
    client: Client, chapter: Document, ref: str, message: str
) -> None:
    response = client.post("/api/explain", {"document": chapter, "ref": ref})
    assert response.status_code == 422
    assert response.json()["where"] == "/ref"
    assert message in response.json()["detail"]


NOTATIONS = ("scalar", "chain", "matrix", "paths")


@pytest.mark.parametrize("slug", ["chapter", "two-layers", "xor", "batch-of-three"])
@pytest.mark.parametrize("notation", NOTATIONS)
def test_every_gradient_has_the_same_value_in_every_notation(client: Client, slug: str, notation: str) -> None:
    document = client.post("/api/trace", example(slug)).json()["document"]
    trace = client.post("/api/trace?graph=1", document).json()
    for ref in ["x.grad[0,0]", *(edge["ref"].replace("[", ".grad[") for edge in trace["edges"] if edge["ref"])]:
        request = {"document": document, "ref": ref, "notation": notation}
        answer = client.post("/api/explain", request).json()
        ExplanationAnswer.model_validate(answer)
        assert (answer["notation"], answer["notations"]) == (notation, list(NOTATIONS))
        assert evaluate(answer["expression"]) == pytest.approx(answer["value"], rel=1e-12, abs=1e-15)
        assert (answer["matrix"] is None) == (notation != "matrix")
        assert (answer["paths"] is None) == (notation != "paths")


def test_the_chain_rule_keeps_its_factors_apart(client: Client, chapter: Document) -> None:
    request = {"document": chapter, "ref": "fc_1.w.grad[0,1]", "notation": "chain"}
    answer = client.post("/api/explain", request).json()
    upstream, local = answer["expression"]["args"]
    assert (upstream["role"], upstream["derivative"], upstream["ref"]) == (
        "upstream",
        "∂ℓ/∂ŷ_2",
        "fc_1.output.grad[0,1]",
    )
    assert (local["role"], local["derivative"], local["ref"]) == ("local", "∂ŷ_2/∂w_12^(1)", "x[0,0]")


def test_a_number_without_a_form_in_a_notation_is_explained_as_a_scalar(client: Client, chapter: Document) -> None:
    answer = client.post("/api/explain", {"document": chapter, "ref": "loss", "notation": "paths"}).json()
    assert (answer["notation"], answer["notations"], answer["paths"]) == ("scalar", ["scalar"], None)


def test_cross_entropy_uses_its_probabilities_and_has_a_stable_form_on_request(client: Client) -> None:
    document = example("softmax-classifier")
    trace = client.post("/api/trace", document).json()
    assert trace["loss"]["quantities"] == ["loss.p"]
    p, gradient = (trace["tensors"][name] for name in ("loss.p", "loss.p.grad"))
    assert np.shape(p) == np.shape(gradient) == (6, 3)
    np.testing.assert_allclose(np.sum(p, axis=1), 1)
    for ref, notation, law in (
        ("loss", "scalar", "ℓ = −Σ y log p / N"),
        ("loss", "stable", "ℓ = Σ y (log Σₖ e^(ŷₖ − m) − (ŷ − m)) / N"),
        ("loss.p[2,1]", "scalar", "p = softmax(ŷ)"),
        ("loss.p[2,1]", "stable", "p = e^(ŷ − m)"),
        ("loss.p.grad[2,1]", "chain", "∂ℓ/∂p = −y / (N p)"),
        ("fc_1.output.grad[2,1]", "scalar", "∂ℓ/∂ŷ = (p − y) / N"),
    ):
        answer = client.post("/api/explain", {"document": document, "ref": ref, "notation": notation}).json()
        assert (answer["notation"], answer["law"][: len(law)]) == (notation, law)
        assert evaluate(answer["expression"]) == pytest.approx(answer["value"], rel=1e-12)
    assert trace["loss"]["value"] == pytest.approx(-np.mean(np.log([p[n][k] for n, k in enumerate(document["y"])])))


def test_a_condition_in_words_has_the_key_of_its_wordings_and_a_comparison_has_none(
    client: Client, chapter: Document
) -> None:
    dropout = {"type": "Dropout", "name": "drop", "probability": 0.5, "seed": 1}
    document = chapter | {"layers": [*chapter["layers"], dropout, {"type": "ReLu", "name": "relu"}]}
    for ref, expected in (
        ("drop.mask[0,0]", [("dropped", "condition.dropped"), ("kept", "condition.kept")]),
        ("relu.output[0,0]", [("z > 0", None), ("z ≤ 0", None)]),
    ):
        answer = client.post("/api/explain", {"document": document, "ref": ref}).json()
        cases = answer["expression"]["cases"]
        assert [(case["when"], case.get("condition")) for case in cases] == expected


def test_several_numbers_are_explained_as_each_alone_and_in_their_order(client: Client, chapter: Document) -> None:
    wishes = [
        {"ref": "fc_1.w.grad[0,1]", "notation": "matrix", "terms": 3},
        {"ref": "loss"},
        {"ref": "x.grad[0,0]", "notation": "paths"},
        {"ref": "fc_1.w.grad[0,1]", "notation": "chain"},
    ]
    answers = client.post("/api/explanations", {"document": chapter, "wishes": wishes}).json()["answers"]
    alone = [client.post("/api/explain", {"document": chapter, **wish}).json() for wish in wishes]
    assert answers == [{"explanation": one, "problem": None} for one in alone]


def test_one_that_cannot_be_explained_takes_nothing_from_the_others(client: Client, chapter: Document) -> None:
    wishes = [{"ref": "loss"}, {"ref": "fc_1.w[9,9]"}, {"ref": "fc_1.b[0]"}]
    response = client.post("/api/explanations", {"document": chapter, "wishes": wishes})
    assert response.status_code == 200
    first, second, third = response.json()["answers"]
    assert (first["explanation"]["ref"], third["explanation"]["ref"]) == ("loss", "fc_1.b[0]")
    assert second["explanation"] is None
    assert second["problem"]["where"] == "/wishes/1/ref"
    assert "fc_1 has no such number; it has fc_1.input[n,i]" in second["problem"]["detail"]


def test_a_stored_network_explains_its_numbers(client: Client, chapter: Document) -> None:
    address = client.post("/api/networks", chapter).headers["Location"]
    chosen = {"ref": "fc_1.w.grad[0,1]", "notation": "matrix", "terms": 3}
    answer = client.get(f"{address}/explain", params=chosen)
    assert answer.status_code == 200
    assert answer.json() == client.post("/api/explain", {"document": chapter, **chosen}).json()
    assert answer.json()["matrix"]["left"]["tensor"] == "x"


@pytest.mark.parametrize(
    ("chosen", "where", "message"),
    [
        ({"ref": "fc_1.w[5,5]"}, "/ref", "fc_1.w[j,k] (j < 2, k < 2)"),
        ({}, "/ref", ""),
        ({"ref": "loss", "notation": "music"}, "/notation", ""),
        ({"ref": "loss", "terms": 0}, "/terms", ""),
    ],
)
def test_an_invalid_question_about_a_stored_network_is_refused(
    client: Client, chapter: Document, chosen: dict[str, Any], where: str, message: str
) -> None:
    address = client.post("/api/networks", chapter).headers["Location"]
    response = client.get(f"{address}/explain", params=chosen)
    assert response.status_code == 422
    assert response.json()["where"] == where
    assert message in response.json()["detail"]
    assert client.get("/api/networks/none/explain", params={"ref": "loss"}).status_code == 404


def test_slow_explanations_run_outside_the_event_loop(
    client: Client, chapter: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads = []

    def noticed(*arguments: Any) -> Explanation:
        threads.append(threading.get_ident())
        return explain(*arguments)

    monkeypatch.setattr("app.routes.explain.explain", noticed)
    for wish in ({}, {"notation": "chain"}, {"terms": 13}, {"notation": "paths"}):
        client.post("/api/explain", {"document": chapter, "ref": "x.grad[0,0]", **wish})
    client.post("/api/explain", {"document": wide(60, 1), "ref": "fc_1.output[0,0]", "terms": 60})
    at_once, chain, short, paths, long = threads
    assert at_once == chain == short
    assert at_once not in (paths, long)


def test_a_missing_notation_is_refused(client: Client, chapter: Document) -> None:
    response = client.post("/api/explain", {"document": chapter, "ref": "loss", "notation": "music"})
    assert response.status_code == 422
    assert response.json()["where"] == "/notation"
