"""Image layers that no longer fit after an edit: windows, padding and Flatten are adapted to it."""

from typing import Any

import pytest

from app.problems import Problem
from tests.app.conftest import example
from tests.app.test_fitting import fitted, keys


def test_images_are_flattened_where_rows_are_wanted() -> None:
    document = example("digits-cnn")
    [place] = [i for i, layer in enumerate(document["layers"]) if layer["type"] == "Flatten"]
    del document["layers"][place]
    made = fitted(document, "/layers")
    assert made.changes == [
        {
            "key": "flatten_added",
            "where": f"/layers/{place}",
            "values": {"layer": "flatten_1", "type": "Flatten", "before": "fc_1"},
        }
    ]


def test_a_convolution_moved_behind_flatten_takes_it_along() -> None:
    document = example("digits-cnn")
    layers = document["layers"]
    layers.insert(3, layers.pop(0))
    made = fitted(document, "/layers")
    assert keys(made) == ["flatten_moved"]
    assert [layer.type for layer in made.document.layers] == ["ReLu", "MaxPool2D", "Conv2D", "Flatten", "Linear"]


def test_a_convolution_behind_rows_is_refused() -> None:
    document = example("digits-cnn")
    document["layers"].append({"type": "Conv2D", "n_filter": 1, "h_filter": 1, "w_filter": 1})
    with pytest.raises(Problem, match="takes images") as refused:
        fitted(document, "/layers")
    assert refused.value.where == ("layers", 5)


@pytest.mark.parametrize(
    ("field", "value", "changed"),
    [
        ("size", 3, {"stride": 1}),
        ("stride", 4, {"size": 4}),
        ("stride", 3, {}),
        ("stride", 5, {"size": 3}),
        ("size", [2, 3], {"stride": 1}),
    ],
)
def test_a_pool_s_other_settings_follow(field: str, value: Any, changed: dict[str, Any]) -> None:
    document = example("digits-cnn")
    document["layers"][2][field] = value
    made = fitted(document, f"/layers/2/{field}")
    settings = {one["values"]["field"]: one["values"]["after"] for one in made.changes if one["key"] == "setting"}
    assert settings == changed
    assert made.document.model_dump()["layers"][2][field] == value


def test_a_window_larger_than_the_image_is_refused_where_it_was_typed_and_shrinks_where_it_was_not() -> None:
    document = example("digits-cnn")
    document["layers"][2]["size"] = 30
    with pytest.raises(Problem, match="no window of 30 × 30 fits into 8 × 8"):
        fitted(document, "/layers/2/size")
    assert "setting" in keys(fitted(document, "/layers/0/padding"))


def test_a_larger_filter_gets_padding_and_less_padding_a_smaller_filter() -> None:
    document = example("digits-cnn")
    document["layers"][0] |= {"h_filter": 15}
    made = fitted(document, "/layers/0/h_filter")
    assert made.document.model_dump()["layers"][0]["padding"] == 4
    document["layers"][0] |= {"padding": 0}
    assert fitted(document, "/layers/0/padding").document.model_dump()["layers"][0]["h_filter"] == 8


def test_a_transposed_convolution_loses_padding_where_nothing_would_be_left() -> None:
    layer = {"type": "Deconv2D", "n_filters": 1, "h_filter": 2, "w_filter": 3, "stride": 1, "padding": 4}
    document = example("convolution")
    document["layers"] = [layer]
    made = fitted(document, "/layers/0/h_filter")
    assert made.changes[0]["values"] | {"field": "padding", "before": 4, "after": 1} == made.changes[0]["values"]
