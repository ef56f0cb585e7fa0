"""A loss that bends within less than the largest steps, where rounding hides what the smaller ones find."""

import numpy as np

from tests.support.layer_cases import Case
from tinyml.gradient_check import gradient_check
from tinyml.losses import binary_cross_entropy
from tinyml.net import Sequential


def test_a_right_derivative_of_a_curve_narrower_than_the_largest_steps_does_not_differ() -> None:
    # Quotients of RMSNorm are nearly 0 at the step 0.1, and grow to the derivative of 1e-12 at 1e-3.
    convolution = {"input_dim": (2, 5), "n_filter": 2, "w_filter": 1, "stride": 2, "padding": 0}
    cases = [
        Case("RMSNorm", {"input_dim": (2, 5), "epsilon": 1e-5}, (1, 2, 5)),
        Case("ReLu", {}, (1, 2, 5)),
        Case("Conv1D", convolution, (1, 2, 5)),
        Case("Flatten", {}, (1, 2, 3)),
        Case("Linear", {"input_dim": 6, "output_dim": 1}, (1, 6), seed=2),
    ]
    layers = [case.layer() for case in cases]
    for i, layer in enumerate(layers):
        layer.name = f"layer_{i}"
    check = gradient_check(Sequential(layers), binary_cross_entropy, cases[0].x() * 1e-8, np.ones((1, 1)))
    assert not check.failed
    row = next(row for row in check if row.ref == "x[0,0,1]")
    assert (row.verdict, row.estimate_epsilon) == ("undecided", 0.1)
    assert abs(row.analytic) < row.bound
