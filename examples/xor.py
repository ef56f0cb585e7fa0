"""XOR: one or the other, but not both. No single layer can learn it; four hidden units can."""

from typing import NamedTuple

from tinyml.core import Array
from tinyml.core import Backend as np
from tinyml.layers import Linear, Sigmoid, Tanh
from tinyml.learner import Learner
from tinyml.losses import mse_loss
from tinyml.net import Sequential
from tinyml.optims import SGDOptimizer

CASES = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
ANSWERS = np.array([[0.0], [1.0], [1.0], [0.0]])


class Found(NamedTuple):
    """What each of the two networks answers to the four cases."""

    without_hidden: Array
    with_hidden: Array


def learn(model: Sequential) -> Array:
    learner = Learner(model, mse_loss, SGDOptimizer(lr=0.5, momentum=0.9))
    learner.fit(CASES, ANSWERS, epochs=500, batch_size=4)
    return learner.predict(CASES)


def main() -> Found:
    rng = np.random.default_rng(0)
    flat = Sequential([Linear("fc_1", 2, 1, rng=rng), Sigmoid("sigmoid_1")])
    deep = Sequential([Linear("fc_1", 2, 4, rng=rng), Tanh("tanh_1"), Linear("fc_2", 4, 1, rng=rng), Sigmoid("out")])
    found = Found(learn(flat), learn(deep))

    print("case    XOR    one layer    with 4 hidden units")
    for case, answer, one, two in zip(CASES, ANSWERS, *found, strict=True):
        print(f"{case[0]:.0f} {case[1]:.0f}     {answer[0]:.0f}      {one[0]:.3f}        {two[0]:.3f}")
    print("One layer cuts the plane with a straight line, which leaves it undecided; the hidden units bend the cut.")
    return found


if __name__ == "__main__":
    main()
