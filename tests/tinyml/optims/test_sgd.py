"""Gradient descent."""

import numpy as np
import pytest

from tinyml.core import Parameter
from tinyml.optims import SGDOptimizer


def parameter() -> Parameter:
    made = Parameter(np.array([1.0, -2.0]))
    made.gradient = np.array([0.5, 1.0])
    return made


def test_a_step_goes_against_the_gradient() -> None:
    moved = parameter()
    SGDOptimizer(0.1).update(moved)
    np.testing.assert_allclose(moved.tensor, [0.95, -2.1])
    assert moved.velocity is None


def test_momentum_remembers_earlier_gradients() -> None:
    moved, optimizer = parameter(), SGDOptimizer(0.1, momentum=0.5)
    optimizer.update(moved)
    np.testing.assert_allclose(moved.tensor, [0.95, -2.1])
    optimizer.update(moved)
    # The velocity is 0.5 · [0.5, 1] + [0.5, 1].
    np.testing.assert_allclose(moved.velocity, [0.75, 1.5])
    np.testing.assert_allclose(moved.tensor, [0.875, -2.25])


def test_nesterov_without_momentum_is_refused_with_the_remedy() -> None:
    with pytest.raises(ValueError, match="Nesterov looks ahead along the momentum, and there is none; set momentum"):
        SGDOptimizer(0.1, nesterov=True)


def test_a_previous_change_keeps_its_rate_and_a_velocity_takes_the_new_one() -> None:
    both = {form: SGDOptimizer(0.1, 0.5, momentum_form=form) for form in ("velocity", "previous_change")}
    moved = {form: parameter() for form in both}
    for form, optimizer in both.items():
        optimizer.update(moved[form])
        optimizer.lr = 0.01
        optimizer.update(moved[form])
    # The second change is −0.01 · g, and half of the first: of −0.1 · g, or at the new rate.
    np.testing.assert_allclose(moved["velocity"].tensor, [0.95 - 0.005 - 0.0025, -2.1 - 0.01 - 0.005])
    np.testing.assert_allclose(moved["previous_change"].tensor, [0.95 - 0.005 - 0.025, -2.1 - 0.01 - 0.05])
    np.testing.assert_allclose(moved["previous_change"].state["change"], [-0.03, -0.06])
