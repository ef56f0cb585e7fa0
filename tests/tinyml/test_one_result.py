"""A training step has a single result, to the last bit, whichever way it is computed."""

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.documents_at_random import (
    KINDS,
    ON_IMAGES,
    ON_ROWS,
    ON_SEQUENCES,
    Shape,
    documents,
    numbers,
    targets,
)
from tests.support.networks import ACTIVATIONS, LOSSES, OPTIMIZERS, Document, build
from tests.support.ways import WAYS, Numbers, assert_same_bits, bits, by_hand, can_be_stacked, stacked
from tinyml.gradient_check.check import ready

LOSS_NAMES = sorted(LOSSES)
FREEZABLE = ("b", "beta")
# Samples that a layer accepts, those with the most axes first.
SHAPES: list[tuple[list[str], tuple[Shape, ...]]] = [
    (ON_IMAGES, ((1, 4, 5), (2, 5, 4))),
    (ON_SEQUENCES, ((2, 4), (2, 5))),
    (ON_ROWS, ((3,), (4,))),
]
OPTIMIZER_SETTINGS: list[Document] = [
    {"type": "sgd", "lr": 0.1},
    {"type": "sgd", "lr": 0.1, "momentum": 0.9},
    {"type": "adam", "lr": 0.01},
    {"type": "sgd", "lr": 0.1, "momentum": 0.5, "nesterov": True, "weight_decay": 0.1},
    {"type": "rmsprop", "lr": 0.01},
    {"type": "adamw", "lr": 0.01, "betas": [0.5, 0.9]},
    {"type": "sgd", "lr": 0.1, "weight_decay": 0.1},
    {"type": "adam", "lr": 0.01, "weight_decay": 0.1},
    {"type": "sgd", "lr": 0.1, "clip": {"norm": 0.5}},
    {"type": "adam", "lr": 0.1, "clip": {"value": 0.1}},
    {"type": "adagrad", "lr": 0.1, "lr_decay": 0.1, "initial_sum": 0.5},
    {"type": "rmsprop", "lr": 0.01, "decay": 0.9, "weight_decay": 0.1},
]
# Inputs, outputs and samples of a first layer: each way in which BLAS multiplies (numbers, a matrix and a row or a
# column, matrices that fill its registers or not, sums longer than its blocks, more numbers than it takes in place).
PRODUCTS = [
    (1, 1, 1),
    (3, 1, 1),
    (4, 5, 1),
    (64, 33, 1),
    (1, 4, 3),
    (5, 1, 7),
    (300, 1, 64),
    (2, 4, 10),
    (17, 9, 16),
    (64, 64, 33),
    (300, 16, 13),
    (700, 5, 8),
    (300, 100, 40),
]


def check(document: Document, steps: int) -> bool:
    """Compare all ways with the one by hand; return whether a stack was among them."""
    expected = list(by_hand(document, steps))
    for way in WAYS:
        assert_same_bits(list(way(document, steps)), expected)
    assert bits(on_trial(document)) == bits(np.concatenate([[], *map(np.ravel, gradients_of(expected[0]))]))
    if not can_be_stacked(document):
        return False
    for of_stack, alone in stacked(document, steps):
        assert_same_bits(of_stack, alone)
    return True


def on_trial(document: Document) -> Any:
    """The gradients of all parameters that a gradient check compares with its estimates."""
    model, loss, _, x, y = build(document)
    plan, x = ready(model, loss, x, y)
    return plan.analytic(plan.everything(inputs=False))


def gradients_of(step: Numbers) -> list[Any]:
    """The gradients of a step, in the order of the layers."""
    return [value for name, value in step.items() if name.endswith(".grad")]


def test_the_settings_have_every_loss_and_optimizer() -> None:
    assert {setting["type"] for setting in OPTIMIZER_SETTINGS} == set(OPTIMIZERS)
    # One pass over each table for the layers, and one for the products.
    assert len(OPTIMIZER_SETTINGS) <= len(PRODUCTS) <= len(KINDS)
    assert len(LOSS_NAMES) <= len(PRODUCTS)


@pytest.mark.slow
@pytest.mark.parametrize(("turn", "kind"), [*enumerate(KINDS)])
def test_every_layer_has_one_result_whichever_way_it_is_computed(turn: int, kind: str) -> None:
    reached = []
    shapes = next(shapes for kinds, shapes in SHAPES if kind in kinds)
    losses = [LOSS_NAMES[turn % len(LOSS_NAMES)], "half_squared_error"]

    @given(
        document=documents(
            written=True, kinds=[kind, "Linear", "Flatten", "Tanh"], losses=losses, shapes=shapes
        ).filter(lambda document: any(layer["type"] == kind for layer in document["layers"])),
        steps=st.integers(2, 3),
        freeze=st.booleans(),
    )
    @settings(max_examples=8, suppress_health_check=[HealthCheck.filter_too_much])
    def search(document: Document, steps: int, freeze: bool) -> None:
        document["optimizer"] = OPTIMIZER_SETTINGS[turn % len(OPTIMIZER_SETTINGS)]
        for layer in document["layers"]:
            if layer["type"] == kind:
                layer["frozen"] = [name for name in FREEZABLE if name in layer and freeze]
        check(document, steps)
        reached.extend(kind for layer in document["layers"] if layer["type"] == kind)

    search()
    assert reached


@st.composite
def wide(draw: st.DrawFn, sizes: tuple[int, int, int], turn: int) -> Document:
    """Rows through two layers, the first of which has these sizes, with zeros of both signs among the numbers."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    inputs, outputs, batch = sizes
    last, loss = int(rng.choice([1, 2, 3, 9, 33])), LOSS_NAMES[turn % len(LOSS_NAMES)]
    return {
        "input_shape": [inputs],
        "layers": [
            {"type": "Linear", "name": "fc_1", "output_dim": outputs, "frozen": draw(st.sampled_from([[], ["b"]]))}
            | {"w": sparse(rng, (inputs, outputs)), "b": sparse(rng, (outputs,))},
            {"type": str(rng.choice(list(ACTIVATIONS))), "name": "h"},
            {"type": "Linear", "name": "fc_2", "output_dim": last}
            | {"w": sparse(rng, (outputs, last)), "b": sparse(rng, (last,))},
        ],
        "loss": {"type": loss},
        "optimizer": OPTIMIZER_SETTINGS[turn % len(OPTIMIZER_SETTINGS)],
        "x": sparse(rng, (batch, inputs)),
        "y": targets(draw, rng, loss, (batch, last)),
    }


def sparse(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    values = rng.uniform(-1, 1, shape)
    values[rng.random(shape) < 0.2] = 0.0
    values[rng.random(shape) < 0.1] = -0.0
    return values.tolist()


@pytest.mark.slow
@pytest.mark.parametrize(("turn", "sizes"), [*enumerate(PRODUCTS)])
def test_products_of_every_size_have_one_result_in_a_stack_too(turn: int, sizes: tuple[int, int, int]) -> None:
    @given(document=wide(sizes, turn))
    @settings(max_examples=4)
    def search(document: Document) -> None:
        assert check(document, 2)

    search()


def test_the_shares_of_many_classes_sum_alike_by_hand_and_in_a_plan() -> None:
    """Found at random: the twenty shares of a target were summed in another order by the loss called alone."""
    rng = np.random.default_rng(8)
    images, filters = {"h_filter": 1, "w_filter": 1, "stride": 1, "padding": 0}, {"w": [[[[0.7]]]], "b": [-0.2]}
    document = {
        "input_shape": [1, 4, 5],
        "layers": [
            {"type": "MaxPool2D", "name": "layer_0", "size": [1, 1], "stride": 1},
            {"type": "Conv2D", "name": "layer_1", "n_filter": 1, **images, **filters},
            {"type": "Conv2D", "name": "layer_2", "n_filter": 1, **images, **filters},
            {"type": "Flatten", "name": "layer_3"},
        ],
        "loss": {"type": "softmax_cross_entropy"},
        "optimizer": {"type": "rmsprop", "lr": 0.06, "decay": 0.9},
        "x": rng.uniform(-2, 2, (3, 1, 4, 5)).tolist(),
        "y": rng.dirichlet(np.ones(20), 3).tolist(),
    }
    check(document, 3)


@pytest.mark.slow
def test_a_batch_of_more_images_than_a_cache_holds_has_one_result() -> None:
    rng = np.random.default_rng(4)
    document = {
        "input_shape": [1, 12, 12],
        "layers": [
            {"type": "Conv2D", "name": "conv", "n_filter": 4, "h_filter": 3, "w_filter": 3, "stride": 1, "padding": 1}
            | {"w": numbers(rng, (4, 1, 3, 3)), "b": numbers(rng, (4,))},
            {"type": "ReLu", "name": "relu"},
            {"type": "MaxPool2D", "name": "pool", "size": [2, 2], "stride": 2},
            {"type": "Flatten", "name": "flat"},
            {"type": "Linear", "name": "fc", "output_dim": 10, "w": numbers(rng, (144, 10)), "b": numbers(rng, (10,))},
        ],
        "loss": {"type": "softmax_cross_entropy"},
        "optimizer": {"type": "sgd", "lr": 0.1, "momentum": 0.9},
        "x": numbers(rng, (400, 1, 12, 12)),
        "y": rng.integers(0, 10, 400).tolist(),
    }
    check(document, 2)
