"""The original library's callbacks; `Learner.fit` calls them if it is given `callbacks_interval`."""

from __future__ import annotations

from tinyml.core import Array
from tinyml.net import Sequential

# Callbacks may be called on all data of a test set, and its activations need not all be in memory at once.
_BATCH = 256


def evaluate_classification_accuracy(model: Sequential, epoch: int, data: Array, label: Array) -> float:
    """Print, and return, the percentage of samples whose largest output is that of their class."""
    predicted = model.predict(data, batch_size=_BATCH).argmax(axis=1)
    accuracy = 100 * float((predicted == label).mean())
    print(f"Epoch: {epoch}, Acc: {accuracy}%")
    return accuracy


def save_model(model: Sequential, epoch: int, data: Array, label: Array) -> None:  # noqa: ARG001 - all are called alike
    """Save the parameters to `model-<epoch>.tnn` in the current folder."""
    model.export(f"./model-{epoch}.tnn")


__all__ = ["evaluate_classification_accuracy", "save_model"]
