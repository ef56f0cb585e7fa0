"""Samples that are sequences: traced with their axes, refused at a layer that does not take them, and fitted."""

from typing import Any

import pytest

from app.problems import Problem
from tests.app.conftest import Client, example
from tests.app.test_fitting import fitted, keys
from tests.support.networks import Document

CONVOLUTION = {"type": "Conv1D", "n_filter": 1, "w_filter": 2, "w": [[[1, 2]]], "b": [0.5]}


def document(layers: list[Any], **members: Any) -> Document:
    return {
        "input_shape": [1, 3],
        "layers": layers,
        "loss": {"type": "half_squared_error"},
        "optimizer": {"type": "sgd", "lr": 0.1},
        "x": [[[1, 2, 3]]],
        "y": [[[5, 9]]],
        **members,
    }


def test_a_sequence_is_traced_with_its_axes(client: Client) -> None:
    trace = client.post("/api/trace", document([CONVOLUTION])).json()
    tensors = trace["tensors"]
    assert tensors["conv_1.output"] == [[[5.5, 8.5]]]
    assert tensors["conv_1.output.grad"] == [[[0.5, -0.5]]]
    assert tensors["conv_1.w.grad"] == [[[-0.5, -0.5]]]
    assert tensors["conv_1.b.grad"] == [0]
    assert tensors["x.grad"] == [[[0.5, 0.5, -1]]]
    (layer,) = trace["layers"]
    assert layer["window"] == {
        "size": [2], "stride": 1, "dilation": 1, "padding": 0, "transposed": False, "across": True
    }  # fmt: skip
    assert layer["unrolled"]["output"] == {"rows": [], "columns": [[0, 1], [1, 2]]}


@pytest.mark.parametrize(
    ("layers", "members", "where", "detail"),
    [
        (
            [{"type": "Flatten"}, CONVOLUTION],
            {},
            "/layers/1",
            "Conv1D 'conv_1': takes sequences (channels × length), got samples of 3; give the network an input_shape",
        ),
        (
            [CONVOLUTION],
            {"input_shape": [1, 2, 2], "x": [[[[1, 2], [3, 4]]]]},
            "/layers/0",
            "Conv1D 'conv_1': takes sequences (channels × length), got samples of 1 × 2 × 2; on images use Conv2D.",
        ),
        (
            [CONVOLUTION, {"type": "MaxPool2D", "size": 1, "stride": 1}],
            {},
            "/layers/1",
            "MaxPool2D 'max_pool_1': takes images (channels × height × width), got samples of 1 × 2; on sequences use "
            "Conv1D, with a stride",
        ),
        (
            [CONVOLUTION, {"type": "Linear", "output_dim": 1}],
            {},
            "/layers/1",
            "Linear 'fc_1': takes samples of one axis, got samples of 1 × 2; add a Flatten layer before it.",
        ),
        (
            [{**CONVOLUTION, "w_filter": 4, "w": [[[1, 2, 3, 4]]]}],
            {},
            "/layers/0",
            "Conv1D 'conv_1': no window of 4 fits into 3 with padding 0; make the window smaller, or pad the input.",
        ),
        (
            [{**CONVOLUTION, "w": [[[1, 2, 3]]]}],
            {},
            "/layers/0/w/0/0",
            "Conv1D 'conv_1': w (filters × channels × columns), row 0, row 0: expected 2, got a list of 3; send 2.",
        ),
        ([CONVOLUTION], {"x": [[1, 2, 3]]}, "/x/0", "x (samples × channels × length), row 0: expected 1 × 3, got"),
        ([CONVOLUTION], {"y": [[5, 9]]}, "/y/0", "y (samples × channels × length), row 0: expected 1 × 2, got"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_place(
    client: Client, layers: list[Any], members: Document, where: str, detail: str
) -> None:
    response = client.post("/api/trace", document(layers, **members))
    assert response.status_code == 422
    assert response.json()["where"] == where
    assert response.json()["detail"].startswith(detail)


def test_a_sequence_is_flattened_where_rows_are_wanted() -> None:
    made = fitted(document([CONVOLUTION, {"type": "Linear", "output_dim": 1}], y=[[1]]), "/layers")
    assert keys(made) == ["flatten_added"]
    assert [layer.type for layer in made.document.layers] == ["Conv1D", "Flatten", "Linear"]


def test_a_convolution_behind_flatten_takes_the_sequences_before_it() -> None:
    made = fitted(document([{"type": "Flatten"}, CONVOLUTION], y=[[1, 2]]), "/layers")
    assert keys(made)[0] == "flatten_moved"
    assert [layer.type for layer in made.document.layers] == ["Conv1D", "Flatten"]


def test_images_behind_flatten_are_no_sequences() -> None:
    images = {"input_shape": [1, 2, 2], "x": [[[[1, 2], [3, 4]]]]}
    with pytest.raises(Problem, match="takes sequences") as refused:
        fitted(document([{"type": "Flatten"}, CONVOLUTION], **images), "/layers")
    assert refused.value.key == "needs_sequence"


@pytest.mark.parametrize(("field", "value", "changed"), [("w_filter", 5, {"padding": 1}), ("padding", 0, {})])
def test_the_padding_follows_a_longer_filter(field: str, value: int, changed: dict[str, int]) -> None:
    edited = document([{"type": "Conv1D", "n_filter": 1, "w_filter": 2, field: value}], y=[[[1]]])
    made = fitted(edited, f"/layers/0/{field}")
    settings = {one["values"]["field"]: one["values"]["after"] for one in made.changes if one["key"] == "setting"}
    assert settings == changed


def test_a_filter_becomes_shorter_where_the_sequence_does() -> None:
    edited = document([{"type": "Conv1D", "n_filter": 1, "w_filter": 3}], input_shape=[1, 2], x=[[[1, 2]]], y=[[[1]]])
    made = fitted(edited, "/x")
    assert made.document.model_dump()["layers"][0]["w_filter"] == 2


def test_the_example_distinguishes_sequences_that_rise_from_those_that_fall(client: Client) -> None:
    tensors = client.post("/api/trace", example("sequence")).json()["tensors"]
    assert tensors["relu_1.output"] == [[[4, 5, 7, 6], [0, 0, 0, 0]], [[0, 0, 0, 0], [2, 5, 5, 5]]]
    assert [[round(one, 12) for one in row] for row in tensors["fc_1.output"]] == [[1.18], [-0.94]]
