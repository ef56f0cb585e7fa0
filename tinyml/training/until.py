"""When a training ends."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import Literal, NamedTuple

from tinyml.core import Array, Backend
from tinyml.data import Batches

Reason = Literal["loss", "plateau", "epochs", "steps"]
# An epoch is part of a plateau if its loss has not fallen by this share.
FLAT_SHARE = 1e-3


class Plateau(NamedTuple):
    """No epoch of the last `epochs` had a loss that was lower by more than `min_delta` than the lowest before it."""

    epochs: int
    min_delta: float = 0.0


@dataclass(frozen=True, slots=True)
class Until:
    """What ends a training: the first of these that holds. `loss` and `plateau` are about the loss of an epoch, the
    mean over its samples; `epochs` and `steps` count from where the training began. Without any of them it goes on.
    """

    loss: float | None = None
    epochs: int | None = None
    steps: int | None = None
    plateau: Plateau | None = None

    def __post_init__(self) -> None:
        for name in ("epochs", "steps"):
            count = getattr(self, name)
            if count is not None and count < 1:
                raise ValueError(f"Until: {name} must be at least 1, got {count}; leave it out for no such end.")
        if self.plateau is not None and self.plateau.epochs < 1:
            raise ValueError(f"Until: a plateau lasts at least 1 epoch, got {self.plateau.epochs}.")


class Progress(NamedTuple):
    """What the end of a training depends on: the steps taken, the epochs completed, the loss of the last of these, the
    lowest loss, and how many epochs in a row were not lower. `begun` are the losses of the present epoch; NaN if that
    began before the training.
    """

    steps: int = 0
    epochs: int = 0
    loss: float | None = None
    lowest: float = inf
    still: int = 0
    begun: tuple[float, ...] = ()


class Flat(NamedTuple):
    """For how many epochs the loss has not fallen by `FLAT_SHARE` below `loss`, and after which step it was that."""

    epochs: int = 0
    loss: float = inf
    since: int = 0


class Judge:
    """Follows the losses of a training step by step, and finds the step after which it ends.

    `progress` is what has been seen so far, with which a training can go on later.
    """

    def __init__(self, until: Until, batches: Batches, step: int, progress: Progress | None = None) -> None:
        """`step` is the place within the epoch at which the training begins. An epoch that it does not begin with is
        not counted.
        """
        self.until = until
        self._done = progress or Progress(begun=(Backend.nan,) * step)
        self._begun = Backend.asarray(self._done.begun, dtype=float)
        self._origin = self._done.steps
        self.flat = Flat()
        sizes = [batches.size(place) for place in range(batches.steps)]
        self._shares = Backend.asarray(sizes, dtype=float) / batches.count

    @property
    def progress(self) -> Progress:
        """What has been seen so far."""
        return self._done._replace(begun=tuple(self._begun.tolist()))

    @property
    def left(self) -> float:
        """How many steps there are at most until the end."""
        until, done, each = self.until, self._done, len(self._shares)
        steps = inf if until.steps is None else until.steps - done.steps
        if until.epochs is None:
            return steps
        uncounted = len(self._begun) > 0 and bool(Backend.isnan(self._begun[0]))
        epochs = until.epochs - done.epochs + uncounted
        return min(steps, epochs * each - len(self._begun))

    def look(self, losses: Array) -> tuple[int, Reason | None]:
        """Take the losses of the following steps. Returns how many of them belong to the training, and why it ends."""
        each, until, done = len(self._shares), self.until, self._done
        together = Backend.concatenate([self._begun, losses])
        count = len(together) // each
        means = (together[: count * each].reshape(count, each) * self._shares).sum(axis=1).tolist()
        epochs, loss, lowest, still = done.epochs, done.loss, done.lowest, done.still
        for place, mean in enumerate(means):
            if mean != mean:  # the epoch began before this training
                continue
            epochs, loss, flat = epochs + 1, mean, self.flat
            if mean >= flat.loss - FLAT_SHARE * abs(flat.loss):
                self.flat = flat._replace(epochs=flat.epochs + 1)
            else:
                self.flat = Flat(0, mean, done.steps - self._origin + (place + 1) * each - len(self._begun))
            lower = mean < lowest - (until.plateau.min_delta if until.plateau else 0)
            lowest, still = (mean, 0) if lower else (lowest, still + 1)
            reason = self._ended(epochs, mean, still)
            if reason is not None:
                taken = (place + 1) * each - len(self._begun)
                self._done, self._begun = Progress(done.steps + taken, epochs, loss, lowest, still), losses[:0]
                return taken, reason
        self._done, self._begun = (
            Progress(done.steps + len(losses), epochs, loss, lowest, still),
            together[count * each :],
        )
        return len(losses), "steps" if self._done.steps == until.steps else None

    def _ended(self, epochs: int, mean: float, still: int) -> Reason | None:
        until = self.until
        if until.loss is not None and mean <= until.loss:
            return "loss"
        if until.plateau is not None and still >= until.plateau.epochs:
            return "plateau"
        return "epochs" if epochs == until.epochs else None


__all__ = ["Flat", "Judge", "Plateau", "Progress", "Reason", "Until"]
