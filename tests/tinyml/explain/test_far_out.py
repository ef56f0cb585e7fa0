"""Far from 0, and at ±∞, the formula of an elementwise function has its number: no 0 · ∞ is written."""

import math

import numpy as np
import pytest

from tinyml.core import overflow_allowed
from tinyml.explain import explain
from tinyml.explain.layers.elementwise import FUNCTIONS
from tinyml.expression import evaluate
from tinyml.layers import GELU, Layer
from tinyml.losses import output_sum
from tinyml.net import Sequential
from tinyml.optims import SGDOptimizer
from tinyml.trace import trace

FAR = (30.0, 40.0, 745.0, 1e10, 1e110, 1e160, 1e200, 1e308, math.inf)
LAYERS = [kind("f") for kind in FUNCTIONS] + [GELU("f", approximate="tanh")]


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: f"{layer.type} {getattr(layer, 'approximate', '')}")
@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_the_formula_is_the_number(layer: Layer, sign: float) -> None:
    x = sign * np.array([FAR])
    with overflow_allowed():
        recorded = trace(Sequential([layer]), output_sum, SGDOptimizer(0.1), x, None)
        for place in range(len(FAR)):
            for ref in (f"f.output[0,{place}]", f"x.grad[0,{place}]"):
                found = explain(recorded, ref)
                value = evaluate(found.expression)
                # Numbers that are NaN in the engine too, such as ∞ − ∞, have no other formula.
                same = math.isnan(value) and math.isnan(found.value)
                assert same or math.isclose(value, found.value, rel_tol=1e-12, abs_tol=1e-300), (ref, x[0, place])
