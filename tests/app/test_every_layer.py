"""Every layer over HTTP: its trace equals the engine's, and its gradients equal central differences."""

import copy
import json
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from tests.app.conftest import Client
from tests.support.documents_at_random import documents, numbers
from tests.support.networks import Document, build
from tests.support.traces import entries, output_gradient_of, output_of, parameters_of, remembered_of
from tests.tinyml.layers.cases import ROWS
from tinyml.flow import stuck_units
from tinyml.layers import PReLU
from tinyml.layers.elementwise import Elementwise
from tinyml.trace import LayerTrace

Place = tuple[int, ...]
# The first case of each layer that a document can have.
CASES = {kind: row.cases[0] for kind, row in ROWS.items() if kind != "MaxUnpool2D"}
STEP = 1e-6


def document(kind: str, **members: Any) -> Document:
    case, rng = CASES[kind], np.random.default_rng(7)
    shape = case.shape[1:]
    settings = {name: value for name, value in case.arguments.items() if name not in ("input_dim", "features")}
    return {
        "input_shape": list(shape),
        "layers": [{"type": kind, "name": "layer", **settings}],
        "loss": {"type": "half_squared_error"},
        "optimizer": {"type": "sgd", "lr": 0.1},
        "x": numbers(rng, (3, *shape), 2),
        "y": numbers(rng, (3, *case.layer().output_shape(shape))),
        **members,
    }


def moved(document: Document, holder: list[Any], place: Place, by: float) -> Document:
    """A copy with one number moved; `holder` is the path to the nested lists that contain it."""
    changed = copy.deepcopy(document)
    owner: Any = changed
    path = [*holder, *place]
    for step in path[:-1]:
        owner = owner[step]
    owner[path[-1]] += by
    return changed


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["train", "predict"])
@pytest.mark.parametrize("kind", CASES)
def test_every_gradient_is_what_central_differences_find(client: Client, kind: str, mode: str) -> None:
    answer = client.post("/api/trace", document(kind, mode=mode)).json()
    complete, layer = answer["document"], answer["layers"][0]
    held = [(["x"], answer["tensors"]["x.grad"])]
    held += [(["layers", 0, name], gradient) for name, gradient in parameters_of(answer, layer, ".grad").items()]
    for holder, gradients in held:
        for place, gradient in entries(gradients):
            higher, lower = (
                json.loads(client.post("/api/trace", moved(complete, holder, place, by)).content)["loss"]["value"]
                for by in (STEP, -STEP)
            )
            assert gradient == pytest.approx((higher - lower) / (2 * STEP), rel=1e-5, abs=1e-6), (holder, place)


@pytest.mark.parametrize("kind", CASES)
def test_what_is_left_out_is_filled_in_and_the_same_for_the_same_seed(client: Client, kind: str) -> None:
    first, again = (client.post("/api/trace", document(kind, seed=4)).json() for _ in range(2))
    assert first == again
    written = first["document"]["layers"][0]
    for name, value in parameters_of(first, first["layers"][0]).items():
        assert written[name] == value
    assert client.post("/api/trace", first["document"]).json() == first


@given(document=documents())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_the_document_of_an_answer_has_the_same_answer_to_the_last_bit(client: Client, document: Document) -> None:
    answer = client.post("/api/trace", document).json()
    assert client.post("/api/trace", answer["document"]).json() == answer


@given(document=documents())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_a_trace_has_the_engines_numbers_to_the_last_bit(client: Client, document: Document) -> None:
    answer = client.post("/api/trace", document).json()
    recorded = build(answer["document"]).trace()
    tensors = answer["tensors"]
    assert output_of(answer) == recorded.output.tolist()
    assert answer["loss"]["value"] == recorded.loss.value
    assert output_gradient_of(answer) == recorded.loss.gradient.tolist()
    assert tensors.get("y") == (None if recorded.y is None else recorded.y.tolist())
    assert answer.get("objective") == (None if recorded.objective is None else recorded.objective._asdict())
    for ours, theirs in zip(answer["layers"], recorded.layers, strict=True):
        [taken] = ours["inputs"]
        assert tensors[taken] == theirs.input.tolist()
        assert tensors[f"{taken}.grad"] == theirs.input_gradient.tolist()
        assert tensors[ours["output"]] == theirs.output.tolist()
        assert tensors[f"{ours['output']}.grad"] == theirs.output_gradient.tolist()
        assert_activation(ours["activation"], theirs)
        name = ours["name"]
        assert ours["saved"] == [f"{name}.{saved}" for saved in theirs.saved]
        assert [tensors[saved] for saved in ours["saved"]] == [array.tolist() for array in theirs.saved.values()]
        assert ours["parameters"] == [f"{name}.{parameter}" for parameter in theirs.parameters]
        for parameter, kept in zip(ours["parameters"], theirs.parameters.values(), strict=True):
            assert tensors[parameter] == kept.value.tolist()
            assert tensors[f"{parameter}.grad"] == kept.gradient.tolist()
            penalized = kept.objective_gradient
            assert tensors.get(f"{parameter}.objective_grad") == (None if penalized is None else penalized.tolist())
            assert tensors[f"{parameter}.next"] == kept.next.tolist()
            before, after = remembered_of(answer, parameter)
            assert before == {word: array.tolist() for word, array in kept.state.items()}
            assert after == {word: array.tolist() for word, array in kept.next_state.items()}


@pytest.mark.parametrize(
    ("given", "made"),
    [
        (["Conv2D", "MaxPool2D", "Flatten", "Linear"], ["conv_1", "max_pool_1", "flatten_1", "fc_1"]),
        (["Deconv2D", "AvgPool2D", "Dropout", "Dropout"], ["deconv_1", "avg_pool_1", "dropout_1", "dropout_2"]),
        (["BatchNorm", "LayerNorm", "BatchNorm"], ["batch_norm_1", "layer_norm_1", "batch_norm_2"]),
    ],
)
def test_names_that_are_left_out_are_made_up(client: Client, given: list[str], made: list[str]) -> None:
    settings = {
        "Conv2D": {"n_filter": 1, "h_filter": 1, "w_filter": 1},
        "Deconv2D": {"n_filters": 1, "h_filter": 1, "w_filter": 1, "stride": 1},
        "MaxPool2D": {"size": 1, "stride": 1},
        "AvgPool2D": {"size": 1, "stride": 1},
        "Linear": {"output_dim": 4},
        "Dropout": {"probability": 0.5},
    }
    rows = "Linear" in given
    body = {
        "input_shape": [1, 2, 2],
        "layers": [{"type": kind, **settings.get(kind, {})} for kind in given],
        "loss": {"type": "huber"},
        "optimizer": {"type": "sgd", "lr": 0.1},
        "x": [[[[1, 2], [3, 4]]]],
        "y": [[0] * 4] if rows else [[[[0, 0], [0, 0]]]],
    }
    answer = client.post("/api/trace", body).json()
    assert [layer["name"] for layer in answer["document"]["layers"]] == made


def test_two_dropout_layers_of_one_document_do_not_drop_the_same_units(client: Client) -> None:
    layers = [{"type": "Dropout", "probability": 0.5}] * 2
    body = {**document("Tanh"), "input_shape": [64], "layers": layers, "x": [[1.0] * 64], "y": [[0.0] * 64]}
    tensors = client.post("/api/trace", body).json()["tensors"]
    assert tensors["dropout_1.mask"] != tensors["dropout_2.mask"]


def assert_activation(answer: dict[str, Any] | None, recorded: LayerTrace) -> None:
    """The curve has the layer's own outputs for these numbers, and the stuck units are those of the flow."""
    layer = recorded.layer
    slopes = layer.slope.tensor.tolist() if isinstance(layer, PReLU) else []
    if not isinstance(layer, Elementwise) and len(set(slopes)) != 1:
        assert answer is None
        return
    assert answer is not None
    places = np.linspace(answer["least"], answer["most"], len(answer["values"]))
    given = places[:, None].repeat(len(slopes) or 1, axis=1)
    right = copy.deepcopy(layer).forward(given)[:, 0].tolist()
    assert answer["values"] == pytest.approx(right, rel=1e-12, abs=1e-15)
    assert (answer["dead"], answer["saturated"]) == tuple(map(list, stuck_units(recorded)))


def test_of_an_activation_the_curve_is_there_before_its_numbers_and_the_stuck_units_after(client: Client) -> None:
    document = {
        "input_shape": [2],
        "layers": [
            {"type": "Linear", "name": "fc_1", "output_dim": 2, "w": [[1, -1], [1, -1]], "b": [0, 0]},
            {"type": "ReLu", "name": "relu_1"},
            {"type": "Linear", "name": "fc_2", "output_dim": 1},
        ],
        "loss": {"type": "half_squared_error"},
        "optimizer": {"type": "sgd", "lr": 0.1},
        "x": [[1, 2]],
        "y": [[5]],
    }
    address = client.post("/api/networks", document).headers["location"]
    first, relu, last = client.get(f"{address}/trace").json()["layers"]
    assert first["activation"] is last["activation"] is None
    assert relu["activation"]["values"] == [max(0.0, step / 4) for step in range(-12, 13)]
    assert relu["activation"]["dead"] is relu["activation"]["saturated"] is None
    client.post(f"{address}/forward")
    [_, relu, _] = client.get(f"{address}/trace").json()["layers"]
    assert (relu["activation"]["dead"], relu["activation"]["saturated"]) == ([1], [])
