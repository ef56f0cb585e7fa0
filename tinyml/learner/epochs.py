"""The record of an epoch, and how the callbacks of the original library are called after one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tinyml.net import Sequential


@dataclass(frozen=True, slots=True)
class Epoch:
    """One run through the data. `loss` is the data loss alone; the `penalty` on large weights is separate."""

    number: int
    loss: float
    penalty: float
    validation_loss: float | None
    lr: float


def every(
    interval: int, callbacks: Sequence[Callable[..., object]], model: Sequential, arguments: Sequence[object]
) -> Callable[[Epoch], None]:
    """A callback of this library's kind that calls the original library's, `callback(model, epoch, *arguments)`, after
    epoch 0 and then every `interval` epochs. ValueError for an interval below 1.
    """
    if interval < 1:
        raise ValueError(f"Learner: callbacks_interval must be at least 1, got {interval}.")

    def called(record: Epoch) -> None:
        epoch = record.number - 1  # counted from 0 in the original library
        if epoch % interval == 0:
            for callback in callbacks:
                callback(model, epoch, *arguments)

    return called
