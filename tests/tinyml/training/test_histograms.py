"""Histograms of the numbers of a network."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.reaching import reaches
from tinyml.layers import Linear, Tanh
from tinyml.losses import mse_loss
from tinyml.net import Sequential
from tinyml.optims import SGDOptimizer
from tinyml.trace import trace
from tinyml.training.histograms import MOST_BINS, histogram, histograms


def test_the_bins_are_those_of_numpy() -> None:
    for seed in range(20):
        rng = np.random.default_rng(seed)
        numbers = rng.normal(rng.uniform(-3, 3), 10 ** rng.uniform(-4, 4), rng.integers(1, 300))
        found = histogram(numbers)
        edges = (found.first + np.arange(len(found.counts) + 1)) * found.width
        assert found.counts == tuple(np.histogram(numbers, edges)[0])
        assert (found.size, found.not_finite) == (len(numbers), 0)
        assert (found.lowest, found.highest) == (numbers.min(), numbers.max())
        assert found.mean == pytest.approx(numbers.mean())
        assert found.root_mean_square == pytest.approx(np.sqrt((numbers**2).mean()))


@given(st.lists(st.floats(), min_size=1, max_size=40))
def test_each_finite_number_is_in_a_bin_of_a_round_width(numbers: list[float]) -> None:
    found = histogram(np.array(numbers))
    finite = [number for number in numbers if np.isfinite(number)]
    reaches(0.1, "numbers that are not finite among others", 0 < len(finite) < len(numbers))
    assert sum(found.counts) == len(finite)
    assert found.not_finite == len(numbers) - len(finite)
    assert f"{found.width:e}"[0] in "125"
    assert f"{found.width:e}"[1:].startswith(".000000e")
    if not finite:
        assert (found.counts, np.isnan(found.mean)) == ((), True)
        return
    assert 1 <= len(found.counts) <= MOST_BINS + 2
    assert found.counts[0] > 0
    assert found.counts[-1] > 0
    assert found.lowest <= found.mean <= found.highest
    slack = 1e-9 * found.width + 1e-15 * max(map(abs, finite))
    assert found.first * found.width <= min(finite) + slack
    assert max(finite) <= (found.first + len(found.counts)) * found.width + slack


def test_equal_numbers_are_one_bar_of_their_size() -> None:
    assert (histogram(np.zeros(3)).width, histogram(np.zeros(3)).counts) == (1.0, (3,))
    found = histogram(np.full(5, 0.25))
    assert (found.width, found.first, found.counts) == (0.05, 5, (5,))


def test_parameters_and_outputs_are_those_of_the_mini_batch() -> None:
    rng = np.random.default_rng(0)
    model = Sequential([Linear("fc_1", 2, 3, rng=rng), Tanh("tanh_1"), Linear("fc_2", 3, 1, rng=rng)])
    recorded = trace(model, mse_loss, SGDOptimizer(0.1), rng.normal(size=(7, 2)), rng.normal(size=(7, 1)))
    found = {one.tensor: one for one in histograms(recorded)}
    assert list(found) == ["fc_1.w", "fc_1.b", "fc_1.output", "tanh_1.output", "fc_2.w", "fc_2.b", "fc_2.output"]
    assert found["tanh_1.output"].layer == "tanh_1"
    assert {name: one.histogram.size for name, one in found.items() if "output" in name} == {
        "fc_1.output": 21, "tanh_1.output": 21, "fc_2.output": 7,
    }  # fmt: skip
    assert found["fc_1.w"].histogram.highest == recorded.layers[0].parameters["w"].value.max()
    assert found["tanh_1.output"].histogram == histogram(recorded.layers[1].output)
