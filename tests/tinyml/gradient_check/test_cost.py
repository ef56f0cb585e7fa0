"""What a check costs, told before it is made."""

import numpy as np
import pytest

from tinyml.core import ShapeError
from tinyml.gradient_check import check_cost, gradient_check, movable_count
from tinyml.layers import BatchNorm, Linear, Tanh
from tinyml.losses import mse_loss
from tinyml.net import Sequential

MODEL = Sequential([Linear("fc_1", 3, 4), Tanh("h"), Linear("fc_2", 4, 2)])


def test_it_grows_with_the_numbers_the_batch_and_the_network() -> None:
    cost = check_cost(MODEL, (1, 3), 10)
    assert check_cost(MODEL, (1, 3), 20) == 2 * cost
    assert check_cost(MODEL, (5, 3), 10) > cost
    assert check_cost(Sequential([*MODEL.layers, Tanh("g")]), (1, 3), 10) > cost
    assert check_cost(MODEL, (1, 3), 0) == 0


def test_it_counts_at_least_every_product_to_both_sides() -> None:
    wide = Sequential([Linear("fc_1", 700, 500, weight=np.zeros((500, 700)), bias=np.zeros(500))])
    assert check_cost(wide, (8, 700), 3) > 2 * 3 * 8 * 700 * 500


def test_layers_that_have_no_stack_cost_more() -> None:
    beside = Sequential([Linear("fc_1", 3, 4), BatchNorm("h", 4), Linear("fc_2", 4, 2)])
    assert check_cost(beside, (1, 3), 10) > 2 * check_cost(MODEL, (1, 3), 10)


def test_layers_that_do_not_fit_are_told() -> None:
    with pytest.raises(ShapeError, match="Linear 'fc_1': expects 3 inputs"):
        check_cost(MODEL, (1, 5), 1)


@pytest.mark.parametrize("inputs", [True, False])
def test_a_check_that_chooses_nothing_moves_as_many_numbers_as_counted(inputs: bool) -> None:
    check = gradient_check(MODEL, mse_loss, np.ones((5, 3)), np.ones((5, 2)), inputs=inputs)
    assert len(check) == movable_count(MODEL, (5, 3), inputs) == 16 + 10 + 15 * inputs
