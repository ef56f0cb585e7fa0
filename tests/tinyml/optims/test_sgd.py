"""Gradient descent."""

import numpy as np
import pytest

from tinyml.core import OrderError, Parameter
from tinyml.optims import SGDOptimizer


def parameter() -> Parameter:
    made = Parameter(np.array([1.0, -2.0]))
    made.gradient = np.array([0.5, 1.0])
    return made


def test_a_step_goes_against_the_gradient() -> None:
    moved = parameter()
    SGDOptimizer(0.1).update(moved)
    np.testing.assert_allclose(moved.tensor, [0.95, -2.1])


def test_the_gradient_is_still_there_to_look_at() -> None:
    moved = parameter()
    SGDOptimizer(0.1).update(moved)
    np.testing.assert_array_equal(moved.gradient, [0.5, 1.0])


def test_proposing_changes_nothing() -> None:
    kept = parameter()
    SGDOptimizer(0.1, momentum=0.9).propose(kept)
    np.testing.assert_array_equal(kept.tensor, [1.0, -2.0])
    assert kept.velocity is None


def test_momentum_remembers_earlier_gradients() -> None:
    moved, optimizer = parameter(), SGDOptimizer(0.1, momentum=0.5)
    optimizer.update(moved)
    np.testing.assert_allclose(moved.tensor, [0.95, -2.1])
    optimizer.update(moved)
    # The velocity is 0.5 · [0.5, 1] + [0.5, 1].
    np.testing.assert_allclose(moved.tensor, [0.875, -2.25])


def test_a_frozen_parameter_is_left_alone() -> None:
    frozen = parameter()
    frozen.require_grad = False
    SGDOptimizer(0.1).update(frozen)
    np.testing.assert_array_equal(frozen.tensor, [1.0, -2.0])


def test_an_update_before_any_backward_pass_is_told_what_to_run() -> None:
    with pytest.raises(
        OrderError, match="SGDOptimizer: the parameter has no gradient yet; run forward and backward first"
    ):
        SGDOptimizer(0.1).update(Parameter(np.ones(2)))
