"""The original library's logger: functions that print, as much as `VERBOSE` says.

The engine itself prints nothing. `Learner.fit` shows a progress bar (`progress=False` turns it off) and returns a
record of each epoch; `Sequential.forward_steps` and `backward_steps` yield every intermediate result.
"""

from __future__ import annotations

from collections.abc import Iterable

from tinyml.core import Array
from tinyml.layers import Layer

# 0: nothing but the summary; 1: the progress of training as well; 3: intermediate results as well.
VERBOSE = 1


def print_net_summary(layers: Iterable[Layer]) -> None:
    """Print the table of `Sequential.summary`."""
    from tinyml.net import Sequential

    print(Sequential(layers).summary())


def log_trainining_progress(epoch: int, total_epochs: int, loss_sum: float, loss_mean: float) -> None:
    """Print the losses of an epoch, counted from 0. The spelling of the name is the original library's."""
    if VERBOSE >= 1:
        print(f"[tinyml] epoch: {epoch + 1}/{total_epochs}, loss(sum): {loss_sum}, loss(mean): {loss_mean}")


def log_training_time(time_in_seconds: float) -> None:
    """Print how long a training took."""
    if VERBOSE >= 1:
        print(f"[tinyml] Finished training in {time_in_seconds} seconds")


def output_intermediate_result(layername: str, output: Array, type: str, layer: Layer | None) -> None:
    """Print a layer's output, or a gradient, with the layer's parameters and their gradients."""
    if VERBOSE < 3:
        return
    print(f"--- {type} {layername} ---\n> shape: {output.shape}\n{output}")
    for name in ("weight", "bias"):
        parameter = getattr(layer, name, None)
        if parameter is not None:
            print(f"==== {layername} {name} ====\n{parameter.tensor}")
            print(f"==== {layername} {name} gradient ====\n{parameter.gradient}")
    print("--- end of data ---")


__all__ = [
    "VERBOSE",
    "log_training_time",
    "log_trainining_progress",
    "output_intermediate_result",
    "print_net_summary",
]
