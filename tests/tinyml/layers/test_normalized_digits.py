"""Normalizations keep their digits over the whole range of float64, where squares overflow. `decimal` is the oracle."""

import math
import sys
from collections.abc import Callable, Sequence
from decimal import Decimal, localcontext

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.support.reaching import reaches
from tinyml.core import Array
from tinyml.explain import explain
from tinyml.expression import evaluate
from tinyml.layers import BatchNorm, Layer, LayerNorm, RMSNorm
from tinyml.losses import GivenGradient
from tinyml.net import Sequential
from tinyml.optims import SGDOptimizer
from tinyml.trace import trace

# A group of numbers that are normalized together: a sample of these layers, or one feature.
LAYERS: dict[str, Callable[[int, float], Layer]] = {
    "RMSNorm": lambda count, epsilon: RMSNorm("f", count, epsilon),
    "LayerNorm": lambda count, epsilon: LayerNorm("f", count, epsilon),
    "BatchNorm": lambda _, epsilon: BatchNorm("f", 1, 1.0, epsilon),
}
LARGEST, NORMAL, EPS = sys.float_info.max, sys.float_info.min, Decimal(2) ** -52
# Sizes at which a square is infinite, or has lost digits.
ABOVE, BELOW = 1.4e154, 1e-146


# The exponents of numbers, and ε beside them. Sampled, since drawn integers are near 0.
HIGH, LOW, ANYWHERE = range(515, 1024), range(-1020, -490), range(-1020, 1024)
REGIONS = [(HIGH, 0.0), (HIGH, 1e-5), (LOW, 0.0), (LOW, 1e-300), (ANYWHERE, 0.0), (ANYWHERE, 1e-5)]


@st.composite
def groups(draw: st.DrawFn) -> tuple[list[float], float]:
    """Numbers of one size, or of several, anywhere in the range; and ε."""
    exponents, epsilon = draw(st.sampled_from(REGIONS))
    exponent = draw(st.sampled_from(exponents))
    signs = st.sampled_from([-1.0, 1.0])
    smaller = st.sampled_from([0, 0, 0, -1, -3, -60])
    x = [
        draw(signs) * math.ldexp(draw(st.floats(1, 2, exclude_max=True)), max(exponent + draw(smaller), -1022))
        for _ in range(draw(st.integers(2, 5)))
    ]
    return x, epsilon


def laid(kind: str, group: Sequence[float]) -> Array:
    x = np.array([group])
    return x.T if kind == "BatchNorm" else x


def exact(kind: str, x: Sequence[float], epsilon: float) -> tuple[list[Decimal], Decimal, Decimal]:
    """x̂, the deviation by which is divided, and μ."""
    numbers = [Decimal(one) for one in x]
    mean = Decimal(0) if kind == "RMSNorm" else sum(numbers) / len(x)
    deviation = (sum((one - mean) ** 2 for one in numbers) / len(x) + Decimal(epsilon)).sqrt()
    return [(one - mean) / deviation if deviation else Decimal(0) for one in numbers], deviation, mean


@pytest.mark.parametrize("kind", sorted(LAYERS))
@given(group=groups(), upstream=st.lists(st.floats(-1, 1), min_size=5, max_size=5))
def test_both_passes_keep_their_digits_over_the_whole_range(
    kind: str, group: tuple[list[float], float], upstream: list[float]
) -> None:
    x, epsilon = group
    count, size = len(x), max(map(abs, x))
    with localcontext() as context:
        context.prec = 100
        expected, deviation, mean = exact(kind, x, epsilon)
        assume(deviation > Decimal(size) * Decimal("1e-9"))  # nearly equal numbers have no digits that differ
        reaches(0.1, "squares are infinite", size > ABOVE)
        reaches(0.1, "squares lose digits", size < BELOW and epsilon < BELOW**2)
        layer = LAYERS[kind](count, epsilon)
        found = layer.forward(laid(kind, x)).ravel()
        rounding = (4 * count + 8) * EPS * Decimal(size) / deviation
        for one, right in zip(found.tolist(), expected, strict=True):
            assert abs(Decimal(one) - right) <= rounding + 2 * Decimal(NORMAL) * EPS
        if isinstance(layer, BatchNorm):
            assert abs(Decimal(float(layer.running_mean[0])) - mean) <= count * EPS * Decimal(size)
        with np.errstate(over="ignore"):
            back = layer.backward(laid(kind, upstream[:count])).ravel().tolist()
        arriving = [Decimal(one) for one in upstream[:count]]
        plain = Decimal(0) if kind == "RMSNorm" else sum(arriving) / count
        weighed = sum(g * n for g, n in zip(arriving, expected, strict=True)) / count
        for one, g, n in zip(back, arriving, expected, strict=True):
            right = (g - plain - n * weighed) / deviation
            allowed = (10 * count + 20) * EPS * (1 + abs(n)) * (1 + Decimal(size) / deviation) * count / deviation
            if abs(right) + allowed < Decimal(LARGEST):
                assert abs(Decimal(one) - right) <= allowed + 2 * Decimal(NORMAL) * EPS


def same(found: float, value: float) -> bool:
    return found == value or (math.isnan(found) and math.isnan(value)) or math.isclose(found, value, rel_tol=1e-12)


SIZES = (1e-305, 1e-200, 1e-155, 1.0, 1e153, 1e155, 1e200, 1.5e308)


@pytest.mark.parametrize("kind", sorted(LAYERS))
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("epsilon", [0.0, 1e-5])
@pytest.mark.parametrize("second", [-0.7, 0.9])  # as a difference and as a sum it overflows
def test_its_formulas_are_its_numbers_at_both_ends_of_the_range(
    kind: str, size: float, epsilon: float, second: float
) -> None:
    x = laid(kind, [size, second * size, 0.2 * size])
    upstream = GivenGradient(laid(kind, [0.5, -1.0, 0.25]))
    model = Sequential([LAYERS[kind](3, epsilon)])
    recorded = trace(model, upstream, SGDOptimizer(0.1), x, None)
    for n, i in np.ndindex(x.shape):
        own = 0 if kind == "BatchNorm" else i
        for ref in (f"f.output[{n},{i}]", f"f.normalized[{n},{i}]", f"x.grad[{n},{i}]", f"f.gamma.grad[{own}]"):
            explanation = explain(recorded, ref)
            assert same(evaluate(explanation.expression), explanation.value), ref
    if kind != "RMSNorm":
        for ref in ("f.mean[0]", "f.variance[0]"):
            explanation = explain(recorded, ref)
            assert same(evaluate(explanation.expression), explanation.value), ref
