"""The laws, with values computed by hand; test_verdict.py tests that they agree with the engine everywhere."""

from collections.abc import Mapping
from math import sqrt
from typing import Any, NamedTuple

import pytest

from tests.support.networks import LOSSES as ENGINE_LOSSES
from tests.support.networks import Document
from tinyml import layers, optims
from tinyml.layers import Layer
from tinyml.optims import Optimizer
from tinyml.verify import Line, ReceiptError, Step
from tinyml.verify.laws import LAWS
from tinyml.verify.lines import add_up
from tinyml.verify.losses import LOSSES
from tinyml.verify.optimizers import OPTIMIZERS


def concrete(package: Any, base: type) -> set[str]:
    """The classes of a package that are derived from a base."""
    found = (getattr(package, name) for name in package.__all__)
    return {value.__name__ for value in found if isinstance(value, type) and issubclass(value, base) and value != base}


def test_every_layer_loss_and_optimizer_of_the_engine_has_its_law() -> None:
    # MaxUnpool2D takes places as a second input, which no document can give.
    assert LAWS.keys() == concrete(layers, Layer) - {"MaxUnpool2D"}
    assert LOSSES.keys() == ENGINE_LOSSES.keys() | {"given_gradient"}
    assert {f"{name}optimizer" for name in OPTIMIZERS} == {name.lower() for name in concrete(optims, Optimizer)}


class Followed(NamedTuple):
    """The lines of a step by their refs, and the numbers of all refs."""

    lines: dict[str, Line]
    numbers: Mapping[str, float]

    def values(self, owner: str) -> list[float]:
        """The values of all lines about one thing, in order."""
        return [self.numbers[ref] for ref in self.lines if ref.partition("[")[0] == owner]


def follow(layer: Mapping[str, Any], x: list[Any], y: list[Any], **members: Any) -> Followed:
    """All lines of a step through one layer, each with the value that follows from the previous ones."""
    shape, inner = [], x[0]
    while isinstance(inner, list):
        shape.append(len(inner))
        inner = inner[0]
    document: Document = {
        "format": "tinyml-network/1",
        "input_shape": shape,
        "layers": [{"name": "layer", **layer}],
        "loss": {"type": "half_squared_error"},
        "optimizer": {"type": "sgd", "lr": 1.0},
        "x": x,
        "y": y,
        **members,
    }
    step, lines = Step(document), {}
    for line in step.lines():
        step.values[line.ref] = add_up(line.terms, step.values).value
        lines[line.ref] = line
    return Followed(lines, step.values)


IMAGE = [[[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]]]
FILTER = {"h_filter": 2, "w_filter": 2, "w": [[[[1.0, 10.0], [100.0, 1000.0]]]], "b": [0.5]}


def test_a_convolution_leaves_the_padding_out() -> None:
    layer = {"type": "Conv2D", "n_filter": 1, "stride": 2, "padding": 1, **FILTER}
    lines = follow(layer, IMAGE, [[[[0.0, 0.0], [0.0, 0.0]]]])
    assert lines.values("layer.output") == [1000.5, 3200.5, 7040.5, 9865.5]
    assert list(lines.lines["layer.output[0,0,0,0]"].terms) == [("x[0,0,0,0]", "layer.w[0,0,1,1]"), ("layer.b[0]",)]
    assert len(lines.lines["layer.output[0,0,1,1]"].terms) == 5
    assert list(lines.lines["x.grad[0,0,0,0]"].terms) == [("layer.output.grad[0,0,0,0]", "layer.w[0,0,1,1]")]


def test_a_transposed_convolution_paints() -> None:
    layer = {"type": "Deconv2D", "n_filters": 1, "stride": 1, "dilation": 1, "padding": 0, **FILTER}
    lines = follow(layer, [[[[1.0, 2.0]]]], [[[[0.0] * 3] * 2]])
    assert lines.values("layer.output") == [1.5, 12.5, 20.5, 100.5, 1200.5, 2000.5]


def test_the_first_of_equals_wins_a_window() -> None:
    tied = [[[[5.0, 5.0], [1.0, 5.0]]]]
    lines = follow({"type": "MaxPool2D", "size": 2, "stride": 2}, tied, [[[[2.0]]]])
    assert list(lines.lines["layer.output[0,0,0,0]"].terms) == [("x[0,0,0,0]",)]
    assert lines.values("x.grad") == [3.0, 0.0, 0.0, 0.0]
    assert list(lines.lines["x.grad[0,0,0,1]"].terms) == []


def test_windows_of_two_sides_that_overlap() -> None:
    lines = follow({"type": "AvgPool2D", "size": [1, 2], "stride": 1}, IMAGE, [[[[0.0] * 2] * 3]])
    assert lines.values("layer.output") == [1.5, 2.5, 4.5, 5.5, 7.5, 8.5]
    assert lines.values("x.grad")[:3] == [0.75, 2.0, 1.25]


def test_a_batch_is_normalized() -> None:
    running = {"momentum": 0.25, "running_mean": [6.0], "running_variance": [4.0]}
    layer = {"type": "BatchNorm", "epsilon": 1e-300, "gamma": [3.0], "beta": [1.0], **running}
    lines = follow(layer, [[1.0], [3.0]], [[0.0], [0.0]])
    assert (lines.values("layer.mean"), lines.values("layer.variance")) == ([2.0], [1.0])
    assert lines.values("layer.output") == [-2.0, 4.0]
    assert lines.values("layer.gamma.grad") == [6.0]
    assert lines.values("layer.running_mean.next") == [5.0]
    assert lines.values("layer.running_variance.next") == [3.5]  # a quarter of 2, the variance over n − 1
    assert lines.values("x.grad") == [0.0, 0.0]  # two numbers always become ±1


def test_when_predicting_the_running_numbers_normalize() -> None:
    running = {"momentum": 0.25, "running_mean": [1.0], "running_variance": [4.0]}
    layer = {"type": "BatchNorm", "epsilon": 1e-300, "gamma": [3.0], "beta": [1.0], **running}
    lines = follow(layer, [[1.0], [3.0]], [[0.0], [0.0]], mode="predict")
    assert lines.values("layer.output") == [1.0, 4.0]
    assert lines.values("x.grad") == [1.5, 6.0]
    assert lines.values("layer.running_mean.next") == []
    with pytest.raises(ReceiptError, match=r"layers\[0\].running_mean: missing"):
        follow({**layer, "running_mean": None}, [[1.0], [3.0]], [[0.0], [0.0]], mode="predict")


def test_a_sample_is_normalized() -> None:
    layer = {"type": "LayerNorm", "epsilon": 1e-300, "gamma": [1.0, 1.0, 1.0], "beta": [0.0, 0.0, 0.0]}
    lines = follow(layer, [[1.0, 2.0, 3.0]], [[0.0, 0.0, 0.0]])
    assert lines.values("layer.output") == pytest.approx([-sqrt(1.5), 0, sqrt(1.5)])
    assert lines.values("x.grad") == pytest.approx([0, 0, 0], abs=1e-15)


def test_nothing_is_dropped_when_predicting() -> None:
    layer = {"type": "Dropout", "probability": 0.5}
    assert follow(layer, [[1.0, 2.0]], [[0.0, 0.0]], mode="predict").values("layer.output") == [1.0, 2.0]
    kept = follow(layer, [[1.0, 2.0]], [[0.0, 0.0]])
    assert kept.values("layer.output") == [2.0, 4.0]
    assert kept.lines["layer.mask[0,0]"].otherwise is not None
    sure = follow({**layer, "probability": 0.0}, [[1.0, 2.0]], [[0.0, 0.0]])
    assert sure.lines["layer.mask[0,0]"].otherwise is None


def test_softmax_shares_along_its_axis() -> None:
    lines = follow({"type": "Softmax", "axis": 1}, [[[1.0, 0.0], [1.0, 0.0]]], [[[0.0, 0.0], [0.0, 0.0]]])
    assert lines.values("layer.output") == [0.5, 0.5, 0.5, 0.5]


@pytest.mark.parametrize(
    ("optimizer", "after"),
    [
        ({"type": "sgd", "lr": 0.5}, 1.0),
        ({"type": "sgd", "lr": 0.5, "weight_decay": 0.5}, 0.5),
        ({"type": "sgd", "lr": 0.5, "momentum": 0.5, "state": {"layer.b": {"velocity": [4.0]}}}, 0.0),
        ({"type": "sgd", "lr": 0.5, "momentum": 0.5, "nesterov": True, "state": {"layer.b": {"velocity": [4.0]}}}, 0.0),
        (
            {
                "type": "sgd",
                "lr": 0.5,
                "momentum": 0.5,
                "momentum_form": "previous_change",
                "state": {"layer.b": {"change": [4.0]}},
            },
            3.0,
        ),
        (
            {
                "type": "sgd",
                "lr": 0.5,
                "momentum": 0.5,
                "momentum_form": "previous_change",
                "nesterov": True,
                "state": {"layer.b": {"change": [4.0]}},
            },
            1.5,
        ),
        (
            {"type": "rmsprop", "lr": 0.5, "decay": 0.75, "epsilon": 1.0, "state": {"layer.b": {"square": [4.0]}}},
            2 - 0.5 * 2 / 3,
        ),
        ({"type": "sgd", "lr": 0.5, "clip": {"value": 1.0}}, 1.5),
        # The gradients of w and b are both 2.
        ({"type": "sgd", "lr": 0.5, "clip": {"norm": 1.0}}, 2 - 0.5 * 2 / (sqrt(8) + 1e-6)),
        ({"type": "sgd", "lr": 0.5, "clip": {"norm": 3.0}}, 1.0),
        ({"type": "adagrad", "lr": 0.5, "initial_sum": 5.0, "epsilon": 1.0}, 2 - 0.5 * 2 / 4),
        ({"type": "adam", "lr": 0.5, "betas": [0.5, 0.5], "epsilon": 1.0, "state": {}}, 2 - 0.5 * 2 / 3),
        ({"type": "adam", "lr": 0.5, "betas": [0.5, 0.75], "epsilon": 1.0, "bias_correction": False}, 1.75),
        ({"type": "adamw", "lr": 0.5, "betas": [0.5, 0.5], "epsilon": 1.0, "weight_decay": 0.5}, 1.5 - 0.5 * 2 / 3),
    ],
)
def test_a_bias_of_2_with_a_gradient_of_2_becomes(optimizer: dict[str, Any], after: float) -> None:
    layer = {"type": "Linear", "output_dim": 1, "w": [[0.0]], "b": [2.0]}
    lines = follow(layer, [[1.0]], [[0.0]], optimizer=optimizer)
    assert lines.values("layer.b.grad") == [2.0]
    assert lines.values("layer.b.next") == pytest.approx([after])
