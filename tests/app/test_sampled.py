"""Above a limit a trace has the numbers of the shown sample only, and lists the tensors concerned."""

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import limits
from app.answers.trace import trace_answer
from app.known import KnownDocument
from app.schemas.document import NetworkDocument
from tests.app.conftest import Client, example
from tests.support.documents_at_random import documents
from tests.support.networks import Document
from tests.support.reaching import reaches
from tests.support.traces import filled, output_of
from tinyml.steps import total


def found(answer: Any, path: str) -> Any:
    """The value at a JSON pointer."""
    for part in path.split("/")[1:]:
        answer = answer[int(part)] if isinstance(answer, list) else answer[part]
    return answer


@settings(max_examples=100)
@given(documents(), st.data())
def test_each_sampled_tensor_has_the_row_of_the_sample_and_all_others_are_whole(
    document: Document, data: st.DataObject
) -> None:
    parsed = NetworkDocument.model_validate_json(json.dumps(document))
    known = KnownDocument(parsed)
    sample = data.draw(st.integers(0, len(document["x"]) - 1))
    cursor = data.draw(st.one_of(st.none(), st.integers(0, total(known.trace().stages))))
    reaches(0.3, "one of several samples", len(document["x"]) > 1)
    reaches(0.1, "within the training step", cursor is not None and 0 < cursor < total(known.trace().stages))
    whole = filled(json.loads(trace_answer(known, sample, cursor, with_graph=True)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "MAX_TRACED_ACTIVATIONS", 0)
        sampled = filled(json.loads(trace_answer(known, sample, cursor, with_graph=True)))
    assert whole["sampled"] == []
    names = set(sampled["sampled"])
    outputs = {layer["output"] for layer in whole["layers"]}
    targets = {"y"} if "y" in document else set()
    assert {"x", *targets, *outputs, *(f"{name}.grad" for name in ("x", *outputs))} <= names
    assert whole["tensors"].keys() == sampled["tensors"].keys() >= names
    assert names.isdisjoint(name for layer in whole["layers"] for name in layer["parameters"])
    for name, numbers in whole["tensors"].items():
        of_sample = sampled["tensors"][name]
        assert of_sample == ([numbers[sample]] if name in names and numbers is not None else numbers), name
    for layer in whole["layers"]:
        if layer["unrolled"] and layer["unrolled"]["chosen"]:
            layer["unrolled"]["chosen"] = [layer["unrolled"]["chosen"][sample]]
    for same in whole.keys() - {"tensors", "sampled", "rounding", "nonfinite"}:
        assert sampled[same] == whole[same], same
    rows = re.compile(r"(x|y|loss|.*\.output)(\.grad|\.p)?\[(\d+)")
    own = [ref for ref in whole["rounding"] if not (row := rows.match(ref)) or int(row[3]) == sample]
    assert sampled["rounding"] == own


def test_rounding_zeros_are_reported_for_the_sample_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    document = NetworkDocument.model_validate(
        {
            "input_shape": [3],
            "layers": [{"type": "Linear", "name": "fc_1", "output_dim": 1, "w": [[0.1], [0.2], [-0.3]], "b": [0]}],
            "loss": {"type": "half_squared_error"},
            "optimizer": {"type": "sgd", "lr": 0.1},
            "x": [[1, 1, 1], [1, 1, 1], [1, 1, 2]],
            "y": [[1], [1], [1]],
        }
    )
    monkeypatch.setattr(limits, "MAX_TRACED_ACTIVATIONS", 0)
    rounding = [filled(json.loads(trace_answer(KnownDocument(document), n)))["rounding"] for n in range(3)]
    assert rounding == [["fc_1.output[0,0]"], ["fc_1.output[1,0]"], []]


def test_what_is_not_finite_is_named_by_its_place(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_TRACED_ACTIVATIONS", 0)
    document = example("batch-of-three")
    document["x"] = [[1e308] * 3, [1, 2, 3], [1e308] * 3]
    document["layers"][0]["w"] = [[9.0] * 2] * 3 if document["layers"][0]["output_dim"] == 2 else [[9.0] * 4] * 3
    answer = client.post("/api/trace?sample=2", document).json()
    assert answer["sampled"]
    for place in answer["nonfinite"]:
        assert found(answer, place["path"]) is None
    assert any(place["path"].startswith("/tensors/fc_1.output/0/") for place in answer["nonfinite"])


def test_a_stored_network_returns_the_requested_sample(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_TRACED_ACTIVATIONS", 0)
    address = client.post("/api/networks", example("batch-of-three")).headers["Location"]
    client.post(f"{address}/forward")
    outputs = [output_of(client.get(f"{address}/trace?sample={n}").json())[0] for n in range(3)]
    monkeypatch.undo()
    assert outputs == output_of(client.get(f"{address}/trace").json())
