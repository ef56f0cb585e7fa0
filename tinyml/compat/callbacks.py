"""The original library's callbacks, and how `Learner.fit` calls them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tinyml.core import Array
    from tinyml.learner import Epoch
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


def every(
    interval: int, callbacks: Sequence[Callable[..., object]], model: Sequential, arguments: Sequence[object]
) -> Callable[[Epoch], None]:
    """A callback of this library's kind that calls the original library's, `callback(model, epoch, *arguments)`, after
    epoch 0 and then every `interval` epochs. ValueError for an interval below 1.
    """
    if interval < 1:
        raise ValueError(f"Learner: callbacks_interval must be at least 1, but {interval} came.")

    def called(record: Epoch) -> None:
        epoch = record.number - 1  # counted from 0 in the original library
        if epoch % interval == 0:
            for callback in callbacks:
                callback(model, epoch, *arguments)

    return called


__all__ = ["evaluate_classification_accuracy", "every", "save_model"]
