"""POST /api/trace: one training step of the document in the body."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from app import limits
from app.answers.trace import trace_answer
from app.examples import SLUGS, examples
from app.known import KnownDocument
from app.schemas.document import NetworkDocument
from app.schemas.trace import TraceAnswer
from tests.app.conftest import Client, example
from tests.support.documents_at_random import documents
from tests.support.networks import Document
from tests.support.traces import filled, output_gradient_of, output_of
from tinyml.steps import total

GOLDEN = Path(__file__).parents[1] / "tinyml" / "golden"


def close(actual: Any, expected: Any) -> None:
    np.testing.assert_allclose(actual, expected, rtol=0, atol=1e-12)


def test_the_chapters_numbers_come_out(client: Client, chapter: Document) -> None:
    answer = client.post("/api/trace", chapter).json()
    tensors = answer["tensors"]
    close(tensors["fc_1.output"], [[0.49, 0.62]])
    close(answer["loss"]["value"], 0.18365)
    close(tensors["fc_1.w.grad"], [[0.048, -0.037], [0.24, -0.185]])
    close(tensors["fc_1.b.grad"], [0.48, -0.37])
    close(tensors["x.grad"], [[-0.002, 0.009]])
    assert (answer["phase"], answer["step"]) == ("update", 1)


def test_after_one_update_the_loss_is_the_chapters(client: Client, chapter: Document) -> None:
    tensors = client.post("/api/trace", chapter).json()["tensors"]
    chapter["layers"][0] |= {"w": tensors["fc_1.w.next"], "b": tensors["fc_1.b.next"]}
    close(client.post("/api/trace", chapter).json()["loss"]["value"], 0.025141685)


@pytest.mark.parametrize("name", ["textbook-linear", "textbook-two-layers", "batch-of-three"])
def test_every_golden_number_comes_out(client: Client, name: str) -> None:
    golden = json.loads((GOLDEN / f"{name}.json").read_text("utf-8"))
    answer, expected = client.post("/api/trace", golden["document"]).json(), golden["expected"]
    tensors = answer["tensors"]
    close(output_of(answer), expected["output"])
    close(output_gradient_of(answer), expected["loss_gradient"])
    for layer, right in zip(answer["layers"], expected["layers"], strict=True):
        [taken] = layer["inputs"]
        for part, name in (("input", taken), ("output", layer["output"])):
            close(tensors[name], right[part])
            close(tensors[f"{name}.grad"], right[f"{part}_gradient"])
        for name in layer["parameters"]:
            parameter = name.partition(".")[2]
            close(tensors[name], right[parameter])
            close(tensors[f"{name}.grad"], right[f"{parameter}_gradient"])
            close(tensors[f"{name}.next"], right[f"{parameter}_next"])


# Networks on images have no nodes and edges.
DRAWN = [slug for slug in SLUGS if len(examples()[slug]["document"]["input_shape"]) == 1]


@pytest.mark.parametrize("slug", DRAWN)
def test_every_node_and_edge_has_its_numbers_and_its_role(client: Client, slug: str) -> None:
    answer = client.post("/api/trace?graph=1", example(slug)).json()
    assert {node["role"] for node in answer["nodes"]} >= {"bias", "input", "output"}
    for node in answer["nodes"]:
        assert isinstance(node["value"], float)
        assert isinstance(node["gradient"], float)
    # An edge to a probability has no weight.
    probable = {node["id"] for node in answer["nodes"] if node["role"] == "probability"}
    assert len(probable) == (3 if slug == "softmax-classifier" else 0)
    for edge in answer["edges"]:
        if edge["target"] in probable:
            assert (edge["ref"], edge["weight"]) == (None, None)
            continue
        assert all(isinstance(edge[name], float) for name in ("weight", "gradient", "next", "product"))


@pytest.mark.parametrize("slug", ["chapter", "convolution"])
def test_nodes_and_edges_are_included_on_request_and_change_nothing_else(client: Client, slug: str) -> None:
    plain, drawn, declined = (
        client.post(f"/api/trace{query}", example(slug)).json() for query in ("", "?graph=1", "?graph=0")
    )
    assert plain == declined
    picture = {name: drawn.pop(name) for name in ("nodes", "edges")}
    assert drawn == plain
    assert (picture["nodes"] is None, picture["edges"] is None) == (slug == "convolution",) * 2
    address = client.post("/api/networks", example(slug)).headers["Location"]
    assert picture.keys().isdisjoint(client.get(f"{address}/trace").json())
    assert picture.keys() < client.get(f"{address}/trace?graph=1").json().keys()


@pytest.mark.parametrize("query", ["graph=2", "graph=", "encoding=base32", "encoding=", "encoding=JSON"])
def test_an_unknown_encoding_is_refused(client: Client, chapter: Document, query: str) -> None:
    address = client.post("/api/networks", chapter).headers["Location"]
    for response in (client.post(f"/api/trace?{query}", chapter), client.get(f"{address}/trace?{query}")):
        assert response.status_code == 422
        assert response.json()["where"] == f"/{query.partition('=')[0]}"


def test_nodes_show_the_requested_sample(client: Client) -> None:
    document = example("batch-of-three")
    nodes = client.post("/api/trace?sample=2&graph=1", document).json()["nodes"]
    assert [node["value"] for node in nodes if node["role"] == "input"] == document["x"][2]
    assert {node["ref"] for node in nodes if node["role"] == "input"} == {"x[2,0]", "x[2,1]", "x[2,2]"}


def test_the_document_comes_back_with_names_and_weights_filled_in(client: Client) -> None:
    document = {**example("xor")}
    for layer in document["layers"]:
        del layer["name"]
    filled = client.post("/api/trace", document).json()["document"]
    assert [layer["name"] for layer in filled["layers"]] == ["fc_1", "tanh_1", "fc_2", "sigmoid_1"]
    assert np.shape(filled["layers"][0]["w"]) == (2, 2)
    assert filled["format"] == "tinyml-network/1"
    again = client.post("/api/trace", filled).json()
    assert again["document"] == filled


def test_one_seed_gives_one_start_and_giving_one_layers_weights_moves_no_other(client: Client) -> None:
    document = example("xor")
    first, again = (client.post("/api/trace", document).json()["document"] for _ in range(2))
    assert first == again
    other = client.post("/api/trace", {**document, "seed": 2}).json()["document"]
    assert other["layers"][0]["w"] != first["layers"][0]["w"]
    document["layers"][0] |= {"w": [[0, 0], [0, 0]], "b": [0, 0]}
    assert client.post("/api/trace", document).json()["document"]["layers"][2] == first["layers"][2]


def test_numbers_survive_the_journey_exactly(client: Client, chapter: Document) -> None:
    exact = [[0.1 + 0.2, 5e-324], [1.7976931348623157e308 / 1e300, -1 / 3]]
    chapter["layers"][0]["w"] = exact
    answer = client.post("/api/trace", chapter).json()
    assert answer["document"]["layers"][0]["w"] == answer["tensors"]["fc_1.w"] == exact


def test_non_finite_numbers_are_null_and_listed(client: Client, chapter: Document) -> None:
    chapter["layers"][0]["w"] = [[1e200, 0], [0, 0]]
    chapter["x"] = [[1e200, 1]]
    response = client.post("/api/trace?graph=1", chapter)
    answer = response.json()
    assert "NaN" not in response.text
    assert answer["tensors"]["fc_1.output"][0][0] is None
    assert {"path": "/tensors/fc_1.output/0/0", "kind": "+inf"} in answer["nonfinite"]
    assert {"path": "/loss/value", "kind": "+inf"} in answer["nonfinite"]
    assert any(fault["path"].startswith("/nodes/") for fault in answer["nonfinite"])
    for fault in answer["nonfinite"]:
        value = answer
        for part in fault["path"].split("/")[1:]:
            value = value[int(part) if isinstance(value, list) else part]
        assert value is None


def test_large_numbers_whose_sum_overflows_are_still_finite(client: Client, chapter: Document) -> None:
    chapter["layers"][0] |= {"w": [[0, 0], [0, 0]], "b": [1.7e308, 1.7e308]}
    answer = client.post("/api/trace", chapter).json()
    assert answer["tensors"]["fc_1.output"] == [[1.7e308, 1.7e308]]
    assert not any(fault["path"].startswith("/tensors/fc_1.output/") for fault in answer["nonfinite"])


@pytest.mark.parametrize(("outputs", "drawn"), [(19, True), (20, False)])
def test_nodes_and_edges_are_left_out_above_the_limit(client: Client, outputs: int, drawn: bool) -> None:
    # 99 inputs and a bias to each of 20 outputs are exactly the limit; one more layer's edges exceed it.
    assert limits.MAX_GRAPH_EDGES == 2_000
    layers = [{"type": "Linear", "output_dim": 20}, {"type": "Linear", "output_dim": outputs - 19}]
    document = {
        "input_shape": [99],
        "layers": layers[:1] if drawn else layers,
        "loss": {"type": "half_squared_error"},
        "optimizer": {"type": "sgd", "lr": 0.1},
        "x": [[0.5] * 99],
        "y": [[0.0] * (20 if drawn else 1)],
    }
    answer = client.post("/api/trace?graph=1", document).json()
    assert (answer["nodes"] is not None) == drawn
    assert (answer["edges"] is not None) == drawn
    assert answer["tensors"]["fc_1.w.grad"] is not None


@pytest.mark.slow
@given(documents())
def test_every_answer_matches_its_schema_exactly(document: Document) -> None:
    parsed = NetworkDocument.model_validate(document)
    known = KnownDocument(parsed)
    plan = known.trace().stages
    for cursor in {0, 1, total(plan) // 2, total(plan) - 1, total(plan)}:
        for with_graph in (False, True):
            TraceAnswer.model_validate_json(trace_answer(known, cursor=cursor, with_graph=with_graph))


@given(documents())
def test_a_complete_trace_has_no_gaps_and_an_unbegun_one_only_what_is_given(document: Document) -> None:
    parsed = NetworkDocument.model_validate(document)
    known = KnownDocument(parsed)
    complete = filled(json.loads(trace_answer(known, with_graph=True)))
    # Only elementwise functions have a curve, only layers with windows have a window, and so on.
    optional = ("activation", "unrolled", "axis", "window", "symbol", "squashes")
    layers = [
        {word: value for word, value in layer.items() if word != "axes" and (word not in optional or value)}
        for layer in complete["layers"]
    ]
    for layer in layers:
        windows = layer.pop("unrolled", None)
        if windows:
            assert (windows["chosen"] is not None) == (layer["type"] == "MaxPool2D")
    assert None not in flat([complete["tensors"], complete["loss"]["value"], layers])
    begun = filled(json.loads(trace_answer(known, cursor=0, with_graph=True)))
    assert begun["phase"] == "ready"
    assert begun["loss"]["value"] is None
    assert begun["tensors"]["x"] == document["x"]
    assert begun["tensors"].keys() == complete["tensors"].keys()
    saved = {name for layer in begun["layers"] for name in layer["saved"]}
    if document.get("mode") == "predict":  # in prediction these are the running statistics
        given = (layer["name"] for layer in document["layers"] if layer["type"] == "BatchNorm")
        saved -= {f"{name}.{word}" for name in given for word in ("mean", "variance")}
    for name, values in begun["tensors"].items():
        made = name.endswith((".output", ".grad", ".objective_grad", ".next")) or name in ("loss.p", *saved)
        assert values == (None if made else complete["tensors"][name]), name
    for node in begun["nodes"] or []:
        assert node["gradient"] is None
        assert node["value"] is not None or node["role"] not in ("input", "bias")


def test_rounding_zeros_are_reported_once_their_tensor_is_complete(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = {
        "input_shape": [3],
        "layers": [{"type": "Linear", "name": "fc_1", "output_dim": 1, "w": [[0.1], [0.2], [-0.3]], "b": [0]}],
        "loss": {"type": "half_squared_error"},
        "optimizer": {"type": "sgd", "lr": 0.1},
        "x": [[1, 1, 1]],
        "y": [[1]],
    }
    answer = client.post("/api/trace", document).json()
    assert answer["tensors"]["fc_1.output"][0][0] != 0
    assert answer["rounding"] == ["fc_1.output[0,0]"]
    parsed = NetworkDocument.model_validate(document)
    assert filled(json.loads(trace_answer(KnownDocument(parsed), cursor=0)))["rounding"] == []
    monkeypatch.setattr(limits, "MAX_ROUNDING_ZEROS", 0)
    assert client.post("/api/trace", document).json()["rounding"] == []


def test_window_places_are_sent_up_to_a_limit(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    document = example("digits-cnn")
    unrolled = [layer["unrolled"] for layer in client.post("/api/trace", document).json()["layers"]]
    conv, pool = (one for one in unrolled if one)
    sizes = [
        sum(len(line) for of in ("output", "input_gradient") for lines in one[of].values() for line in lines)
        for one in (conv, pool)
    ]
    for room, left in ((sum(sizes), [True, True]), (sum(sizes) - 1, [True, False]), (min(sizes) - 1, [False, False])):
        monkeypatch.setattr(limits, "MAX_WINDOW_PLACES", room)
        layers = client.post("/api/trace", document).json()["layers"]
        assert [layer["unrolled"] is not None for layer in layers if layer["type"] in ("Conv2D", "MaxPool2D")] == left


def test_what_a_max_pool_chose_is_known_with_its_output(client: Client) -> None:
    document = NetworkDocument.model_validate(example("digits-cnn"))
    known = KnownDocument(document)
    pool = next(i for i, layer in enumerate(known.trace().layers) if layer.layer.type == "MaxPool2D")
    answer = filled(json.loads(trace_answer(known)))
    whole = answer["layers"][pool]
    assert np.shape(whole["unrolled"]["chosen"]) == np.shape(answer["tensors"][whole["output"]])
    begun = filled(json.loads(trace_answer(known, cursor=0)))["layers"][pool]
    assert begun["unrolled"]["chosen"] is None
    assert begun["unrolled"]["output"] == whole["unrolled"]["output"]


def flat(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [leaf for part in value.values() for leaf in flat(part)]
    if isinstance(value, list):
        return [leaf for part in value for leaf in flat(part)]
    return [value]
