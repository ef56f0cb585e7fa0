"""Trains the example `digits-cnn` and writes its document: `python -m tests.app.record_digits_cnn`.

The weights are rounded to four decimals, so that they can be read in the page. `test_examples.py` compares the stored
example with a new training.
"""

import json
from pathlib import Path
from typing import Any

from tinyml.core import Backend as np
from tinyml.data import digits
from tinyml.layers import Conv2D, Flatten, Linear, MaxPool2D, ReLu
from tinyml.learner import Learner
from tinyml.losses import cross_entropy_with_softmax_loss
from tinyml.net import Sequential
from tinyml.optims import SGDOptimizer

KEPT = Path(__file__).parents[2] / "app" / "examples" / "digits-cnn.json"
TRAINED_ON = 1_437
EPOCHS = 31
# Two digits that it classifies correctly and one that it does not, none of them from the training set.
RIGHT, WRONG = 2, 1


def trained() -> tuple[Sequential, list[int]]:
    """The network after its training, and the digits to show."""
    images, classes = digits()
    rng = np.random.default_rng(0)
    model = Sequential([Conv2D("conv_1", (1, 8, 8), 4, 3, 3, 1, 1, rng=rng), ReLu("relu_1")])
    model.add(MaxPool2D("max_pool_1", (4, 8, 8), 2, 2))
    model.add(Flatten("flatten_1"))
    model.add(Linear("fc_1", 64, 10, rng=rng))
    learner = Learner(model, cross_entropy_with_softmax_loss, SGDOptimizer(lr=0.05, momentum=0.9))
    learner.fit(images[:TRAINED_ON], classes[:TRAINED_ON], epochs=EPOCHS, batch_size=32)
    right = learner.predict(images[TRAINED_ON:]).argmax(axis=1) == classes[TRAINED_ON:]
    shown = [*np.flatnonzero(right)[:RIGHT], *np.flatnonzero(~right)[:WRONG]]
    return model, [TRAINED_ON + int(place) for place in shown]


def document() -> dict[str, Any]:
    """The example, whose first sample is classified correctly and whose last one is not."""
    model, shown = trained()
    images, classes = digits()
    conv, linear = model.layers[0].parameters(), model.layers[-1].parameters()
    rounded = {
        "conv": {name: np.round(parameter.tensor, 4).tolist() for name, parameter in conv.items()},
        # The library stores outputs × inputs, a document inputs × outputs.
        "fc": {name: np.round(parameter.tensor.T, 4).tolist() for name, parameter in linear.items()},
    }
    return {
        "format": "tinyml-network/1",
        "name": "Digits, convolutional",
        "input_shape": [1, 8, 8],
        "layers": [
            {"type": "Conv2D", "name": "conv_1", "n_filter": 4, "h_filter": 3, "w_filter": 3, "padding": 1}
            | rounded["conv"],
            {"type": "ReLu", "name": "relu_1"},
            {"type": "MaxPool2D", "name": "max_pool_1", "size": 2, "stride": 2},
            {"type": "Flatten", "name": "flatten_1"},
            {"type": "Linear", "name": "fc_1", "output_dim": 10} | rounded["fc"],
        ],
        "loss": {"type": "softmax_cross_entropy"},
        "optimizer": {"type": "sgd", "lr": 0.05},
        "x": images[shown].tolist(),
        "y": classes[shown].tolist(),
        "seed": 0,
    }


if __name__ == "__main__":
    KEPT.write_text(json.dumps(document(), separators=(",", ":")) + "\n", encoding="utf-8")
