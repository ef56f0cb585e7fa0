"""Unsuitable settings are found at their place, and nowhere else."""

import json
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.documents import build
from app.examples import SLUGS, examples
from app.schemas.document import NetworkDocument
from tests.support.documents_at_random import documents
from tests.support.layer_cases import Case
from tests.support.layers_at_random import KINDS, cases
from tests.support.networks import Document
from tests.support.reaching import reaches
from tests.tinyml.layers.cases import ROWS
from tinyml.layers.ranges import Range
from tinyml.narrate import worded
from tinyml.suitability import SHARES_TOLERANCE, Remedy, Unsuited, warnings
from tinyml.trace import Trace

ANY_CASE = st.sampled_from(KINDS).flatmap(lambda kind: cases(kind, st.integers(1, 3)))
LINEAR = {"type": "Linear", "name": "i", "output_dim": 1, "w": [[1.0]], "b": [0.0]}


def recorded(document: Document) -> Trace:
    return build(NetworkDocument.model_validate_json(json.dumps(document))).trace()


def network(
    *layers: str | Document, loss: str = "mean_squared_error", y: Any = ((0.5,),), mode: str = "train", **changes: Any
) -> Document:
    made = [{"type": one} if isinstance(one, str) else one for one in layers]
    return {
        "input_shape": [1],
        "layers": made,
        "loss": {"type": loss},
        "optimizer": {"type": "sgd", "lr": 0.1},
        "x": [[1.0]] * len(y),
        "y": y,
        "mode": mode,
        **changes,
    }


def linear(outputs: int) -> Document:
    return {"type": "Linear", "output_dim": outputs}


def found(document: Document) -> list[tuple[str, str | tuple[int, ...] | None]]:
    """The keys of the warnings, each with its place."""
    return [(one.message.key, one.layer or one.target) for one in warnings(recorded(document))]


BCE, SCE = "binary_cross_entropy", "softmax_cross_entropy"
UNSUITED: list[tuple[Document, str, Any]] = [
    (network(linear(1), "Sigmoid", loss=BCE), "warning.twice.logistic", "sigmoid_1"),
    (network(linear(1), "Tanh", "ReLu", loss=BCE), "warning.squashed.logistic", "relu_1"),
    (network(linear(2), "Softmax", loss=BCE, y=[[0, 1]]), "warning.squashed.logistic", "softmax_1"),
    (network(linear(1), "Sigmoid", "ReLu", loss=BCE), "warning.twice.logistic", "sigmoid_1"),
    (network(linear(1), "Sigmoid", {"type": "Flatten"}, loss=BCE), "warning.twice.logistic", "sigmoid_1"),
    (network(linear(1), "Tanh", loss=BCE, y=[[1]]), "warning.above.logistic", "tanh_1"),
    (network(linear(1), "ReLu", loss=BCE, y=[[0]]), "warning.below.logistic", "relu_1"),
    (network(linear(3), "Softmax", loss=SCE, y=[0]), "warning.twice.softmax", "softmax_1"),
    (network(linear(3), "Sigmoid", loss=SCE, y=[0]), "warning.squashed.softmax", "sigmoid_1"),
    (network(linear(3), "Tanh", loss=SCE, y=[0]), "warning.below.softmax", "tanh_1"),
    (network(linear(1), loss=SCE, y=[0]), "warning.one_output", "fc_1"),
    (network(linear(1), loss=BCE, y=[[1.5]]), "warning.targets.logistic", (0, 0)),
    (network(linear(2), loss=SCE, y=[[1, 0], [1.5, -0.5]]), "warning.targets.softmax", (1, 0)),
    (network(linear(2), loss=SCE, y=[[1, 0], [0.5, 0.4]]), "warning.shares", (1,)),
    (network(linear(2), loss=SCE, y=[[1, 1]]), "warning.shares", (0,)),
    (network(linear(1), "ReLu", y=[[1], [-1]]), "warning.below", "relu_1"),
    (network(linear(1), "Softplus", y=[[-1]]), "warning.below", "softplus_1"),
    (network(linear(1), "GELU", y=[[-0.2]]), "warning.below", "gelu_1"),
    (network(linear(1), "ELU", y=[[-1.5]]), "warning.below", "elu_1"),
    (network(linear(1), {"type": "LeakyReLu", "slope": 0}, y=[[-1]]), "warning.below", "leaky_relu_1"),
    (network(linear(1), {"type": "LeakyReLu", "slope": -1}, y=[[-1]]), "warning.below", "leaky_relu_1"),
    (network(linear(1), "Sigmoid", y=[[1.2]]), "warning.above", "sigmoid_1"),
    (network(linear(1), "Tanh", y=[[-2]]), "warning.below", "tanh_1"),
    (network(linear(1), "Sigmoid", {"type": "Dropout", "probability": 0.5}, y=[[3]]), "warning.above", "sigmoid_1"),
    (network(linear(2), "BatchNorm", y=[[1, 0]]), "warning.alone.BatchNorm", "batch_norm_1"),
    (network(linear(1), "LayerNorm"), "warning.alone.LayerNorm", "layer_norm_1"),
    (network(linear(1), "Softmax"), "warning.alone.Softmax", "softmax_1"),
]
SUITED: list[Document] = [
    network(linear(1), "Sigmoid", linear(1), loss=BCE),
    network(linear(1), loss=BCE, y=[[0], [1], [0.5]]),
    network(linear(1), "ReLu", loss=BCE, y=[[1], [0.5]]),
    network(linear(2), "ReLu", loss=SCE, y=[[0, 1]]),
    network(linear(2), "Tanh", loss=SCE, y=[[0.5, 0.5]]),
    network(linear(3), loss=SCE, y=[[0.333, 0.333, 0.333]]),
    network(linear(1), "Sigmoid", y=[[0], [1]]),
    network(linear(1), "Tanh", y=[[-1], [1]]),
    network(linear(1), "ReLu", y=[[0], [1e9]]),
    network(linear(1), {"type": "LeakyReLu", "slope": 0.01}, y=[[-1e9]]),
    network(linear(1), "Sigmoid", {"type": "Dropout", "probability": 0.5}, y=[[2]]),
    network(linear(1), "ReLu", "BatchNorm", y=[[-1], [1]]),
    network(linear(2), "BatchNorm", y=[[1, 0], [0, 1]]),
    network(linear(2), "BatchNorm", y=[[1, 0]], mode="predict"),
    network(linear(2), "LayerNorm", y=[[1, 0]]),
]


@pytest.mark.parametrize(("document", "key", "where"), UNSUITED, ids=range(len(UNSUITED)))
def test_unsuitable_settings_are_reported_at_their_place(document: Document, key: str, where: Any) -> None:
    assert found(document) == [(key, where)]


@pytest.mark.parametrize("document", SUITED, ids=range(len(SUITED)))
def test_what_suits_gets_no_warning(document: Document) -> None:
    assert found(document) == []


@pytest.mark.parametrize("slug", SLUGS)
def test_no_example_of_the_service_has_a_warning(slug: str) -> None:
    assert found(examples()[slug]["document"]) == []


def test_one_sample_has_statistics_where_an_image_has_several_places() -> None:
    layers = [{"type": "BatchNorm"}]
    image = network(*layers, y=[[[[1, 2]]]], input_shape=[1, 1, 2], x=[[[[1, 2]]]])
    assert found(image) == []
    assert found(image | {"input_shape": [1, 1, 1], "x": [[[[1]]]], "y": [[[[1]]]]}) != []


def test_shares_may_be_rounded_to_three_digits_and_no_more() -> None:
    def targets(missing: float) -> Document:
        return network(linear(2), loss=SCE, y=[[0.25, 0.75 - missing]])

    assert found(targets(0.99 * SHARES_TOLERANCE)) == []
    assert found(targets(1.01 * SHARES_TOLERANCE)) == [("warning.shares", (0,))]


@pytest.mark.parametrize("kind", ["adagrad", "adam", "adamw", "rmsprop"])
def test_a_step_of_0_over_0_is_a_warning_at_epsilon(kind: str) -> None:
    # The second input is 0, and so are the gradients of its weights; those of a frozen parameter do not count.
    layer = {"type": "Linear", "name": "f", "output_dim": 2}
    document = network(layer, y=[[1, 1]], input_shape=[2], x=[[1.0, 0.0]], optimizer={"type": kind, "epsilon": 0})
    (one,) = warnings(recorded(document))
    assert (one.message.key, one.setting, one.concerns) == ("warning.divided_by_zero", "epsilon", ("f",))
    assert worded(one.message).startswith("All gradients of w₂₁⁽¹⁾ so far are 0, and ε is 0 too: its step is 0/0")
    assert worded(one.message).endswith("Parameters with such a step: 2.")
    assert found({**document, "optimizer": {"type": kind, "epsilon": 1e-300}}) == []
    assert found({**document, "layers": [{**layer, "frozen": ["w"]}]}) == []


def test_the_sentence_has_the_numbers() -> None:
    (one,) = warnings(recorded(network({**LINEAR}, {"type": "Sigmoid", "name": "s"}, loss=BCE, y=[[1]])))
    assert worded(one.message) == (
        "Binary cross entropy takes scores and applies the logistic function σ to them itself. Sigmoid s has applied "
        "it already, so that the logistic function is applied twice: every probability is between 0.5 and 0.731059 "
        "whatever the weights are."
    )
    (one,) = warnings(recorded(network(linear(1), "ReLu", y=[[1], [-2], [-3]])))
    assert "y₁ of sample 2 = −2 is below it" in worded(one.message)
    assert worded(one.message).endswith("Targets out of reach: 2.")


@settings(max_examples=300)
@given(ANY_CASE, st.floats(-4, 4), st.floats(0, 4))
def test_the_outputs_of_every_layer_lie_in_its_range(case: Case, lowest: float, width: float) -> None:
    layer, of = case.layer(), Range(lowest, lowest + width)
    x = np.clip(case.x(), *of)
    output = layer.forward(case.fed(x))
    output = output[0] if isinstance(output, tuple) else output
    reached = layer.output_range(of)
    reaches(0.2, "a range with both bounds", np.isfinite(reached).all())
    reaches(0.05, "an output at a bound", bool(np.isin(output, reached).any()))
    slack = 1e-12 * (1 + np.abs(output).max())
    assert reached.lowest - slack <= output.min()
    assert output.max() <= reached.highest + slack
    assert reached.within(layer.output_range(Range()))


@pytest.mark.parametrize("kind", [kind for kind, row in ROWS.items() if row.limits])
def test_the_range_of_an_activation_is_the_smallest(kind: str) -> None:
    layer = Case(kind, {}, (1, 1)).layer()
    z = np.linspace(-40, 40, 1_000_001)[:, None]
    h, reached = layer.forward(z), layer.output_range(Range())
    for end, extreme in ((reached.lowest, h.min()), (reached.highest, h.max())):
        assert math.isclose(end, extreme, abs_tol=1e-9) if math.isfinite(end) else abs(extreme) > 0.3


# Layers that may get a single number to normalize, and one that can make it single.
ALONE = ("Linear", "Softmax", "BatchNorm", "LayerNorm")


@pytest.mark.slow
@settings(max_examples=300)
@given(documents() | documents(kinds=ALONE, shapes=[(3,), (1,)]))
def test_no_random_network_that_suits_gets_a_warning(document: Document) -> None:
    trace = recorded(document)
    keys = {one.message.key for one in warnings(trace)}
    # A single number, and a single output, follow from the shapes.
    for layer in trace.layers:
        alone = {"Softmax": layer.input.shape[1], "LayerNorm": layer.input[0].size}
        if layer.training:
            alone["BatchNorm"] = layer.input[:, 0].size
        expected = alone.get(layer.layer.type) == 1
        assert any(one.layer == layer.layer.name and ".alone" in one.message.key for one in warnings(trace)) == expected
    reaches(0.02, "a layer that normalizes numbers alone", any(".alone" in key for key in keys))
    one_output = document["loss"]["type"] == SCE and trace.output.shape[1] == 1
    assert ("warning.one_output" in keys) == one_output
    # The generator draws targets that fit their loss, so the remaining warnings are about a last activation.
    if document["layers"][-1]["type"] in ("Linear", "Conv1D", "Conv2D", "Deconv2D", "BatchNorm", "LayerNorm"):
        assert {key for key in keys if ".alone" not in key and "one_output" not in key} == set()


@pytest.mark.slow
@settings(max_examples=300)
@given(documents(losses=("mean_squared_error", BCE, SCE)), st.integers(0, 2**32 - 1))
def test_a_target_reported_as_out_of_reach_is_never_reached(document: Document, seed: int) -> None:
    found = warnings(recorded(document))
    outside = ("warning.below", "warning.above")
    reaches(0.02, "a target out of reach", any(one.message.key.startswith(outside) for one in found))
    for one in found:
        if not one.message.key.startswith(("warning.below", "warning.above", "warning.twice", "warning.squashed")):
            continue
        rng = np.random.default_rng(seed)
        layers = [
            {k: v for k, v in layer.items() if k not in ("w", "b", "gamma", "beta")} for layer in document["layers"]
        ]
        # Only a schedule needs the position of these documents.
        others = {word: value for word, value in document.items() if word != "position"}
        drawn = recorded(
            others | {"layers": layers, "seed": int(rng.integers(999)), "optimizer": {"type": "sgd", "lr": 0}}
        )
        compared = drawn.output
        if document["loss"]["type"] == BCE:
            compared = 1 / (1 + np.exp(-compared))
        elif document["loss"]["type"] == SCE:
            compared = np.exp(compared) / np.exp(compared).sum(axis=1, keepdims=True)
        values = one.message.values
        if "least" in values:
            assert values["least"] - 1e-9 <= compared.min() <= compared.max() <= values["most"] + 1e-9
        elif "below" in one.message.key:
            assert one.message.refs["target"].value < values["end"] <= compared.min() + 1e-9
        else:
            assert one.message.refs["target"].value > values["end"] >= compared.max() - 1e-9


@pytest.mark.slow
@settings(max_examples=200)
@given(documents())
def test_what_is_advised_removes_the_warning(document: Document) -> None:
    found = warnings(recorded(document))
    reaches(0.02, "a warning with a remedy", any(one.remedies for one in found))
    for one in found:
        for remedy in one.remedies:
            after = recorded(applied(document, remedy))
            assert not any(same(one, other) for other in warnings(after))


def same(one: Unsuited, other: Unsuited) -> bool:
    return (one.message.key, one.layer, one.target) == (other.message.key, other.layer, other.target)


def applied(document: Document, remedy: Remedy) -> Document:
    layers, y = document["layers"], document.get("y")
    optimizer = {name: value for name, value in document["optimizer"].items() if name != "state"}
    match remedy.kind:
        case "remove":
            changed = {"layers": [layer for layer in layers if layer["name"] != remedy.layer]}
        case "outputs":
            at = next(i for i, layer in enumerate(layers) if layer["name"] == remedy.layer)
            kept = {"name", "type"}
            new = {name: value for name, value in layers[at].items() if name in kept} | {"output_dim": remedy.value}
            after = [{k: v for k, v in one.items() if k not in NUMBERS} for one in layers[at + 1 :]]
            targets = None if isinstance(y[0], int) else remedy.targets(np.array(y))
            shares = y if targets is None else targets.tolist()
            changed = {"layers": [*layers[:at], new, *after], "y": shares}
        case "loss":
            changed = {"loss": {"type": remedy.value}}
            if isinstance(y[0], int):
                changed["y"] = [[float(label)] for label in y]
        case "share_targets":
            targets = remedy.targets(np.array(y))
            assert targets is not None
            changed = {"y": targets.tolist()}
    return {**document, "optimizer": optimizer, **changed}


NUMBERS = {"gamma", "beta", "running_mean", "running_variance"}
