"""The estimated cost of a check, known before it runs."""

from typing import Any

import numpy as np
import pytest

from tinyml.core import ShapeError
from tinyml.gradient_check import check_cost, gradient_check, movable_count
from tinyml.gradient_check.cost import OF_A_COMPLEX_STEP, OF_A_NUMBER, SHARED
from tinyml.gradient_check.passes import forward as plainly
from tinyml.gradient_check.places import Places
from tinyml.gradient_check.plan import CheckPlan
from tinyml.layers import BatchNorm, Layer, LeakyReLu, Linear, Tanh
from tinyml.losses import half_squared_error, mse_loss
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


def test_layers_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ShapeError, match="Linear 'fc_1': expects 3 inputs"):
        check_cost(MODEL, (1, 5), 1)


@pytest.mark.parametrize("inputs", [True, False])
def test_a_check_that_chooses_nothing_moves_as_many_numbers_as_counted(inputs: bool) -> None:
    check = gradient_check(MODEL, mse_loss, np.ones((5, 3)), np.ones((5, 2)), inputs=inputs)
    assert len(check) == movable_count(MODEL, (5, 3), inputs) == 16 + 10 + 15 * inputs


@pytest.mark.parametrize("layer", [LeakyReLu("h"), BatchNorm("h", 1), Tanh("h")])
@pytest.mark.parametrize("epsilon", [1e-5, 1e-3])
def test_no_check_makes_more_passes_than_it_is_counted_for(
    layer: Layer, epsilon: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows on which no step is decisive, and a single number, whose cost is not shared."""
    passes = 0.0
    losses, shaken, shaken_loss = CheckPlan.losses, CheckPlan.shaken_gradients, CheckPlan.shaken_loss

    def moved(self: CheckPlan, places: Places, moves: Any, by: Any = plainly) -> Any:
        nonlocal passes
        passes += len(moves) * (len(places.parameters) + len(places.inputs)) * (4 if self.dtype.kind == "c" else 1)
        return losses(self, places, moves, by)

    def there_and_back(self: CheckPlan, places: Places, rng: Any) -> Any:
        nonlocal passes
        passes += 3
        return shaken(self, places, rng)

    def forward(self: CheckPlan, rng: Any) -> float:
        nonlocal passes
        passes += 1
        return shaken_loss(self, rng)

    monkeypatch.setattr(CheckPlan, "losses", moved)
    monkeypatch.setattr(CheckPlan, "shaken_gradients", there_and_back)
    monkeypatch.setattr(CheckPlan, "shaken_loss", forward)
    model = Sequential([Linear("fc", 1, 1, weight=np.array([[1e-17]]), bias=np.zeros(1)), layer])
    for refs in (["x[0,0]"], None):
        passes = 3.0  # the passes on trial
        x = np.ones((2, 1))
        check = gradient_check(
            model, half_squared_error, x, np.full((2, 1), 0.7), epsilon, refs=refs, complex_step=True
        )
        counted = check_cost(model, x.shape, len(check)) / (check_cost(model, x.shape, 1) / passes_of_a_number(layer))
        assert passes <= counted
    if isinstance(layer, LeakyReLu):
        assert check.counts["undecided"]
        assert passes > 0.5 * OF_A_NUMBER * check.counts["undecided"]


def passes_of_a_number(layer: Layer) -> int:
    return OF_A_NUMBER + SHARED + OF_A_COMPLEX_STEP * layer.analytic
