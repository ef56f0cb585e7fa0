"""POST /api/receipts and chains posted to POST /api/verify."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from app import limits
from app.documents import Experiment
from app.known import KnownDocument
from app.problems import Problem
from app.receipts import checking_budget, receipt_answer, receipts_answer, verdict_answer
from app.schemas.document import NetworkDocument
from app.schemas.receipts import ChainHoldsAnswer, ChainWrongAnswer, Receipt, ReceiptsRequest
from tests.app.conftest import Client, example
from tests.app.test_receipts import JSON, problem
from tests.support.documents_at_random import documents
from tests.support.networks import Document
from tests.support.reaching import reaches
from tests.support.receipts import Record
from tinyml.trace import Trace
from tinyml.verify import digest, verify


def receipts(client: Client, document: Document, **fields: Any) -> list[Record]:
    response = client.post("/api/receipts", {"document": document, **fields})
    assert response.status_code == 200, response.text[:500]
    made: list[Record] = response.json()["receipts"]
    return made


@pytest.mark.parametrize("slug", ["chapter", "two-layers", "xor", "batch-of-three"])
def test_every_example_has_a_chain_that_holds(client: Client, slug: str) -> None:
    response = client.post("/api/receipts", {"document": example(slug), "steps": 3})
    made = [Receipt.model_validate(one) for one in response.json()["receipts"]]
    answer = client.post("/api/verify", content=response.content, headers=JSON).json()
    assert answer == {"ok": True, "lines": sum(len(one.lines) for one in made), "receipts": 3}
    ChainHoldsAnswer.model_validate(answer)
    assert [one.step for one in made] == [1, 2, 3]


@pytest.mark.slow
@given(documents(), st.integers(2, 4))
@settings(max_examples=50)
def test_every_document_has_a_chain_that_holds(document: Document, steps: int) -> None:
    parsed = NetworkDocument.model_validate(document)
    try:
        content = receipts_answer(ReceiptsRequest(document=parsed, steps=steps), KnownDocument(parsed))
    except Problem as refused:
        if "limit" not in refused.members and "not finite" not in refused.detail:
            raise
        reject()  # a few of them are too large, or diverge
    reaches(0.02, "the optimizer has state", "state" in document["optimizer"])
    made = json.loads(content)["receipts"]
    lines = sum(len(one["lines"]) for one in made)
    assert verdict_answer(verify(content, checking_budget())) == {"ok": True, "lines": lines, "receipts": steps}
    assert json.loads(receipt_answer(KnownDocument(parsed))) == made[0]


def test_the_documents_are_those_that_advance_leads_to(client: Client) -> None:
    document = example("xor") | {"optimizer": {"type": "adam", "lr": 0.1}}
    made = receipts(client, document, steps=5)
    run = client.post("/api/advance", {"document": document, "steps": 5, "every": 1}).json()
    starts = [start["document"] for start in run["starts"]]
    for after, one in zip(starts, made[1:], strict=True):
        assert one["document"]["layers"] == after["layers"]
        assert one["document"]["optimizer"]["state"] == after["optimizer"]["state"]


def test_a_chain_goes_on_from_any_training_step_and_from_the_hash_of_the_one_before(
    client: Client, chapter: Document
) -> None:
    whole = receipts(client, chapter, steps=4)
    rest = receipts(client, whole[2]["document"], steps=2, step=3, previous=digest(whole[1]))
    assert rest == whole[2:]
    assert client.post("/api/verify", {"receipts": whole[:2] + rest}).json()["receipts"] == 4
    alone = receipts(client, whole[2]["document"], step=3)
    assert (alone[0]["step"], alone[0]["previous"]) == (3, None)


def test_the_first_wrong_receipt_and_its_line_are_named(client: Client, chapter: Document) -> None:
    made = receipts(client, chapter, steps=3)
    edited = copy.deepcopy(made)
    edited[1]["lines"][2]["value"] *= 2
    answer = client.post("/api/verify", {"receipts": edited}).json()
    ChainWrongAnswer.model_validate(answer)
    assert (answer["ok"], answer["receipt"], answer["line"], answer["ref"]) == (False, 2, 3, "loss")
    answer = client.post("/api/verify", {"receipts": [made[0], made[2]]}).json()
    ChainWrongAnswer.model_validate(answer)
    assert answer == {
        "ok": False,
        "receipt": 2,
        "line": None,
        "ref": None,
        "expected": None,
        "found": None,
        "message": "receipt 2: its training step is 3, but 2 follows here.",
    }


def test_receipts_of_the_first_format_are_still_checked(client: Client, chapter: Document) -> None:
    second = receipts(client, chapter)[0]
    first = {"format": "tinyml-receipt/1", "document": second["document"], "lines": second["lines"]}
    assert client.post("/api/verify", first).json() == {"ok": True, "lines": len(second["lines"])}
    found = problem(client.post("/api/verify", {"receipts": [second, first]}))
    assert found["where"] == "/receipts/1/format"
    assert "does not name the previous receipt" in found["detail"]
    found = problem(client.post("/api/verify", {**first, "step": 1}))
    assert (found["where"], "this field is unknown" in found["detail"]) == ("/step", True)


@pytest.mark.parametrize(
    ("change", "where", "message"),
    [
        ({"receipts": []}, "/receipts", "needs at least 1"),
        ({"receipts": {}}, "/receipts", "expected a list"),
        ({"receipts": [7]}, "/receipts/0", "expected an object"),
        ({"receipts": [{}]}, "/receipts/0/format", "missing"),
        ({"receipts": [], "more": 1}, "/more", "this field is unknown"),
    ],
)
def test_an_invalid_chain_is_refused_with_place_and_reason(
    client: Client, change: Any, where: str, message: str
) -> None:
    found = problem(client.post("/api/verify", change))
    assert found["where"] == where
    assert message in found["detail"]


@pytest.mark.parametrize(
    ("members", "where", "message"),
    [
        ({"step": 0}, "/receipts/0/step", "at least 1"),
        ({"step": 1.5}, "/receipts/0/step", "expected a whole number"),
        ({"step": True}, "/receipts/0/step", "expected a whole number"),
        ({"previous": "0"}, "/receipts/0/previous", "form"),
        ({"previous": "0" * 64}, "/receipts/0/previous", "training step 1 has no previous receipt"),
        ({"previous": 7}, "/receipts/0/previous", "expected a string"),
    ],
)
def test_an_invalid_previous_hash_is_refused(
    client: Client, chapter: Document, members: Any, where: str, message: str
) -> None:
    made = receipts(client, chapter)[0]
    found = problem(client.post("/api/verify", {"receipts": [{**made, **members}]}))
    assert found["where"] == where
    assert message in found["detail"]


@pytest.mark.parametrize("before", ['"value"', '"ref"', '"lines"', '"output_dim"'])
def test_two_values_under_one_key_are_refused_at_any_depth(client: Client, chapter: Document, before: str) -> None:
    text = json.dumps({"receipts": receipts(client, chapter, steps=2)})
    doubled = text.replace(before, f"{before}: 7777, {before}", 1)
    found = problem(client.post("/api/verify", content=doubled.encode(), headers=JSON))
    assert "has a key twice" in found["detail"]
    assert found["where"].startswith("/receipts/0")


@pytest.mark.parametrize(
    ("fields", "where", "message"),
    [
        ({"steps": 0}, "/steps", "at least 1"),
        ({"steps": "3"}, "/steps", "expected a whole number"),
        ({"step": 0}, "/step", "at least 1"),
        ({"step": 2, "previous": "x"}, "/previous", "form"),
        ({"every": 2}, "/every", "this field is unknown"),
    ],
)
def test_a_step_that_cannot_be_recorded_is_refused(
    client: Client, chapter: Document, fields: Any, where: str, message: str
) -> None:
    found = problem(client.post("/api/receipts", {"document": chapter, **fields}))
    assert found["where"] == where
    assert message in found["detail"]


def test_training_step_1_has_no_receipt_before_it(client: Client, chapter: Document) -> None:
    found = problem(client.post("/api/receipts", {"document": chapter, "previous": "0" * 64}))
    assert (found["where"], "training step 1 has no previous receipt" in found["detail"]) == ("/previous", True)


def test_a_chain_has_at_most_so_many_receipts(client: Client, chapter: Document) -> None:
    found = problem(client.post("/api/receipts", {"document": chapter, "steps": limits.MAX_RECEIPTS + 1}))
    assert (found["limit"], found["asked"], found["allowed"]) == ("MAX_RECEIPTS", 1_001, 1_000)
    found = problem(client.post("/api/verify", {"receipts": [{}] * (limits.MAX_RECEIPTS + 1)}))
    assert (found["limit"], found["asked"], found["allowed"]) == ("MAX_RECEIPTS", 1_001, 1_000)


TINY: Document = {
    "input_shape": [1],
    "layers": [{"type": "ReLu", "name": "r"}],
    "loss": {"type": "half_squared_error"},
    "optimizer": {"type": "sgd", "lr": 0.5},
    "x": [[1.0]],
    "y": [[0.0]],
}


@pytest.mark.slow
def test_a_chain_as_long_as_it_may_be_can_be_posted_back(client: Client) -> None:
    response = client.post("/api/receipts", {"document": TINY, "steps": limits.MAX_RECEIPTS})
    answer = client.post("/api/verify", content=response.content, headers=JSON).json()
    assert (answer["ok"], answer["receipts"]) == (True, limits.MAX_RECEIPTS)


def test_lines_and_factors_are_counted_over_the_whole_chain(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    made = receipts(client, TINY, steps=3)
    lines = sum(len(one["lines"]) for one in made)
    factors = sum(len(term) for one in made for line in one["lines"] for term in line["terms"])
    for limit, count in (("MAX_RECEIPT_LINES", lines), ("MAX_RECEIPT_FACTORS", factors)):
        with monkeypatch.context() as patched:
            patched.setattr(limits, limit, count)
            assert len(receipts(client, TINY, steps=3)) == 3
            assert client.post("/api/verify", {"receipts": made}).json()["ok"]
            patched.setattr(limits, limit, count - 1)
            found = problem(client.post("/api/receipts", {"document": TINY, "steps": 3}))
            assert (found["limit"], found["allowed"]) == (limit, count - 1)
            assert "fewer training steps" in found["detail"]
            if limit == "MAX_RECEIPT_FACTORS":
                assert problem(client.post("/api/verify", {"receipts": made}))["limit"] == limit


@pytest.mark.slow
def test_a_chain_too_long_by_its_shapes_is_refused_before_any_work(
    client: Client, chapter: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = len(receipts(client, chapter)[0]["lines"])
    steps = limits.MAX_RECEIPT_LINES // lines
    recorded: list[int] = []

    def count(self: Experiment) -> Trace:
        recorded.append(1)
        return record(self)

    record = Experiment.trace
    monkeypatch.setattr(Experiment, "trace", count)
    chapter["name"] = "another, of which no training step is known"
    assert len(receipts(client, chapter, steps=steps)) == len(recorded) == steps
    found = problem(client.post("/api/receipts", {"document": chapter, "steps": steps + 1}))
    assert (found["limit"], found["allowed"]) == ("MAX_RECEIPT_LINES", limits.MAX_RECEIPT_LINES)
    assert len(recorded) == steps


def test_what_lies_within_windows_is_not_counted_as_lines(client: Client) -> None:
    pooled: Document = {
        "input_shape": [1, 40, 40],
        "layers": [{"type": "MaxPool2D", "size": 10, "stride": 3}, {"type": "Flatten"}],
        "loss": {"type": "half_squared_error"},
        "optimizer": {"type": "sgd", "lr": 0.5},
        "x": [[[[float(i + j) for j in range(40)] for i in range(40)]]],
        "y": [[0.0] * 121],
    }
    assert limits.MAX_RECEIPT_LINES < 121 * 10 * 10
    assert len(receipts(client, pooled)[0]["lines"]) == 1_600 + 4 * 121 + 1


def test_a_diverging_training_is_refused_with_its_step(client: Client, chapter: Document) -> None:
    chapter["optimizer"]["lr"] = 1e150
    found = problem(client.post("/api/receipts", {"document": chapter, "steps": 5}))
    assert found["detail"].startswith("Training step 3: ")
    assert "is not finite, but a receipt can only contain finite numbers" in found["detail"]


def test_an_error_in_the_document_points_into_it(client: Client, chapter: Document) -> None:
    chapter["x"] = [[1.0]]
    assert problem(client.post("/api/receipts", {"document": chapter}))["where"] == "/document/x/0"
