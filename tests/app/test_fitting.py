"""A document that no longer fits after an edit is adapted: the edited part stays, and the rest follows."""

import copy
import json

import pytest

from app import limits
from app.documents import build
from app.fitting import Fitted, fit
from app.fitting.overlap import shape_of
from app.problems import Problem
from app.schemas.document import NetworkDocument
from tests.app.conftest import Client, example
from tests.support.networks import Document


def fitted(document: Document, *edited: str) -> Fitted:
    return fit(NetworkDocument.model_validate_json(json.dumps(document)), edited)


def keys(made: Fitted) -> list[str]:
    return [change["key"] for change in made.changes]


def moving(state: Document) -> Document:
    return {"type": "sgd", "lr": 0.5, "momentum": 0.9, "state": state}


# --- Common cases -------------------------------------------------------------------------------------------------


def test_another_width_at_the_end_gives_the_targets_a_column_and_keeps_the_weights(chapter: Document) -> None:
    chapter["layers"][0]["output_dim"] = 3
    made = fitted(chapter, "/layers/0/output_dim")
    assert made.changes == [
        {"key": "weights", "where": "/layers/0", "values": {"layer": "fc_1", "type": "Linear", "kept": 6, "drawn": 3}},
        {"key": "targets_added", "where": "/y", "values": {"columns": 1, "outputs": 3, "fill": 0.0}},
    ]
    layer = made.document.model_dump()["layers"][0]
    assert [row[:2] for row in layer["w"]] == chapter["layers"][0]["w"]
    assert made.document.y == [[*chapter["y"][0], 0.0]]


def test_what_is_drawn_is_what_the_seed_draws(chapter: Document) -> None:
    chapter["layers"][0]["output_dim"] = 3
    bare = copy.deepcopy(chapter)
    del bare["layers"][0]["w"], bare["layers"][0]["b"]
    bare["y"] = [[0, 0, 0]]
    drawn = build(NetworkDocument.model_validate_json(json.dumps(bare))).model.layers[0]
    weights = fitted(chapter, "/layers/0/output_dim").document.model_dump()["layers"][0]["w"]
    assert [row[2] for row in weights] == drawn.parameters()["w"].tensor.T[:, 2].tolist()


def test_a_layer_without_biases_stays_without(chapter: Document) -> None:
    layer = chapter["layers"][0]
    del layer["b"]
    layer |= {"bias": False, "output_dim": 3}
    made = fitted(chapter, "/layers/0/output_dim")
    assert keys(made) == ["weights", "targets_added"]
    assert made.changes[0]["values"] | {"kept": 4, "drawn": 2} == made.changes[0]["values"]


def test_a_smaller_width_takes_the_last_targets(chapter: Document) -> None:
    chapter["layers"][0]["output_dim"] = 1
    made = fitted(chapter, "/layers/0/output_dim")
    assert keys(made) == ["weights", "targets_removed"]
    assert made.document.y == [chapter["y"][0][:1]]


def test_layers_follow_the_data() -> None:
    document = example("two-layers")
    document |= {"input_shape": [3], "x": [[0.1, 0.5, 1]], "y": [[0, 1, 2, 3]]}
    made = fitted(document, "/x", "/y")
    assert keys(made) == ["width", "weights", "weights"]
    assert made.document.y == document["y"]
    assert [layer.width and getattr(layer, layer.width) for layer in made.document.layers][-1] == 4


def test_columns_of_a_table_change_the_inputs(chapter: Document) -> None:
    chapter["x"] = [[0.1, 0.5, 0.9]]
    made = fitted(chapter, "/x")
    assert keys(made) == ["inputs", "weights"]
    assert made.document.input_shape == [3]


def test_classes_in_a_file_bring_the_loss_and_an_output_each(chapter: Document) -> None:
    """A table of flowers with their names, dropped on the first network."""
    chapter |= {"input_shape": [4], "x": [[5.1, 3.5, 1.4, 0.2]] * 3, "y": [0, 1, 2]}
    made = fitted(chapter, "/x", "/y")
    assert keys(made) == ["loss", "width", "weights"]
    assert made.document.loss.type == "softmax_cross_entropy"
    assert made.document.classes == [0, 1, 2]


def test_another_loss_makes_rows_of_classes() -> None:
    document = example("softmax-classifier") | {"loss": {"type": "mean_squared_error"}}
    made = fitted(document, "/loss")
    assert keys(made) == ["targets_one_hot"]
    assert made.document.y == [[float(k == label) for k in range(3)] for label in example("softmax-classifier")["y"]]


def test_softmax_gets_a_second_output_and_the_shares_of_two_classes() -> None:
    document = example("xor") | {"loss": {"type": "softmax_cross_entropy"}}
    made = fitted(document, "/loss")
    assert keys(made) == ["width", "weights", "targets_pairs"] or keys(made) == ["width", "targets_pairs"]
    assert made.document.y == [[1 - row[0], row[0]] for row in document["y"]]


def test_numbers_that_are_no_shares_get_a_column_of_zeros() -> None:
    document = example("xor") | {"loss": {"type": "softmax_cross_entropy"}, "y": [[0], [3], [1], [0]]}
    made = fitted(document, "/loss")
    assert "targets_added" in keys(made)


def test_fewer_outputs_than_classes_are_refused() -> None:
    document = example("softmax-classifier")
    document["layers"][-1]["output_dim"] = 2
    with pytest.raises(Problem, match="there are classes up to 2, so the last layer needs 3 outputs; give it as many"):
        fitted(document, f"/layers/{len(document['layers']) - 1}/output_dim")


def test_a_single_output_is_refused_if_the_loss_needs_two(chapter: Document) -> None:
    chapter["loss"] = {"type": "softmax_cross_entropy"}
    chapter["layers"][0]["output_dim"] = 1
    with pytest.raises(Problem, match="softmax_cross_entropy requires at least 2 outputs; give the last layer more"):
        fitted(chapter, "/layers/0/output_dim")


def test_an_edit_does_not_change_what_did_not_fit_before(chapter: Document) -> None:
    chapter |= {"loss": {"type": "softmax_cross_entropy"}, "y": [[1]]}
    chapter["layers"] = [{"type": "Linear", "output_dim": 1}]
    assert fitted(chapter, "/optimizer/lr").changes == []
    assert keys(fitted(chapter, "/loss/type")) == ["width", "targets_pairs"]


def test_memory_goes_with_its_parameter(chapter: Document) -> None:
    chapter["layers"][0]["output_dim"] = 3
    chapter["optimizer"] = moving({"fc_1.b": {"velocity": [1, 2]}, "fc_9.b": {"velocity": [1]}})
    made = fitted(chapter, "/layers/0/output_dim")
    assert keys(made) == ["weights", "targets_added", "memory"]
    assert made.document.optimizer.model_dump()["state"] == {"fc_1.b": {"velocity": [1, 2, 0]}}


def test_nesterov_adds_momentum_and_is_switched_off_without_it(chapter: Document) -> None:
    chapter["optimizer"] = {"type": "sgd", "lr": 0.5, "nesterov": True}
    assert fitted(chapter, "/optimizer/nesterov").changes == [
        {"key": "momentum", "where": "/optimizer", "values": {"momentum": 0.9}}
    ]
    assert keys(fitted(chapter, "/optimizer/momentum")) == ["nesterov"]


def test_samples_and_targets_are_as_many(chapter: Document) -> None:
    chapter["x"] = [[0.1, 0.5], [0.2, 0.6]]
    made = fitted(chapter, "/x")
    assert keys(made) == ["samples"]
    assert made.document.y == [[0.01, 0.99], [0, 0]]


def test_layers_without_a_width_get_a_linear_one_behind_them(chapter: Document) -> None:
    chapter |= {"layers": [{"type": "Tanh"}], "y": [[1, 2, 3]]}
    made = fitted(chapter, "/y")
    assert keys(made) == ["layer_added"]
    assert [layer.type for layer in made.document.layers] == ["Tanh", "Linear"]


def test_limits_hold_for_what_follows(chapter: Document) -> None:
    chapter |= {"y": [limits.MAX_WIDTH - 1], "loss": {"type": "softmax_cross_entropy"}}
    assert keys(fitted(chapter, "/y")) == ["width", "weights"]
    chapter["layers"] = [{"type": "Linear", "output_dim": limits.MAX_WIDTH}] * 20
    with pytest.raises(Problem) as refused:
        fitted(chapter, "/layers")
    assert refused.value.members["limit"] == "MAX_PARAMETERS"


# --- Over HTTP -----------------------------------------------------------------------------------------------------


def test_a_trace_of_an_edit_lists_what_was_fitted(client: Client, chapter: Document) -> None:
    chapter["layers"][0]["output_dim"] = 3
    assert client.post("/api/trace", chapter).status_code == 422
    answer = client.post("/api/trace?edited=/layers/0/output_dim", chapter)
    assert answer.status_code == 200
    trace = answer.json()
    assert [change["key"] for change in trace["fitted"]] == ["weights", "targets_added"]
    assert shape_of(trace["document"]["y"]) == (1, 3)
    assert client.post("/api/trace", trace["document"]).json() == trace | {"fitted": []}


def test_the_sample_is_one_that_there_is(client: Client, chapter: Document) -> None:
    assert client.post("/api/trace?sample=5&edited=/x", chapter).json()["sample"] == 0
    assert client.post("/api/trace?sample=5", chapter).status_code == 422


@pytest.mark.parametrize("count", [limits.MAX_EDITS, limits.MAX_EDITS + 1])
def test_so_many_edits_at_once(client: Client, chapter: Document, count: int) -> None:
    answer = client.post("/api/trace?" + "&".join(["edited=/optimizer/lr"] * count), chapter)
    assert answer.status_code == (200 if count <= limits.MAX_EDITS else 422)


def test_a_layer_without_bias_has_none_when_its_width_changes_and_what_is_frozen_stays_so(chapter: Document) -> None:
    layer = chapter["layers"][0]
    del layer["b"]
    layer |= {"bias": False, "frozen": ["w"], "output_dim": 3}
    made = fitted(chapter, "/layers/0/output_dim")
    assert keys(made) == ["weights", "targets_added"]
    (schema,) = made.document.layers
    assert (schema.model_dump()["bias"], schema.model_dump()["frozen"], schema.model_dump()["b"]) == (
        False,
        ["w"],
        None,
    )
    assert [row[:2] for row in schema.model_dump()["w"]] == layer["w"]
