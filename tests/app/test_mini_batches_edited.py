"""Documents with mini-batches that are wrong, or edited."""

import copy

import pytest

from app import limits
from app.documents import build
from app.fitting import fit
from tests.app.conftest import Client
from tests.app.test_mini_batches import ROWS, SPIRAL, parsed, traced, with_data
from tests.support.networks import Document
from tinyml.data import Batches, draw

# --- What does not go together --------------------------------------------------------------------------------------

SCORES: Document = {**SPIRAL, "loss": {"type": "softmax_cross_entropy"}}
WHOLE: Document = {**ROWS, "data": {"rows": ROWS["data"]["rows"]}}
BAD: list[tuple[str, Document, str, str, str]] = [
    ("no data", {**SPIRAL, "data": {}}, "/data", "data_kinds", "exactly one"),
    ("two kinds", with_data(SPIRAL, rows=ROWS["data"]["rows"]), "/data", "data_kinds", "exactly one"),
    ("x as well", {**SPIRAL, "x": [[1, 2]], "y": [[1]]}, "/data", "field", "replaces x and y"),
    ("unknown set", with_data(SPIRAL, set="spirals"), "/data/set", "unknown", "'spiral'"),
    ("columns", with_data(SPIRAL, columns=[]), "/data/columns", "misplaced", "a set has no columns"),
    ("samples of rows", with_data(ROWS, samples=3), "/data/samples", "misplaced", "rows have no samples"),
    ("noise of digits", {**SPIRAL, "data": {"set": "digits", "noise": 0.1}}, "/data/noise", "misplaced", "no noise"),
    ("too many digits", {**SPIRAL, "data": {"set": "digits", "samples": 1_798}}, "/data/samples", "at_most", "1,797"),
    ("noise", with_data(SPIRAL, noise=-1), "/data/noise", "at_least", "at least 0"),
    ("batch", with_data(SPIRAL, batch=19), "/data/batch", "batch", "there are 18"),
    ("a word", with_data(SPIRAL, batch="every"), "/data/batch", "unknown", "'all'"),
    ("no batch", with_data(SPIRAL, batch=0), "/data/batch", "at_least", "at least 1"),
    ("nothing held out", with_data(SPIRAL, held_out=0.01), "/data/held_out", "held_out", "less than one row"),
    ("all held out", with_data(SPIRAL, samples=2, held_out=0.9), "/data/held_out", "held_out", "none to train on"),
    ("share", with_data(SPIRAL, held_out=1), "/data/held_out", "less_than", "less than 1"),
    ("order", with_data(SPIRAL, order="random"), "/data/order", "unknown", "shuffled"),
    ("step", {**SPIRAL, "position": {"step": 3}}, "/position/step", "position", "3 training steps"),
    ("epoch", {**SPIRAL, "position": {"epoch": -1}}, "/position/epoch", "at_least", "at least 0"),
    ("position of x", {**WHOLE, "position": {}}, "/position", "misplaced", "only"),
    ("inputs", {**SPIRAL, "input_shape": [3]}, "/input_shape", "shape", "[2]"),
    ("outputs", {**SPIRAL, "layers": SPIRAL["layers"][:1]}, "/data/set", "shape", "one target"),
    ("hinge", {**SPIRAL, "loss": {"type": "hinge"}}, "/data/set", "target_not_allowed", "0 and 1"),
    ("one score", SCORES, "/data/set", "class_without_output", "2 classes"),
    (
        "a gradient for each row",
        {**SPIRAL, "loss": {"type": "given_gradient", "gradient": [[1.0]] * 7}},
        "/data/batch", "batch", "divides 18",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("document", "where", "key", "message"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_what_does_not_go_together_is_refused_at_its_place(
    client: Client, document: Document, where: str, key: str, message: str
) -> None:
    response = client.post("/api/trace", document)
    problem = response.json()
    assert (response.status_code, problem["where"], problem["key"]) == (422, where, key), problem
    assert message in problem["detail"]


def test_digits_without_their_package_say_what_to_install(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "sklearn.datasets", None)
    draw.cache_clear()
    problem = client.post("/api/trace", {**SPIRAL, "input_shape": [1, 8, 8], "data": {"set": "digits"}}).json()
    assert (problem["key"], problem["where"]) == ("set_without_package", "/data/set")
    assert "pip install scikit-learn" in problem["detail"]


# --- Edits ----------------------------------------------------------------------------------------------------------


def test_another_set_brings_its_inputs_and_outputs(chapter: Document) -> None:
    plain = {name: value for name, value in chapter.items() if name not in ("x", "y")}
    made = fit(parsed(plain | {"data": {"set": "sine"}}), ["/data"])
    assert [change["key"] for change in made.changes] == ["inputs", "width", "weights"]
    assert made.document.input_shape == [1]
    digits = fit(parsed(plain | {"data": {"set": "digits"}}), ["/data"])
    assert digits.document.loss.type == "softmax_cross_entropy"
    assert build(digits.document).outputs == 10
    assert digits.document.data is not None
    assert digits.document.data.set == "digits"


def test_edits_of_the_network_follow_the_set() -> None:
    scores = fit(parsed({**SPIRAL, "loss": {"type": "softmax_cross_entropy"}}), ["/loss"])
    assert build(scores.document).outputs == 2
    wider = copy.deepcopy(SPIRAL)
    wider["layers"][-1]["output_dim"] = 4
    assert build(fit(parsed(wider), ["/layers/3/output_dim"]).document).outputs == 1


def test_a_position_that_is_no_more_becomes_the_first() -> None:
    document = {**with_data(SPIRAL, batch=9), "position": {"epoch": 4, "step": 2}}
    made = fit(parsed(document), ["/data/batch"])
    assert made.changes == [{"key": "position", "where": "/position", "values": {}}]
    assert made.document.place.model_dump() == {"epoch": 0, "step": 0}


def test_a_patch_of_the_data_begins_with_their_first_mini_batch(client: Client) -> None:
    address = client.post("/api/networks", {**SPIRAL, "position": {"epoch": 0, "step": 2}}).headers["Location"]
    changed = client.request("PATCH", address, json={"document": {"data": {"batch": 9}}}).json()["document"]
    assert changed["position"] == {"epoch": 0, "step": 0}
    plain = {"x": [[1, 2]], "y": [[1]], "data": None}
    assert "position" not in client.request("PATCH", address, json={"document": plain}).json()["document"]


def test_batches_of_the_largest_set_are_found_at_any_epoch(client: Client) -> None:
    document = with_data(SPIRAL, samples=limits.MAX_SAMPLES, batch=10)
    trace = traced(client, {**document, "position": {"epoch": limits.MAX_EPOCH, "step": 5}})
    assert trace["batch_rows"] == Batches(10_000, 10, held_out=0.1, seed=5).rows(limits.MAX_EPOCH, 5).tolist()
    far = client.post("/api/trace", {**document, "position": {"epoch": limits.MAX_EPOCH + 1}}).json()
    assert far["limit"] == "MAX_EPOCH"
    # There is no step after the last one that has a position.
    last = {**document, "position": {"epoch": limits.MAX_EPOCH, "step": 899}}
    address = client.post("/api/networks", last).headers["Location"]
    for move in ("forward", "backward"):
        assert client.post(f"{address}/{move}").status_code == 200
    refused = [
        client.post("/api/advance", {"document": last, "steps": 1}),
        client.post("/api/receipts", {"document": last, "steps": 2}),
        client.post(f"{address}/update"),
    ]
    assert [(answer.status_code, answer.json()["limit"]) for answer in refused] == [(422, "MAX_EPOCH")] * 3
