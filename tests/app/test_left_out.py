"""Fields that a trace omits because they have their default values."""

import json
from typing import Any

import pytest
from hypothesis import given

from app.answers.numbers import Numbers, to_json
from app.answers.stages import stages_answer
from app.answers.tensors import Tensors
from app.answers.trace import trace_answer
from app.known import KnownDocument
from app.schemas.document import NetworkDocument
from tests.app.conftest import Client, example
from tests.support.documents_at_random import documents
from tests.support.networks import Document
from tests.support.recorded import traces
from tests.support.traces import filled, stages_of
from tinyml.progress import Progress
from tinyml.steps import Stage, phase_at, total
from tinyml.trace import Trace


@pytest.mark.parametrize("slug", ["chapter", "softmax-classifier", "digits-cnn"])
def test_defaults_are_left_out(slug: str) -> None:
    known = KnownDocument(NetworkDocument.model_validate(example(slug)))
    stages = known.trace().stages
    for cursor in (0, 5, None):
        answer = json.loads(trace_answer(known, cursor=cursor))
        whole = filled(answer)
        assert (whole["cursor"], whole["phase"]) == (
            cursor if cursor is not None else total(stages),
            phase_at(stages, whole["cursor"]),
        )
        for place in ([answer], [answer["loss"]], answer["layers"], answer["stages"]):
            for fields in place:
                assert None not in [value for name, value in fields.items() if name != "value"]
                assert not [name for name, value in fields.items() if value in ([], {}) and name != "reads"]
        for stage, sent_stage, filled_in in zip(stages, answer["stages"], whole["stages"], strict=True):
            assert filled_in == written_out(stage, known.trace())
            for sent in sent_stage["results"]:
                known_numbers = answer["tensors"].get(sent["name"]) is not None
                assert ("shape" in sent) == ("each" in sent) == (sent["name"] != "loss" and not known_numbers)
        assert "loss.p.grad" not in json.dumps(answer["stages"]) or "loss.p" in answer["loss"]["quantities"]


@given(recorded=traces())
def test_a_stage_has_only_what_differs_from_its_defaults(recorded: Trace) -> None:
    tensors = Tensors(recorded, 0).answer(Progress(recorded.stages, total(recorded.stages)), Numbers())
    layers = [
        {
            "name": layer.layer.name,
            "inputs": recorded.inputs(place),
            "output": f"{layer.layer.name}.output",
            "parameters": [f"{layer.layer.name}.{name}" for name in layer.parameters],
        }
        for place, layer in enumerate(recorded.layers)
    ]
    sent = json.loads(to_json(stages_answer(recorded, tensors)))
    whole = stages_of({"tensors": json.loads(to_json(tensors)), "layers": layers, "stages": sent})
    assert whole == [written_out(stage, recorded) for stage in recorded.stages]


def written_out(stage: Stage, recorded: Trace) -> dict[str, Any]:
    """A stage with all its fields, as the engine has it."""
    remembered = {
        f"{stage.layer}.{name}.{word}.next": f"{stage.layer}.{name}.next"
        for layer in recorded.layers
        if stage.computes == "next" and layer.layer.name == stage.layer
        for name, parameter in layer.parameters.items()
        for word in parameter.next_state
    }
    # What is known with the loss, and with each parameter's gradient, if there is a penalty.
    penalized = (
        {
            "loss": {"loss.penalty": "loss", "loss.objective": "loss"},
            "parameter_gradients": {
                f"{one.name.removesuffix('grad')}objective_grad": one.name for one in stage.results
            },
        }.get(stage.computes, {})
        if recorded.objective
        else {}
    )
    return {
        **{name: getattr(stage, name) for name in ("phase", "layer", "computes", "nodes", "terms", "start")},
        "reads": list(stage.reads),
        "settles": {**dict(stage.settles), **remembered, **penalized},
        "results": [{**one._asdict(), "shape": list(one.shape), "each": one.each} for one in stage.results],
    }


def test_the_document_is_returned_only_if_it_differs_from_the_one_sent(client: Client) -> None:
    def returned_document(document: dict[str, Any], edited: str = "") -> dict[str, Any] | None:
        answer = json.loads(client.post(f"/api/trace{edited}", document).content)
        found: dict[str, Any] | None = answer.get("document")
        return found

    chapter = example("chapter")
    assert returned_document(chapter) is None
    assert returned_document(chapter, "?edited=/layers/0/w/0/0") is None
    assert returned_document({"hash": client.post("/api/trace", chapter).json()["hash"]}) == chapter
    # Filled in, drawn, or changed to fit.
    linear = chapter["layers"][0]
    for changed in (
        without(chapter, "seed"),
        chapter | {"layers": [without(linear, "w")]},
        chapter | {"layers": [without(linear, "name")]},
        chapter | {"layers": [linear | {"name": None}]},
    ):
        assert returned_document(changed) == client.post("/api/trace", changed).json()["document"]
    wider = chapter | {"layers": [linear | {"output_dim": 3}]}
    fitted = returned_document(wider, "?edited=/layers/0/output_dim")
    assert fitted is not None
    assert len(fitted["y"][0]) == 3


@given(document=documents(written=True))
def test_a_document_that_is_left_out_is_the_one_that_was_sent(document: Document) -> None:
    sent = KnownDocument(NetworkDocument.model_validate(document))
    whole = json.loads(trace_answer(sent))["document"]
    assert sent.whole == (document == whole)
    again = KnownDocument(NetworkDocument.model_validate(whole))
    assert "document" not in json.loads(trace_answer(again, sent=True))


def without(fields: dict[str, Any], name: str) -> dict[str, Any]:
    """All fields but one."""
    return {field: value for field, value in fields.items() if field != name}


def test_the_chapters_trace_has_at_most_three_fifths_of_the_bytes_of_the_first_contract(client: Client) -> None:
    assert len(client.post("/api/trace", example("chapter")).content) <= 0.6 * 3_113
