"""The toy sets."""

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tinyml.data import circle, gauss, moons, plane, spiral, toys, xor

SETS = [getattr(toys, name) for name in toys.__all__]
each_set = pytest.mark.parametrize("draw", SETS, ids=lambda draw: draw.__name__)


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


@each_set
@pytest.mark.parametrize("count", [1, 2, 101])
@pytest.mark.parametrize("noise", [0.0, 0.5])
def test_points_lie_in_the_plane_with_one_target_each(draw: Callable[..., Any], count: int, noise: float) -> None:
    x, y = draw(count, rng(), noise=noise)
    assert (x.shape, y.shape) == ((count, 2), (count, 1))
    assert np.isfinite(x).all()
    assert (np.abs(y) <= 1).all()


@each_set
def test_one_seed_gives_one_set(draw: Callable[..., Any]) -> None:
    for one, same in zip(draw(50, rng(3), noise=0.2), draw(50, rng(3), noise=0.2), strict=True):
        np.testing.assert_array_equal(one, same)
    assert (draw(50, rng(3), noise=0.2)[0] != draw(50, rng(4), noise=0.2)[0]).any()


@each_set
def test_it_has_a_description(draw: Callable[..., Any]) -> None:
    assert inspect.getdoc(draw)


@pytest.mark.parametrize("draw", [circle, gauss, moons, spiral, xor])
def test_both_classes_are_there(draw: Callable[..., Any]) -> None:
    assert set(draw(200, rng())[1].ravel()) == {0.0, 1.0}


def test_without_noise_the_classes_are_what_the_names_say() -> None:
    x, y = circle(200, rng())
    np.testing.assert_array_equal(np.hypot(*x.T) < 2.5, y.ravel() == 1)
    x, y = xor(200, rng())
    np.testing.assert_array_equal(x[:, 0] * x[:, 1] > 0, y.ravel() == 1)
    assert np.abs(x).min() >= 0.3
    x, y = plane(200, rng())
    np.testing.assert_allclose(y.ravel(), np.clip(x.sum(axis=1) / 10, -1, 1))


def test_noise_makes_the_clouds_wider() -> None:
    calm, wild = (gauss(2_000, rng(), noise=noise)[0] for noise in (0.0, 1.0))
    assert np.abs(wild[::2] - 2).std() > np.abs(calm[::2] - 2).std()
