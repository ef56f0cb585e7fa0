"""Samples that are images: valid ones are traced with all their axes, invalid ones are refused at the layer."""

from typing import Any

import numpy as np
import pytest

from app import limits
from tests.app.conftest import Client
from tests.support.networks import Document

CONVOLUTION = {"type": "Conv2D", "n_filter": 1, "h_filter": 2, "w_filter": 2, "w": [[[[1, 2], [3, 4]]]], "b": [0]}


def document(layers: list[Document], **members: Any) -> Document:
    return {
        "input_shape": [1, 3, 3],
        "layers": layers,
        "loss": {"type": "half_squared_error"},
        "optimizer": {"type": "sgd", "lr": 0.1},
        "x": [[[[1, 2, 3], [4, 5, 6], [7, 8, 9]]]],
        "y": [[[[0, 0], [0, 0]]]],
        **members,
    }


def test_a_convolution_gives_the_numbers_that_one_finds_by_hand(client: Client) -> None:
    answer = client.post("/api/trace?graph=1", document([CONVOLUTION])).json()
    tensors = answer["tensors"]
    assert tensors["conv_1.output"] == [[[[37, 47], [67, 77]]]]
    assert answer["loss"]["value"] == (37**2 + 47**2 + 67**2 + 77**2) / 2
    assert tensors["x"] == [[[[1, 2, 3], [4, 5, 6], [7, 8, 9]]]]
    assert tensors["conv_1.b.grad"] == [37 + 47 + 67 + 77]
    assert tensors["conv_1.w.grad"][0][0][0][0] == 37 * 1 + 47 * 2 + 67 * 4 + 77 * 5
    assert (answer["nodes"], answer["edges"]) == (None, None)


def test_flattened_images_meet_rows_of_targets(client: Client) -> None:
    layers = [CONVOLUTION, {"type": "Flatten"}]
    answer = client.post("/api/trace?graph=1", document(layers, y=[[37, 47, 67, 76]])).json()
    assert answer["tensors"]["flatten_1.output"] == [[37, 47, 67, 77]]
    assert answer["loss"]["value"] == 0.5
    assert answer["nodes"] is None


def test_flat_samples_still_have_their_nodes_with_every_layer_of_theirs(client: Client) -> None:
    layers = [{"type": "BatchNorm"}, {"type": "Dropout", "probability": 0.5}, {"type": "LayerNorm"}]
    layers += [{"type": "Flatten"}, {"type": "Linear", "output_dim": 1}]
    body = document(layers, input_shape=[2], x=[[1, 2], [3, 5]], y=[[0], [1]])
    answer = client.post("/api/trace?graph=1", body).json()
    assert {node["role"] for node in answer["nodes"]} == {"input", "bias", "hidden", "output"}
    assert answer["edges"]


@pytest.mark.parametrize(
    ("layers", "members", "where", "message"),
    [
        (
            [CONVOLUTION, {"type": "Linear", "name": "fc", "output_dim": 1}],
            {},
            "/layers/1",
            "Linear 'fc': takes samples of one axis, got samples of 1 × 2 × 2; add a Flatten layer before it.",
        ),
        (
            [{"type": "Flatten"}, {**CONVOLUTION, "name": "conv"}],
            {},
            "/layers/1",
            "Conv2D 'conv': takes images (channels × height × width), got samples of 9; give the network an",
        ),
        (
            [{"type": "MaxPool2D", "name": "pool", "size": 2, "stride": 2}],
            {},
            "/layers/0",
            "MaxPool2D 'pool': height 3 does not divide into windows of 2 with stride 2; try stride 1",
        ),
        (
            [{**CONVOLUTION, "name": "conv", "h_filter": 4, "w": None}],
            {},
            "/layers/0",
            "Conv2D 'conv': no window of 4 × 2 fits into 3 × 3 with padding 0; make the window smaller",
        ),
        (
            [{"type": "Deconv2D", "n_filters": 1, "h_filter": 1, "w_filter": 1, "stride": 1, "padding": 2}],
            {},
            "/layers/0",
            "Deconv2D 'deconv_1': with padding 2 the output is empty; use a smaller padding.",
        ),
        (
            [{**CONVOLUTION, "name": "conv", "w": [[[[1, 2], [3, 4, 5]]]]}],
            {},
            "/layers/0/w/0/0/1",
            "Conv2D 'conv': w (filters × channels × rows × columns), row 0, row 0, row 1: expected 2, got a list of 3",
        ),
        ([CONVOLUTION], {"x": [[1, 2, 3]]}, "/x/0", "x (samples × channels × height × width), row 0: expected 1 × 3"),
        ([CONVOLUTION], {"x": [[1] * 9]}, "/x/0", "row 0: expected 1 × 3 × 3, got a list of 9; send 1."),
        ([CONVOLUTION], {"x": [[1]]}, "/x/0/0", "expected a list of 3, got a number; write it in square brackets"),
        ([CONVOLUTION], {"y": [[0, 0, 0, 0]]}, "/y/0", "y (samples × channels × height × width), row 0: expected 1"),
        ([CONVOLUTION], {"y": [0]}, "/y", "half_squared_error takes a row of targets for each sample"),
        (
            [CONVOLUTION],
            {"loss": {"type": "softmax_cross_entropy"}, "y": [0]},
            "/loss",
            "softmax_cross_entropy takes outputs of one axis, a score for each class, but the network gives 1 × 2 × 2",
        ),
        ([{"type": "MaxPool2D", "size": [2, 2, 2], "stride": 1}], {}, "/layers/0/size", "takes at most 2, got 3"),
        ([{"type": "MaxPool2D", "size": True, "stride": 1}], {}, "/layers/0/size", "got true or false"),
        ([{"type": "MaxUnpool2D", "size": 2, "stride": 2}], {}, "/layers/0/type", "the type is unknown"),
        ([{"type": "BatchNorm", "gamma": [1, 2]}], {}, "/layers/0/gamma", "gamma (one for each feature): expected 1"),
        ([{"type": "BatchNorm", "running_variance": [-1]}], {}, "/layers/0/running_variance/0", "must be at least 0"),
        ([{"type": "BatchNorm", "running_mean": [1, 2]}], {}, "/layers/0/running_mean", "expected 1, got a list of 2"),
        ([{"type": "LayerNorm", "gamma": [1, 1, 1]}], {}, "/layers/0/gamma", "gamma (shaped as a sample): expected 1"),
        ([{"type": "Dropout", "probability": 1}], {}, "/layers/0/probability", "must be less than 1"),
    ],
)
def test_an_invalid_setting_is_refused_at_its_layer(
    client: Client, layers: list[Document], members: Document, where: str, message: str
) -> None:
    layers = [{name: value for name, value in layer.items() if value is not None} for layer in layers]
    response = client.post("/api/trace", document(layers, **members))
    assert response.status_code == 422
    assert response.json()["where"] == where
    assert message in response.json()["detail"]


def test_a_batch_of_sixty_handwritten_digits_fits(client: Client) -> None:
    x = np.zeros((60, 1, 28, 28)).tolist()
    layers = [{"type": "Flatten"}, {"type": "Linear", "output_dim": 10}]
    body = document(layers, input_shape=[1, 28, 28], x=x, y=[3] * 60, loss={"type": "softmax_cross_entropy"})
    answer = client.post("/api/trace", body)
    assert answer.status_code == 200
    assert np.shape(answer.json()["tensors"]["x.grad"]) == (60, 1, 28, 28)


@pytest.mark.parametrize(
    ("layer", "limit"),
    [
        ({**CONVOLUTION, "padding": 10**9}, "MAX_PADDING"),
        ({**CONVOLUTION, "stride": 10**400}, "MAX_STRIDE"),
        ({"type": "Deconv2D", "n_filters": 4096, "h_filter": 1, "w_filter": 1, "stride": 32}, "MAX_ACTIVATIONS"),
        ({"type": "Deconv2D", "n_filters": 4096, "h_filter": 32, "w_filter": 32, "stride": 1}, "MAX_PARAMETERS"),
        ({"type": "Conv2D", "n_filter": 4096, "h_filter": 1, "w_filter": 1, "padding": 32}, "MAX_ACTIVATIONS"),
        ({"type": "Conv2D", "n_filter": 1, "h_filter": 32, "w_filter": 32, "padding": 32}, "MAX_WINDOW_NUMBERS"),
    ],
)
def test_what_would_take_too_much_is_refused_before_any_of_it_is_taken(
    client: Client, layer: Document, limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def traced(*_: Any) -> Any:
        raise AssertionError("it was traced")

    monkeypatch.setattr("app.documents.trace", traced)
    given = {name: value for name, value in layer.items() if name not in ("w", "b")}
    problem = client.post("/api/trace", document([given])).json()
    assert (problem["status"], problem["limit"]) == (422, limit)


@pytest.mark.slow
def test_a_network_whose_document_would_be_written_in_too_many_lists_is_refused(client: Client) -> None:
    # A kernel of one weight is written in two nested lists, so there are twice as many lists as channels × filters.
    layer = {"type": "Conv2D", "n_filter": 200, "h_filter": 1, "w_filter": 1}
    x = np.zeros((1, 250, 1, 1)).tolist()
    body = document([layer], input_shape=[250, 1, 1], x=x, y=np.zeros((1, 200, 1, 1)).tolist())
    problem = client.post("/api/trace", body).json()
    assert (problem["status"], problem["limit"], problem["where"]) == (422, "MAX_BRACKETS", "/layers/0")
    body["layers"][0]["n_filter"] = 190
    body["y"] = np.zeros((1, 190, 1, 1)).tolist()
    answer = client.post("/api/trace", body)
    assert answer.status_code == 200
    again = client.post("/api/trace", answer.json()["document"])
    assert again.status_code == 200
    assert again.text.count("[") > limits.MAX_BRACKETS
