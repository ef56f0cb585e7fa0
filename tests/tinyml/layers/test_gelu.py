"""GELU: tests of its two forms."""

import math
from decimal import Decimal, localcontext

import numpy as np
import pytest

from tinyml.explain.layers import layer_explanation
from tinyml.expression import Leaf
from tinyml.layers import GELU
from tinyml.layers.ranges import Range
from tinyml.narrate import plain_law


def exact(z: float) -> Decimal:
    """z · ½(1 + tanh u) with 60 digits."""
    of, pi = Decimal(z), Decimal("3.14159265358979323846264338327950288419716939937510582097494459")
    u = (2 / pi).sqrt() * (of + Decimal("0.044715") * of**3)
    return of / (1 + (-2 * u).exp())


@pytest.mark.parametrize("z", [-9.0, -7.0, -3.0, -1e-9, 0.5, 20.0])
def test_the_approximation_keeps_its_digits_far_below_0(z: float) -> None:
    with localcontext() as context:
        context.prec = 60
        found = GELU("g", "tanh").forward(np.array([[z]])).item()
        # σ(2u) falls like e^(2u), so a change of u in the last digit changes it by 2u of them.
        assert found == pytest.approx(float(exact(z)), rel=4e-16 * (2 + abs(z) ** 3))


@pytest.mark.parametrize("dtype", ["f4", "f8"])
def test_the_approximation_is_its_limit_far_from_0(dtype: str) -> None:
    layer = GELU("g", "tanh").astype(dtype)
    size = 1e30 if dtype == "f4" else 1.7e308
    z = np.array([[-size, size]], dtype)
    np.testing.assert_allclose(layer.forward(z), np.array([[0, size]], dtype), rtol=1e-6, atol=1e-37)
    np.testing.assert_allclose(layer.backward(np.ones_like(z)), [[0, 1]], rtol=1e-6, atol=1e-37)


def test_the_approximation_has_its_range_its_steepest_slope_and_its_law() -> None:
    layer = GELU("g", "tanh")
    z = np.linspace(-9, 9, 36_001).reshape(1, -1)
    h = layer.forward(z).copy()
    assert layer.output_range(Range()).lowest == pytest.approx(h.min(), abs=1e-8)
    slopes = layer.slopes(z, h)
    assert slopes.max() == pytest.approx(layer.steepest, rel=1e-7)
    assert slopes.max() <= layer.steepest * (1 + 1e-15)
    function = layer_explanation(layer).function  # type: ignore[attr-defined]
    assert "tanh u" in plain_law(function.law)
    for at in (-6.0, -0.5, 2.0):
        assert function.slope(layer, Leaf("", "", at), Leaf("", "", 0.0)).value == pytest.approx(
            layer.slopes(np.array([[at]]), np.zeros((1, 1))).item(), rel=1e-13
        )


def test_another_approximation_is_refused() -> None:
    with pytest.raises(ValueError, match=r"GELU 'g': approximate is 'erf'; expected 'none' or 'tanh'\."):
        GELU("g", "erf")  # type: ignore[arg-type]


def test_the_two_forms_are_close() -> None:
    z = np.linspace(-6, 6, 101).reshape(1, -1)
    apart = np.abs(GELU("g").forward(z) - GELU("t", "tanh").forward(z)).max()
    assert 1e-5 < apart < 1e-3
    assert math.isfinite(apart)
