"""Regression: find the line behind noisy measurements, step by step, and compare it with the formula that knows it."""

from typing import NamedTuple

from tinyml.core import Array
from tinyml.core import Backend as np
from tinyml.layers import Linear
from tinyml.learner import Learner
from tinyml.losses import mse_loss
from tinyml.net import Sequential
from tinyml.optims import SGDOptimizer

SLOPES, OFFSET, NOISE = np.array([3.0, -2.0, 0.5]), 1.5, 0.1


class Found(NamedTuple):
    """Slopes and offset, as learnt and by the formula, and the loss of each epoch."""

    learnt: Array
    exact: Array
    losses: list[float]


def main() -> Found:
    rng = np.random.default_rng(0)
    x = rng.normal(size=(200, 3))
    y = (x @ SLOPES + OFFSET + NOISE * rng.normal(size=200)).reshape(200, 1)

    line = Linear("fc_1", 3, 1, rng=rng)
    learner = Learner(Sequential([line]), mse_loss, SGDOptimizer(lr=0.1))
    history = learner.fit(x, y, epochs=300, batch_size=200)

    learnt = np.append(line.weight.tensor[0], line.bias.tensor)
    # Least squares has a formula; gradient descent never saw it and should end up in the same place.
    exact = np.linalg.lstsq(np.column_stack([x, np.ones(len(x))]), y, rcond=None)[0][:, 0]
    for name, true, ours, theirs in zip(["x1", "x2", "x3", "1 "], [*SLOPES, OFFSET], learnt, exact, strict=True):
        print(f"{name}  behind the noise {true:+.3f}   learnt {ours:+.6f}   by the formula {theirs:+.6f}")
    print(f"The loss fell from {history[0].loss:.4f} to {history[-1].loss:.4f}; the noise alone makes {NOISE**2:.4f}.")
    return Found(learnt, exact, [epoch.loss for epoch in history])


if __name__ == "__main__":
    main()
