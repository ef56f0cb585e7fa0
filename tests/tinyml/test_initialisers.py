"""Initialisation of weights."""

from math import sqrt

import numpy as np
import pytest

from tinyml.initialisers import (
    Initialiser,
    constant,
    fans,
    he_normal,
    he_uniform,
    library_uniform,
    xavier_normal,
    xavier_uniform,
)

SHAPE = (200, 300)
RULES = [he_normal, he_uniform, library_uniform, xavier_normal, xavier_uniform]


@pytest.mark.parametrize(("shape", "expected"), [((3, 2), (2, 3)), ((8, 4, 3, 5), (60, 120)), ((7,), (1, 7))])
def test_fans_count_a_kernels_area(shape: tuple[int, ...], expected: tuple[int, int]) -> None:
    assert fans(shape) == expected


@pytest.mark.parametrize(
    ("rule", "bound"),
    [(library_uniform, sqrt(1 / 300)), (xavier_uniform, sqrt(6 / 500)), (he_uniform, sqrt(6 / 300))],
)
def test_uniform_rules_fill_their_bounds(rule: Initialiser, bound: float) -> None:
    drawn = rule(SHAPE, np.random.default_rng(0))
    assert drawn.shape == SHAPE
    assert 0.999 * bound < np.abs(drawn).max() <= bound
    assert drawn.std() == pytest.approx(bound / sqrt(3), rel=0.01)


@pytest.mark.parametrize(("rule", "deviation"), [(xavier_normal, sqrt(2 / 500)), (he_normal, sqrt(2 / 300))])
def test_normal_rules_have_their_deviation(rule: Initialiser, deviation: float) -> None:
    drawn = rule(SHAPE, np.random.default_rng(0))
    assert drawn.std() == pytest.approx(deviation, rel=0.01)
    assert abs(drawn.mean()) < deviation / 100


@pytest.mark.parametrize("rule", RULES)
def test_one_seed_gives_one_start(rule: Initialiser) -> None:
    np.testing.assert_array_equal(rule((2, 3), np.random.default_rng(5)), rule((2, 3), np.random.default_rng(5)))


def test_a_constant_is_everywhere_the_same() -> None:
    np.testing.assert_array_equal(constant(0.5)((2, 2), np.random.default_rng(0)), np.full((2, 2), 0.5))
