"""PReLU's own features: which numbers share a slope, its initial value, and its derivative at 0."""

import numpy as np
import pytest

from tests.support.layer_cases import Case
from tests.support.pytorch_layers import where_torch_is
from tests.support.recorded import record
from tinyml.core import ShapeError
from tinyml.explain import explain
from tinyml.expression import Law
from tinyml.layers import PReLU

X = np.array([[[[-2.0, 3.0]], [[-1.0, -4.0]]], [[[0.0, -1.0]], [[5.0, 2.0]]]])
UPSTREAM = np.arange(1.0, 9.0).reshape(X.shape)


def test_slopes_start_at_a_quarter_as_pytorchs_do() -> None:
    assert PReLU("p").slope.tensor.tolist() == [0.25]
    assert PReLU("p", 3, shared=False).slope.tensor.tolist() == [0.25] * 3
    assert PReLU("p", 3).slope.tensor.tolist() == [0.25]


def test_the_gradient_of_a_shared_slope_sums_over_all_and_of_others_over_their_channel() -> None:
    one, each = PReLU("one"), PReLU("each", 2, shared=False)
    each.slope.tensor = np.array([0.5, -2.0])
    assert one.forward(X)[0, 1].tolist() == [[-0.25, -1.0]]
    assert each.forward(X)[:, 1].tolist() == [[[2.0, 8.0]], [[5.0, 2.0]]]
    one.backward(UPSTREAM)
    each.backward(UPSTREAM)
    first, second = -2.0 * 1 - 1.0 * 6, -1.0 * 3 - 4.0 * 4
    assert one.slope.gradient.tolist() == [first + second]
    assert each.slope.gradient.tolist() == [first, second]


KINK = np.array([[-1.0, -0.0, 0.0, 2.0]])


def test_at_0_the_slope_is_that_of_the_negative_side() -> None:
    layer = PReLU("p")
    layer.forward(KINK)
    assert layer.backward(np.ones_like(KINK)).tolist() == [[0.25, 0.25, 0.25, 1.0]]
    assert layer.slope.gradient.tolist() == [-1.0]


@where_torch_is
def test_so_does_pytorch() -> None:
    import torch

    theirs, x = torch.nn.PReLU(dtype=torch.float64), torch.tensor(KINK, requires_grad=True)
    theirs(x).sum().backward()
    assert x.grad.tolist() == [[0.25, 0.25, 0.25, 1.0]]
    assert theirs.weight.grad.tolist() == [-1.0]


def test_what_is_infinite_and_positive_adds_nothing_to_the_slope() -> None:
    layer = PReLU("p")
    layer.forward(np.array([[np.inf, -1.0]]))
    layer.backward(np.array([[1.0, 2.0]]))
    assert layer.slope.gradient.tolist() == [-2.0]


def test_other_samples_than_it_has_slopes_for_are_refused_unless_one_is_shared() -> None:
    with pytest.raises(ShapeError, match=r"PReLU 'p': has slopes for 2 features, got samples of shape \(3,\); give it"):
        PReLU("p", 2, shared=False).forward(np.ones((1, 3)))
    assert PReLU("p", 2).forward(np.ones((1, 3))).shape == (1, 3)


def test_the_formula_of_a_slopes_gradient_takes_every_number_by_its_side_of_0() -> None:
    recorded = record([Case("PReLU", {}, (1, 3))])
    found = explain(recorded, f"{recorded.layers[0].layer.name}.slope.grad[0]")
    assert found.symbol == "∂ℓ/∂α_1^(1)"
    assert found.law == Law.equation("∂ℓ/∂α = Σ ∇ min(z, 0)")
    assert found.text.count("as z") == 2 * 3
