"""The update of gradient descent as a program, which trainings run instead of calling the optimizer."""

import numpy as np
import pytest

from tinyml.core import Array, run
from tinyml.core.program import compiled
from tinyml.optims import AdamOptimizer, Optimizer, SGDOptimizer
from tinyml.optims.base import State


class Halved(SGDOptimizer):
    """Steps of half the length."""

    def change(self, tensor: Array, gradient: Array, state: State, out: Array | None = None) -> tuple[Array, State]:
        step, state = super().change(tensor, gradient, state, out)
        step *= 0.5
        return step, state


def numbers() -> tuple[Array, Array, Array]:
    rng = np.random.default_rng(3)
    return rng.normal(size=40), rng.normal(size=40), np.empty(40)


def test_the_program_gives_the_bits_of_the_update() -> None:
    tensor, gradient, change = numbers()
    optimizer = SGDOptimizer(0.3)
    expected = tensor - optimizer.change(tensor, gradient, {})[0]
    program = optimizer.steady_program(tensor, gradient, change)
    assert program
    run(compiled(program))
    assert tensor.tobytes() == expected.tobytes()


@pytest.mark.parametrize(
    "optimizer",
    [SGDOptimizer(0.1, 0.9), SGDOptimizer(0.1, weight_decay=0.01), Halved(0.1), AdamOptimizer(0.1)],
    ids=["momentum", "decay", "another change", "Adam"],
)
def test_a_step_with_more_to_do_has_no_program(optimizer: Optimizer) -> None:
    assert optimizer.steady_program(*numbers()) == []
