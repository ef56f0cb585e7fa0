"""Learning rates that change from epoch to epoch: functions of the first rate and of how many epochs are done."""

from collections.abc import Callable
from math import cos, pi

Schedule = Callable[[float, int], float]


def constant_rate(rate: float, epoch: int) -> float:  # noqa: ARG001 - every schedule is called alike
    """A constant rate."""
    return rate


def step_rate(every: int, factor: float = 0.1) -> Schedule:
    """Times `factor` after each `every` epochs."""

    def schedule(rate: float, epoch: int) -> float:
        return float(rate * factor ** (epoch // every))

    return schedule


def cosine_rate(epochs: int, least: float = 0.0) -> Schedule:
    """Down to `least` along half a cosine wave; Loshchilov and Hutter (2017), SGDR, without its restarts."""

    def schedule(rate: float, epoch: int) -> float:
        return least + (rate - least) * (1 + cos(pi * min(epoch / epochs, 1))) / 2

    return schedule


__all__ = ["constant_rate", "cosine_rate", "step_rate"]
