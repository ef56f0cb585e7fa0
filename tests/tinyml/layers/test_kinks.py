"""The derivative that a layer chooses where there is none: as documented, and as PyTorch chooses it."""

import numpy as np
import pytest

from tests.support.layer_cases import Case
from tests.support.pytorch_layers import in_torch, where_torch_is
from tinyml import layers

nan, inf = np.nan, np.inf
POOL = {"size": (2, 2), "stride": 1}
# Class, arguments, one sample, and its gradient for a gradient of 1 at every output.
KINKS = {
    "a rectifier stops the gradient at 0": ("ReLu", {}, [-1.0, -0.0, 0.0, 2.0], [0, 0, 0, 1]),
    "a leaky one leaks at 0": ("LeakyReLu", {"slope": 0.25}, [-1.0, -0.0, 0.0, 2.0], [0.25, 0.25, 0.25, 1]),
    "an ELU takes the bent side at 0": ("ELU", {"alpha": 0.5}, [-0.0, 0.0, 2.0], [0.5, 0.5, 1]),
    "of equals in a window the first gets all": ("MaxPool2D", POOL, [[[5.0, 5.0], [5.0, 5.0]]], [[[1, 0], [0, 0]]]),
    "the first in reading order, not the leftmost": (
        "MaxPool2D",
        POOL,
        [[[0.0, 5.0], [5.0, 5.0]]],
        [[[0, 1], [0, 0]]],
    ),
    "overlapping windows choose each for itself": (
        "MaxPool2D",
        POOL,
        [[[1.0, 3.0, 3.0], [3.0, 2.0, 3.0], [3.0, 0.0, 0.0]]],
        [[[0, 2, 0], [1, 0, 1], [0, 0, 0]]],
    ),
    "0 and −0 are equal": ("MaxPool2D", POOL, [[[-0.0, 0.0], [0.0, -0.0]]], [[[1, 0], [0, 0]]]),
    "nothing is larger than −∞": ("MaxPool2D", POOL, [[[-inf, -inf], [-inf, -inf]]], [[[1, 0], [0, 0]]]),
    "∞ is the largest, and the first of them": ("MaxPool2D", POOL, [[[1.0, inf], [inf, 2.0]]], [[[0, 1], [0, 0]]]),
    "what is no number wins": ("MaxPool2D", POOL, [[[1.0, 2.0], [nan, inf]]], [[[0, 0], [1, 0]]]),
}
each_kink = pytest.mark.parametrize(("kind", "arguments", "sample", "gradient"), KINKS.values(), ids=KINKS)


def case_of(kind: str, arguments: dict[str, object], x: np.ndarray) -> Case:
    given = {"input_dim": x.shape[1:], **arguments} if kind == "MaxPool2D" else arguments
    return Case(kind, given, x.shape)


@each_kink
@pytest.mark.parametrize("batch", [1, 2])
def test_the_choice_is_as_stated(kind: str, arguments: dict, sample: list, gradient: list, batch: int) -> None:
    x = np.array([sample] * batch)
    layer = case_of(kind, arguments, x).layer()
    upstream = np.ones_like(layer.forward(x))
    np.testing.assert_array_equal(layer.backward(upstream), [gradient] * batch)


@where_torch_is
@each_kink
def test_the_choice_is_pytorchs(kind: str, arguments: dict, sample: list, gradient: list) -> None:
    import torch

    x = np.array([sample])
    case, leaf = case_of(kind, arguments, x), torch.tensor(x, requires_grad=True)
    output = in_torch(case.layer(), case, leaf)
    output.backward(torch.ones_like(output))
    np.testing.assert_array_equal(case.layer().forward(x), output.detach())
    np.testing.assert_array_equal(leaf.grad, [gradient])


def test_two_numbers_put_back_to_one_place_both_get_its_gradient() -> None:
    # Overlapping windows may have found their maximum at one place; then both numbers are that number.
    pool = layers.MaxPool2D("pool", (1, 1, 3), (1, 2), 1, return_index=True)
    unpool = layers.MaxUnpool2D("unpool", (1, 1, 2), (1, 2), 1)
    np.testing.assert_array_equal(unpool.forward(pool.forward(np.array([[[[1.0, 7.0, 2.0]]]]))), [[[[0, 7, 0]]]])
    np.testing.assert_array_equal(unpool.backward(np.array([[[[3.0, 4.0, 5.0]]]])), [[[[4, 4]]]])
