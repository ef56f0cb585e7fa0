"""Handwritten digits with a multilayer perceptron: 64 pixels in, 64 hidden units, a score for each of ten digits out.

The digits come with scikit-learn: pip install backprop-explorer[digits]
"""

from typing import NamedTuple

from tinyml.core import Array
from tinyml.core import Backend as np
from tinyml.data import digits
from tinyml.layers import Linear, ReLu
from tinyml.learner import Learner
from tinyml.losses import cross_entropy_with_softmax_loss
from tinyml.net import Sequential
from tinyml.optims import SGDOptimizer


class Found(NamedTuple):
    """How the network does on digits that it never saw: the share that it reads right, and what it took for what."""

    accuracy: float
    confusion: Array  # row: the digit, column: what it was taken for


def main() -> Found:
    rng = np.random.default_rng(0)
    images, classes = digits()
    pixels = images.reshape(len(images), 64)
    order = rng.permutation(len(images))
    train, held_out = order[:-360], order[-360:]

    model = Sequential([Linear("fc_1", 64, 64, rng=rng), ReLu("relu_1"), Linear("fc_2", 64, 10, rng=rng)])
    learner = Learner(model, cross_entropy_with_softmax_loss, SGDOptimizer(lr=0.1, momentum=0.9))
    history = learner.fit(pixels[train], classes[train], epochs=30, batch_size=32)
    print(f"Trained on {len(train)} digits: the loss fell from {history[0].loss:.3f} to {history[-1].loss:.3f}.")

    taken_for = learner.predict(pixels[held_out]).argmax(axis=1)
    confusion = np.zeros((10, 10), dtype=int)
    np.add.at(confusion, (classes[held_out], taken_for), 1)
    accuracy = float(np.trace(confusion) / len(held_out))
    print(f"Of {len(held_out)} digits that it never saw it reads {accuracy:.1%} right.")
    print("What each was taken for, a row for each digit from 0 to 9:")
    print(confusion)
    return Found(accuracy, confusion)


if __name__ == "__main__":
    main()
