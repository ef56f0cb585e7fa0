"""Zeros by rounding are listed; numbers that are small for other reasons are not."""

import numpy as np

from tinyml.layers import Conv2D, Linear
from tinyml.losses import mse_loss
from tinyml.net import Sequential
from tinyml.optims import SGDOptimizer
from tinyml.rounding import rounding_zeros
from tinyml.trace import Trace, trace


def one_unit(weights: list[float], x: list[list[float]], y: float = 5.0) -> Trace:
    layer = Linear("fc_1", len(weights), 1)
    layer.weight.tensor = np.array([weights])
    layer.bias.tensor = np.zeros(1)
    return trace(Sequential([layer]), mse_loss, SGDOptimizer(0.1), np.array(x), np.full((len(x), 1), y))


def test_a_sum_with_only_rounding_left_is_found() -> None:
    recorded = one_unit([0.1, 0.2, -0.3], [[1, 1, 1], [1, 1, 2]])
    assert recorded.output[0, 0] != 0
    assert rounding_zeros(recorded) == {"fc_1.output": ["fc_1.output[0,0]"]}


def test_zeros_that_are_exact_and_numbers_that_are_small_are_not() -> None:
    assert rounding_zeros(one_unit([0.5, 0.5, -1.0], [[1, 1, 1]])) == {}
    assert rounding_zeros(one_unit([1e-12, 2e-13, -3e-14], [[1, 1, 1]])) == {}


def test_the_gradient_of_a_target_reached_up_to_rounding_is_found() -> None:
    found = rounding_zeros(one_unit([0.1, 0.2, 0.0], [[1, 1, 1]], y=0.3))
    assert found["fc_1.output.grad"] == ["fc_1.output.grad[0,0]"]


def test_a_gradient_whose_samples_cancel_is_found() -> None:
    # ∂ℓ/∂b sums 0.1, 0.2 and −0.3, as the outputs are 0.
    recorded = trace(
        Sequential([Linear("fc_1", 1, 1, rng=np.random.default_rng(0))]),
        mse_loss,
        SGDOptimizer(0.1),
        np.zeros((3, 1)),
        np.zeros((3, 1)),
    )
    gradient = np.array([[0.1], [0.2], [-0.3]])
    layer = recorded.layers[0]._replace(output_gradient=gradient)
    parameters = {**layer.parameters, "b": layer.parameters["b"]._replace(gradient=gradient.sum(axis=0))}
    found = rounding_zeros(recorded._replace(layers=(layer._replace(parameters=parameters),)))
    assert found["fc_1.b.grad"] == ["fc_1.b.grad[0]"]


def flat_image(size: int) -> Trace:
    """An edge filter over an image without edges."""
    layer = Conv2D("conv_1", (1, size, size), 1, 1, 3)
    layer.weight.tensor = np.array([[[[0.1, 0.2, -0.3]]]])
    layer.bias.tensor = np.zeros(1)
    shape = (1, 1, size, size - 2)
    return trace(Sequential([layer]), mse_loss, SGDOptimizer(0.1), np.ones((1, 1, size, size)), np.ones(shape))


def test_a_convolution_over_a_constant_image_is_found_at_every_place() -> None:
    recorded = flat_image(4)
    assert (recorded.output != 0).all()
    assert rounding_zeros(recorded)["conv_1.output"] == [
        f"conv_1.output[0,0,{r},{s}]" for r in range(4) for s in range(2)
    ]


def test_no_more_are_listed_than_an_answer_allows() -> None:
    assert sum(map(len, rounding_zeros(flat_image(40), most=1_000).values())) == 1_000
    assert len(rounding_zeros(flat_image(40))["conv_1.output"]) == 40 * 38


def test_rounding_left_of_large_terms_is_found_too() -> None:
    # In any order, and whether or not products are rounded before they are added, this sum is not 0.
    large = 1e10 / 7
    recorded = one_unit([0.1, 0.2, -0.3], [[large, large, large]])
    assert abs(recorded.output[0, 0]) > 1e-9
    assert rounding_zeros(recorded)["fc_1.output"] == ["fc_1.output[0,0]"]
    # As small, with terms as large, but not by rounding.
    assert "fc_1.output" not in rounding_zeros(one_unit([0.1, 0.2, -0.3], [[large, large, large + 1e-4]]))


def test_for_one_sample_its_rows_and_what_all_samples_share_are_listed() -> None:
    recorded = one_unit([0.1, 0.2, -0.3], [[1, 1, 2], [1, 1, 1], [1, 1, 1]], y=0.0)
    whole = rounding_zeros(recorded)
    assert whole["fc_1.output"] == ["fc_1.output[1,0]", "fc_1.output[2,0]"]
    one = rounding_zeros(recorded, sample=1)
    assert one == {
        name: own for name, refs in whole.items() if (own := [ref for ref in refs if "[1," in ref or ".w." in ref])
    }


def test_numbers_that_are_not_finite_are_no_zeros() -> None:
    with np.errstate(all="ignore"):
        assert rounding_zeros(one_unit([np.inf, 1.0, -1.0], [[1, 1, 1]])) == {}
