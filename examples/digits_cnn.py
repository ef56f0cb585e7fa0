"""Handwritten digits with a convolutional network, which looks for the same strokes at every place of the image.

The digits come with scikit-learn: pip install backprop-explorer[digits]
"""

from typing import NamedTuple

from tinyml.core import Array
from tinyml.core import Backend as np
from tinyml.data import digits
from tinyml.layers import Conv2D, Dropout, Flatten, Linear, MaxPool2D, ReLu
from tinyml.learner import Learner
from tinyml.losses import cross_entropy_with_softmax_loss
from tinyml.net import Sequential
from tinyml.optims import SGDOptimizer


class Found(NamedTuple):
    """How the network does on digits that it never saw: the share that it reads right, and which it reads wrong."""

    accuracy: float
    mistaken: Array


def drawn(image: Array) -> str:
    """A digit in letters, the more ink the darker."""
    return "\n".join("    " + "".join(2 * " .:-=+*#%@"[int(9 * ink)] for ink in row) for row in image[0])


def main() -> Found:
    rng = np.random.default_rng(0)
    images, classes = digits()
    order = rng.permutation(len(images))
    train, held_out = order[:-360], order[-360:]

    model = Sequential([Conv2D("conv_1", (1, 8, 8), 16, 3, 3, 1, 1, rng=rng), ReLu("relu_1")])
    model.add(MaxPool2D("pool_1", (16, 8, 8), (2, 2), 2))
    model.add(Conv2D("conv_2", (16, 4, 4), 32, 3, 3, 1, 1, rng=rng))
    model.add(ReLu("relu_2"))
    model.add(MaxPool2D("pool_2", (32, 4, 4), (2, 2), 2))
    model.add(Flatten("flat_1"))
    model.add(Dropout("drop_1", 0.5))
    model.add(Linear("fc_1", 128, 10, rng=rng))
    learner = Learner(model, cross_entropy_with_softmax_loss, SGDOptimizer(lr=0.05, momentum=0.9))
    learner.fit(images[train], classes[train], epochs=25, batch_size=32)

    taken_for = learner.predict(images[held_out]).argmax(axis=1)
    wrong = taken_for != classes[held_out]
    mistaken, accuracy = held_out[wrong], 1 - float(wrong.mean())
    print(f"Trained on {len(train)} digits, it reads {accuracy:.1%} of {len(held_out)} others right.")
    for place, read in list(zip(mistaken, taken_for[wrong], strict=True))[:2]:
        print(f"It takes this {classes[place]} for a {read}:\n{drawn(images[place])}")
    return Found(accuracy, mistaken)


if __name__ == "__main__":
    main()
