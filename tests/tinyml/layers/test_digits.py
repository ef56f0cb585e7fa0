"""Functions and slopes keep their digits where their usual formulas lose them.

The oracle is `decimal` with hundreds of digits. Errors are counted in units in the last place.
"""

import math
import sys
from collections.abc import Callable
from decimal import Decimal, getcontext, localcontext

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.networks import ACTIVATIONS, build
from tests.support.reaching import reaches
from tinyml.explain import explain
from tinyml.expression import evaluate

Function = Callable[[Decimal], Decimal]
ONE, TWO = Decimal(1), Decimal(2)
# More digits than any of these functions must have.
PI = Decimal("3.14159265358979323846264338327950288419716939937510582097494459230781640628620899862803482534211707")
SIZES = (0.0, 1e-9, 0.1, 0.5, *np.linspace(0.7, 37, 60).tolist(), 100.0, 300.0)
SWEEP = [sign * size for size in SIZES for sign in (1, -1)]


def sigmoid(z: Decimal) -> Decimal:
    return ONE / (ONE + (-z).exp())


def gelu(z: Decimal) -> Decimal:
    """z · ½(1 + erf(z / √2)), by the series of erf, with as many extra digits as cancel in it."""
    term = total = z
    n = 0
    while abs(term) > Decimal(10) ** (5 - getcontext().prec) and n < 10_000:
        n += 1
        term *= -z * z / (TWO * n)
        total += term / (2 * n + 1)
    return z * (ONE / TWO + total / (TWO * PI).sqrt())


SLOPES: dict[str, Function] = {
    "Sigmoid": lambda z: sigmoid(z) * sigmoid(-z),
    "Softplus": sigmoid,
    "Tanh": lambda z: 4 * sigmoid(2 * z) * sigmoid(-2 * z),
    "ELU": lambda z: ONE if z > 0 else z.exp(),
}
# The square of a tanh is subtracted from 1 as long as three roundings lose no more than sixteen of 53 bits.
ULPS = {"Tanh": 3 * 2**16}


def ulps(found: float, exact: Decimal) -> float:
    """The difference between a number and the exact one, in units in the last place."""
    return float(abs(Decimal(found) - exact) / Decimal(math.ulp(float(exact))))


@pytest.mark.parametrize("kind", sorted(SLOPES))
def test_a_slope_keeps_its_digits_far_from_0(kind: str) -> None:
    z = np.array([SWEEP])
    layer = ACTIVATIONS[kind]("layer")
    layer.forward(z)
    slopes = layer.backward(np.ones_like(z))[0].tolist()
    with localcontext() as context:
        context.prec = 400
        worst = max(ulps(slope, SLOPES[kind](Decimal(at))) for at, slope in zip(SWEEP, slopes, strict=True))
    assert worst <= ULPS.get(kind, 8)


@given(z=st.lists(st.floats(-700, 700), min_size=1, max_size=5), kind=st.sampled_from(sorted(SLOPES)))
def test_a_slope_keeps_its_digits_wherever_it_is_a_normal_number(z: list[float], kind: str) -> None:
    layer = ACTIVATIONS[kind]("layer")
    layer.forward(np.array([z]))
    slopes = layer.backward(np.ones((1, len(z))))[0].tolist()
    reaches(0.2, "far from 0", any(abs(at) > 40 for at in z))
    reaches(0.2, "a small slope that is a normal number", any(sys.float_info.min <= abs(one) < 1e-9 for one in slopes))
    with localcontext() as context:
        context.prec = 700
        for at, slope in zip(z, slopes, strict=True):
            exact = SLOPES[kind](Decimal(at))
            if exact >= Decimal(sys.float_info.min):
                assert ulps(slope, exact) <= ULPS.get(kind, 8), at
            else:
                assert slope <= sys.float_info.min


def test_gelu_keeps_its_digits_far_below_0() -> None:
    below = [-0.5, -1.0, -2.0, -5.0, -8.0, -8.5, -12.0]
    found = ACTIVATIONS["GELU"]("layer").forward(np.array([below]))[0].tolist()
    with localcontext() as context:
        context.prec = 90
        # Φ falls like e^(−z²/2), so a change of z / √2 in the last digit changes it by z² of them.
        assert max(ulps(h, gelu(Decimal(z))) / (2 + z * z) for z, h in zip(below, found, strict=True)) <= 2
    assert ACTIVATIONS["GELU"]("layer").forward(np.array([[-20.0]]))[0, 0] == pytest.approx(-5.507248237e-88, rel=1e-9)


@pytest.mark.parametrize("kind", ["Sigmoid", "GELU", "Softplus", "Tanh"])
@pytest.mark.parametrize("z", [-30.0, -20.0, -3.5, -1.0, 0.0, 1.0, 2.9, 3.1, 20.0, 30.0, 40.0])
def test_its_explanation_has_the_same_digits(kind: str, z: float) -> None:
    document = {
        "input_shape": [1],
        "layers": [
            {"type": kind, "name": "f"},
            {"type": "Linear", "name": "g", "output_dim": 1, "w": [[1.0]], "b": [0.0]},
        ],
        "loss": {"type": "half_squared_error"},
        "optimizer": {"type": "sgd", "lr": 0.1},
        "x": [[z]],
        "y": [[-2.0]],
    }
    recorded = build(document).trace()
    for ref in ("f.output[0,0]", "x.grad[0,0]"):
        explanation = explain(recorded, ref)
        assert explanation.value or not z
        assert evaluate(explanation.expression) == pytest.approx(explanation.value, rel=1e-13)
