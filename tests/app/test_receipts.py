"""POST /api/receipt and POST /api/verify: a receipt of a training step, and its verification."""

import copy
import json
from typing import Any

import httpx
import pytest
from hypothesis import given, reject, settings

from app import limits
from app.known import KnownDocument
from app.problems import Problem
from app.receipts import checking_budget, receipt_answer, verdict_answer
from app.schemas.document import NetworkDocument
from app.schemas.receipts import HoldsAnswer, Receipt, WrongAnswer
from tests.app.conftest import Client, example
from tests.app.test_bad_input import changed
from tests.app.test_limits import wide
from tests.support.documents_at_random import documents
from tests.support.networks import Document
from tests.support.receipts import Record
from tests.support.wrong_steps import SlopeTwice
from tinyml.verify import verify

JSON = {"Content-Type": "application/json"}


def receipt(client: Client, document: Document) -> Record:
    response = client.post("/api/receipt", document)
    assert response.status_code == 200, response.text[:500]
    made: Record = response.json()
    return made


def problem(response: httpx.Response) -> dict[str, Any]:
    """The problem document of an answer."""
    assert response.status_code == 422, response.text[:500]
    assert response.headers["Content-Type"] == "application/problem+json"
    found: dict[str, Any] = response.json()
    return found


@pytest.mark.parametrize("slug", ["chapter", "two-layers", "xor", "batch-of-three"])
def test_every_example_has_a_receipt_that_holds(client: Client, slug: str) -> None:
    response = client.post("/api/receipt", example(slug))
    made = Receipt.model_validate(response.json())
    verdict = client.post("/api/verify", content=response.content, headers=JSON).json()
    assert verdict == {"ok": True, "lines": len(made.lines)}
    HoldsAnswer.model_validate(verdict)


@pytest.mark.slow
@given(documents())
@settings(max_examples=50)
def test_every_document_has_a_receipt_that_holds(document: Document) -> None:
    parsed = NetworkDocument.model_validate(document)
    try:
        content = receipt_answer(KnownDocument(parsed))
    except Problem as problem:
        if "limit" not in problem.members:
            raise
        reject()  # a few of them are too large
    made = Receipt.model_validate_json(content)
    assert verdict_answer(verify(content, checking_budget())) == {"ok": True, "lines": len(made.lines)}


def test_the_chapters_gradient_has_its_line(client: Client, chapter: Document) -> None:
    lines = {line["ref"]: line for line in receipt(client, chapter)["lines"]}
    line = lines["fc_1.w.grad[0,1]"]
    assert line["value"] == pytest.approx(-0.037, abs=1e-12)
    assert line["terms"] == [["fc_1.output.grad[0,1]", "x[0,0]"]]
    assert line["law"].startswith("Law 1")
    assert lines["fc_1.w.next[0,1]"]["terms"] == [["fc_1.w[0,1]"], [{"−1": -1.0}, "lr", "fc_1.w.grad[0,1]"]]


def test_parameters_that_the_document_leaves_out_are_in_the_receipt(client: Client, chapter: Document) -> None:
    for part in ("w", "b", "name"):
        del chapter["layers"][0][part]
    made = receipt(client, chapter)
    assert made["document"]["layers"][0].keys() >= {"w", "b", "name"}
    assert client.post("/api/verify", made).json()["ok"]


def test_classes_stay_classes(client: Client, chapter: Document) -> None:
    made = receipt(client, {**chapter, "loss": {"type": "softmax_cross_entropy"}, "y": [1]})
    assert made["document"]["y"] == [1]
    assert client.post("/api/verify", made).json()["ok"]


def test_the_first_wrong_line_is_named(client: Client) -> None:
    verdict = client.post("/api/verify", SlopeTwice().receipt()).json()
    WrongAnswer.model_validate(verdict)
    assert (verdict["ok"], verdict["ref"]) == (False, "fc_1.output.grad[0,0]")
    assert verdict["message"].endswith("as if the factor 1 − tanh_1.output[0,0]² were taken twice.")
    assert verdict["found"] == SlopeTwice().receipt()["lines"][verdict["line"] - 1]["value"]


def test_a_receipt_cut_reordered_or_extended_is_refused_at_its_line(client: Client, chapter: Document) -> None:
    made = receipt(client, chapter)
    lines = made["lines"]

    def verdict(*changed_lines: Any) -> dict[str, Any]:
        answer: dict[str, Any] = client.post("/api/verify", {**made, "lines": list(changed_lines)}).json()
        return answer

    assert verdict()["line"] == 1
    assert verdict(*lines[:7])["message"].startswith("line 8, that of fc_1.w.grad[1,0], is missing")
    assert verdict(*lines[:3], *lines[4:])["line"] == 4
    assert verdict(lines[1], lines[0], *lines[2:])["line"] == 1
    assert verdict(*lines, lines[0]) == {
        "ok": False,
        "line": len(lines) + 1,
        "ref": None,
        "expected": None,
        "found": None,
        "message": f"line {len(lines) + 1}: the training step ends with line {len(lines)}, but the receipt continues.",
    }


def with_line(**members: Any) -> Record:
    record = copy.deepcopy(SlopeTwice().receipt())
    record["lines"][3] |= members
    return record


def with_document(**members: Any) -> Record:
    record = copy.deepcopy(SlopeTwice().receipt())
    record["document"] |= members
    return record


@pytest.mark.parametrize(
    ("record", "where", "message"),
    [
        pytest.param([], "", "expected an object, got a list of 0", id="a list"),
        pytest.param({}, "/format", "this field is missing", id="nothing"),
        pytest.param({**with_line(), "format": "tinyml-receipt/3"}, "/format", "'tinyml-receipt/2'", id="version"),
        pytest.param({**with_line(), "lines": 7}, "/lines", "expected a list", id="lines are a number"),
        pytest.param({**with_line(), "lines": [7]}, "/lines/0", "expected an object", id="a line is a number"),
        pytest.param({**with_line(), "signed": 1}, "/signed", "this field is unknown", id="unknown field"),
        pytest.param(with_line(ref=7), "/lines/3/ref", "expected a string", id="ref"),
        pytest.param(with_line(ref=["x"]), "/lines/3/ref", "expected a string", id="ref is a list"),
        pytest.param(with_line(value="1"), "/lines/3/value", "expected a finite number", id="value"),
        pytest.param(with_line(value=True), "/lines/3/value", "expected a finite number", id="true"),
        pytest.param(with_line(value=None), "/lines/3/value", "expected a finite number", id="null"),
        pytest.param(with_line(value=10**400), "/lines/3/value", "beyond float64", id="huge int"),
        pytest.param(with_line(law=None), "/lines/3/law", "expected a string", id="law"),
        pytest.param(with_line(terms={}), "/lines/3/terms", "expected a list", id="terms"),
        pytest.param(with_line(terms=["x"]), "/lines/3/terms/0", "expected a list", id="term"),
        pytest.param(with_line(terms=[[7]]), "/lines/3/terms/0/0", "expected a string", id="factor"),
        pytest.param(with_line(terms=[[[]]]), "/lines/3/terms/0/0", "expected a string", id="factor is a list"),
        pytest.param(with_line(terms=[[{}]]), "/lines/3/terms/0/0", "needs at least 1", id="number without meaning"),
        pytest.param(with_line(terms=[[{"a": 1.0, "b": 1.0}]]), "/lines/3/terms/0/0", "at most 1", id="two meanings"),
        pytest.param(with_line(terms=[[{"½": "x"}]]), "/lines/3/terms/0/0", "expected a finite number", id="no number"),
        pytest.param(with_line(extra=1), "/lines/3/extra", "this field is unknown", id="unknown field of a line"),
        pytest.param(with_document(layers=[]), "/document/layers", "needs at least 1", id="no layers"),
        pytest.param(with_document(x=[[1.0]]), "/document/x/0", "expected 1 × 3 numbers", id="x"),
        pytest.param(
            with_document(optimizer={"type": "sgd", "lr": -1}), "/document/optimizer/lr", "at least 0", id="lr"
        ),
        pytest.param(
            with_document(layers=[{"type": "Linear", "output_dim": 3}]),
            "/document/layers/0/name",
            "all of them",
            id="name",
        ),
        pytest.param(
            with_document(layers=[{"type": "Linear", "name": "fc_1", "output_dim": 3}]),
            *("/document/layers/0/w", "all parameters written out"),
            id="w",
        ),
    ],
)
def test_an_invalid_receipt_is_refused_with_place_and_reason(
    client: Client, record: Any, where: str, message: str
) -> None:
    found = problem(client.post("/api/verify", record))
    assert found["where"] == where
    assert message in found["detail"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        pytest.param(b"{", 400, id="cut off"),
        pytest.param(b"[" * 50_000 + b"]" * 50_000, 400, id="50,000 lists deep"),
        pytest.param(b'{"lines":' * 50_000 + b"1" + b"}" * 50_000, 400, id="50,000 objects deep"),
        pytest.param(json.dumps(with_line(value=float("nan"))).encode(), 422, id="NaN"),
        pytest.param(json.dumps(with_line(terms=[[{"½": float("inf")}]])).encode(), 422, id="Infinity"),
        pytest.param(b'{"lines":[' + b"{}," * 1_000_000 + b"{}]}", 422, id="a million lines"),
        pytest.param(b'{"lines":[' + b"{}," * (limits.MAX_BODY_BYTES // 3) + b"{}]}", 413, id="more than a body holds"),
    ],
)
def test_hostile_bodies_are_refused(client: Client, body: bytes, status: int) -> None:
    response = client.post("/api/verify", content=body, headers=JSON)
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"


def test_a_step_of_too_many_lines_or_factors_has_no_receipt(client: Client) -> None:
    lines = problem(client.post("/api/receipt", wide(100, 100)))
    assert (lines["limit"], lines["allowed"]) == ("MAX_RECEIPT_LINES", limits.MAX_RECEIPT_LINES)
    lines = problem(client.post("/api/receipt", activated("Tanh", 5, 1_000)))
    assert (lines["limit"], lines["allowed"]) == ("MAX_RECEIPT_LINES", limits.MAX_RECEIPT_LINES)
    factors = problem(client.post("/api/receipt", wide(20, 20, 20)))
    assert (factors["limit"], factors["allowed"]) == ("MAX_RECEIPT_FACTORS", limits.MAX_RECEIPT_FACTORS)
    assert "take fewer training steps, fewer samples, or narrower layers" in factors["detail"]


@pytest.mark.slow
@pytest.mark.parametrize("document", [wide(64, 60), wide(25, 15, 15), wide(1, 1, 1_024), wide(2_000, 1)])
def test_receipts_about_as_large_as_they_may_be_can_be_posted_back(client: Client, document: Document) -> None:
    response = client.post("/api/receipt", document)
    verdict = client.post("/api/verify", content=response.content, headers=JSON).json()
    assert verdict == {"ok": True, "lines": len(response.json()["lines"])}
    assert len(response.content) > 300_000


@pytest.mark.parametrize("limit", ["MAX_BODY_BYTES", "MAX_BRACKETS"])
def test_a_receipt_that_could_not_be_posted_back_is_not_made(
    client: Client, chapter: Document, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    content = client.post("/api/receipt", chapter).content
    size = {"MAX_BODY_BYTES": len(content), "MAX_BRACKETS": content.count(b"[") + content.count(b"{")}[limit]
    monkeypatch.setattr(limits, limit, size)
    assert client.post("/api/receipt", chapter).content == content
    monkeypatch.setattr(limits, limit, size - 1)
    found = problem(client.post("/api/receipt", chapter))
    assert (found["limit"], found["asked"], found["allowed"]) == (limit, size, size - 1)


def activated(kind: str, layers: int, width: int) -> Document:
    """Elementwise layers of one kind."""
    return changed(
        input_shape=[width],
        layers=[{"type": kind, "name": f"layer_{i}"} for i in range(layers)],
        x=[[0.1] * width],
        y=[[0.1] * width],
    )


def test_a_step_that_is_not_finite_has_no_receipt(client: Client, chapter: Document) -> None:
    chapter["layers"][0]["w"] = [[1e308, 1e308], [1e308, 1e308]]
    chapter["x"] = [[1e308, 1e308]]
    found = problem(client.post("/api/receipt", chapter))
    assert found["detail"].startswith("fc_1.output[0,0] is not finite, but a receipt can only contain finite numbers")
