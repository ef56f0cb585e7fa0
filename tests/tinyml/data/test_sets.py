"""The data sets by name, and the functions among them."""

import numpy as np
import pytest

from tinyml.data import SETS, draw, gauss_peaks, parabola, sine

each = pytest.mark.parametrize("name", SETS)


@each
def test_a_set_has_the_shapes_and_the_targets_that_it_says(name: str) -> None:
    chosen = SETS[name]
    x, y = draw(name, 21, 0.0, 3)
    assert x.shape == (21, *chosen.inputs)
    if chosen.classes > 2:
        assert y.shape == (21,)
        assert set(y.tolist()) <= set(range(chosen.classes))
    else:
        assert y.shape == (21, 1)
        assert np.abs(y).max() <= 1
    if chosen.classes:
        assert {*y.ravel().tolist()} == {float(label) for label in range(chosen.classes)}
    assert chosen.kind == ("classes" if chosen.classes else "function")
    assert chosen.samples <= chosen.most


@each
def test_a_set_is_drawn_once_and_nobody_can_change_it(name: str) -> None:
    x, y = draw(name, 20, 0.0, 1)
    assert draw(name, 20, 0.0, 1)[0] is x
    for array in (x, y):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


@pytest.mark.parametrize("name", [name for name in SETS if name != "digits"])
def test_seed_and_noise_make_another_set(name: str) -> None:
    plain = draw(name, 40, 0.1, 1)
    for other in (draw(name, 40, 0.1, 2), draw(name, 40, 0.5, 1)):
        assert any((one != two).any() for one, two in zip(plain, other, strict=True))


def test_functions_are_what_their_formulas_say() -> None:
    rng = np.random.default_rng(0)
    x, y = sine(100, rng)
    np.testing.assert_array_equal(y, np.sin(x))
    x, y = parabola(100, rng)
    np.testing.assert_allclose(y, x**2 / 25)
    x, y = gauss_peaks(2_000, rng)
    middle = np.hypot(x[:, 0], x[:, 1] - 2.5) < 0.5
    assert middle.any()
    assert (y[middle] < -0.7).all()
    assert (y[np.abs(x[:, 1]) < 0.4] == 0).all()
    noisy = sine(2_000, rng, noise=1.0)
    assert np.std(noisy[1] - np.sin(noisy[0])) == pytest.approx(0.5, rel=0.1)
