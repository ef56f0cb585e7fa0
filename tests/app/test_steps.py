"""Steps over REST, for a document or a stored network: four grains, in pages."""

from typing import Any

import pytest

from app import limits
from app.schemas.steps import StepsAnswer
from tests.app.conftest import Client, example
from tests.app.test_networks import store
from tests.support.networks import Document

# The number of steps of each grain in the chapter's training step.
COUNTS = {"pass": 4, "layer": 5, "node": 11, "term": 26}


def steps(client: Client, document: Document, **query: Any) -> dict[str, Any]:
    response = client.post("/api/steps", {"document": document, **query})
    assert response.status_code == 200
    StepsAnswer.model_validate_json(response.content)
    answer: dict[str, Any] = response.json()
    return answer


@pytest.mark.parametrize("by", COUNTS)
def test_the_steps_of_each_grain_follow_one_another_through_the_training_step(
    client: Client, chapter: Document, by: str
) -> None:
    answer = steps(client, chapter, by=by)
    assert (answer["by"], answer["count"], answer["from"], answer["cursor"]) == (by, COUNTS[by], 0, None)
    listed = answer["steps"]
    assert [step["number"] for step in listed] == list(range(COUNTS[by]))
    assert [0, *(step["cursor"] for step in listed)] == [*(step["start"] for step in listed), 26]
    assert all(step["title"] and step["sentence"] for step in listed)


@pytest.mark.parametrize("by", COUNTS)
def test_the_cursors_of_the_steps_are_those_that_stepping_visits_both_ways(
    client: Client, chapter: Document, by: str
) -> None:
    address = store(client, chapter)
    listed = client.get(f"{address}/steps?by={by}").json()["steps"]
    for step in listed:
        moved = client.post(f"{address}/step", {"by": by, "count": 1}).json()
        assert (moved["cursor"], moved["phase"]) == (step["cursor"], step["phase"])
    for step in reversed(listed):
        moved = client.post(f"{address}/step", {"by": by, "count": -1}).json()
        assert moved["cursor"] == step["start"]
    assert client.post(f"{address}/step", {"by": by, "count": -1}).json() == {**moved, "clamped": True}
    assert moved["phase"] == "ready"


@pytest.mark.parametrize("by", ["node", "term"])
def test_back_across_the_update_the_old_weights_return_and_forward_the_new(
    client: Client, chapter: Document, by: str
) -> None:
    address = store(client, chapter)
    start = client.get(address).json()["document"]
    end = client.post(f"{address}/step", {"by": by, "count": COUNTS[by]}).json()
    assert end["phase"] == "update"
    assert end["document"] != start
    back = client.post(f"{address}/step", {"by": by, "count": -1}).json()
    assert back["document"] == start
    assert client.post(f"{address}/step", {"by": by, "count": 1}).json() == end


def test_the_steps_of_a_stored_network_are_those_of_its_document_and_mark_the_cursor(
    client: Client, chapter: Document
) -> None:
    address = store(client, chapter)
    cursor = client.post(f"{address}/step", {"by": "node", "count": 3}).json()["cursor"]
    stored = client.get(f"{address}/steps?by=term&from=3&limit=7").json()
    assert stored.pop("cursor") == cursor
    stateless = steps(client, chapter, by="term", **{"from": 3, "limit": 7})
    assert stateless.pop("cursor") is None
    assert stored == stateless
    assert [step["number"] for step in stored["steps"]] == list(range(3, 10))
    assert client.get(f"{address}/steps").json()["by"] == "node"


def test_a_term_names_its_factors_and_the_running_sum(client: Client, chapter: Document) -> None:
    (step,) = steps(client, chapter, by="term", **{"from": 4, "limit": 1})["steps"]
    assert step["title"] == "Layer fc_1: ŷ₂, term 2 of 3"
    assert step["refs"] == ["fc_1.output[0,1]"]
    assert step["term"].pop("expression")["op"] == "product"
    assert step["term"] == {
        "of": {"ref": "fc_1.output[0,1]", "symbol": "ŷ_2", "value": pytest.approx(0.62)},
        "index": 1,
        "count": 3,
        "factors": ["x[0,1]", "fc_1.w[1,1]"],
        "value": pytest.approx(0.15),
        "running": pytest.approx(0.17),
        "sample": None,
        "largest": False,
        "around": None,
    }
    assert all(step["term"] is None for step in steps(client, chapter, by="node")["steps"])


def test_each_sample_has_its_own_numbers_and_the_batch_is_a_term_for_each(client: Client) -> None:
    document = example("batch-of-three")
    (first,), (second,) = (steps(client, document, by="node", sample=sample, limit=1)["steps"] for sample in (0, 1))
    assert (first["refs"], second["refs"]) == (["fc_1.output[0,0]"], ["fc_1.output[1,0]"])
    assert first["sentence"] != second["sentence"]
    everything = steps(client, document, by="term", limit=166)["steps"]
    learning = [step for step in everything if step["computes"] == "parameter_gradients"]
    assert [step["term"]["sample"] for step in learning] == [0, 1, 2] * (len(learning) // 3)


def test_beyond_the_last_step_there_are_none(client: Client, chapter: Document) -> None:
    answer = steps(client, chapter, by="node", **{"from": 11})
    assert (answer["steps"], answer["count"]) == ([], 11)
    answer = steps(client, chapter, by="node", **{"from": 9, "limit": 200})
    assert [step["number"] for step in answer["steps"]] == [9, 10]
    assert steps(client, chapter, by="node", **{"from": 2**53})["steps"] == []


@pytest.mark.parametrize(
    ("fields", "where", "message"),
    [
        ({"by": "weight"}, "/by", "expected 'pass', 'layer', 'node' or 'term'"),
        ({"from": -1}, "/from", "must be at least 0"),
        ({"from": 2**53 + 1}, "/from", "must be at most 9007199254740992"),
        ({"limit": 0}, "/limit", "must be at least 1"),
        ({"limit": limits.MAX_STEPS_LISTED + 1}, "/limit", "MAX_STEPS_LISTED (steps that one answer lists) is 200"),
        ({"sample": -1}, "/sample", "must be at least 0"),
        ({"sample": 1}, "/sample", "the batch has 1 samples"),
        ({"limit": "many"}, "/limit", "expected a whole number, got a string"),
        ({"from": "0.5"}, "/from", "expected a whole number, got a string"),
    ],
)  # fmt: skip
def test_invalid_steps_are_refused(
    client: Client, chapter: Document, fields: dict[str, Any], where: str, message: str
) -> None:
    address = store(client, chapter)
    query = "&".join(f"{name}={value}" for name, value in fields.items())
    for response in (
        client.get(f"{address}/steps?{query}"),
        client.post("/api/steps", {"document": chapter, **fields}),
    ):
        assert response.status_code == 422
        assert response.json()["where"] == where
        assert message in response.json()["detail"]


def test_a_body_may_ask_for_the_fields_that_there_are_by_their_names(client: Client, chapter: Document) -> None:
    problem = client.post("/api/steps", {"document": chapter, "first": 1}).json()
    assert problem["where"] == "/first"
    assert "the fields are document, by, from, limit, sample" in problem["detail"]
    problem = client.post("/api/steps", {"document": {**chapter, "loss": {"type": "none"}}}).json()
    assert problem["where"] == "/document/loss/type"
    assert client.get("/api/networks/none/steps").status_code == 404


def test_numbers_that_are_not_finite_are_null_in_a_term_too(client: Client, chapter: Document) -> None:
    chapter["x"], chapter["layers"][0]["w"] = [[1e200, 0.5]], [[1e200, 0.2], [0.25, 0.3]]
    answer = steps(client, chapter, by="term", limit=1)
    assert (answer["steps"][0]["term"]["value"], answer["steps"][0]["term"]["running"]) == (None, None)
    paths = [one["path"] for one in answer["nonfinite"]]
    assert {"/steps/0/term/value", "/steps/0/term/running", "/steps/0/message/values/running/value"} <= set(paths)
    for path in paths:
        found = answer
        for key in path.split("/")[1:]:
            found = found[int(key)] if isinstance(found, list) else found[key]
        assert found is None, path
    assert "= ∞" in answer["steps"][0]["sentence"]


def test_one_answer_has_at_most_the_limit_of_steps(client: Client) -> None:
    document = example("xor")
    full = steps(client, document, by="term", limit=limits.MAX_STEPS_LISTED)
    assert len(full["steps"]) == min(limits.MAX_STEPS_LISTED, full["count"])
