"""The process that runs trainings, by turns."""

import logging
from collections.abc import Callable
from multiprocessing.connection import Connection
from time import monotonic
from typing import Any

from app.logs import configure
from app.settings import Settings
from app.trainings.jobs import Ended, Order, Paused, State, Watching
from app.trainings.training import Training

# Seconds of a turn, if the round of all trainings is not longer than `ROUND` then, and at least.
LONG_TURN, SHORT_TURN = 0.02, 0.001
ROUND = 0.1
# Seconds between two checkpoints of a training, well below the two seconds that may be lost.
CHECKPOINT_EVERY = 1.5
# Seconds until a training that waits for its speed is looked at again.
NAP = 0.005

_log = logging.getLogger("tinyml-explorer")


def train(pipe: Connection) -> None:
    """Run what comes through a pipe, until its other end is closed."""
    configure(Settings.from_environment().log_format)
    try:
        Trainer(pipe).run()
    except (EOFError, OSError):
        return


class Trainer:
    """Trainings by their names, and the pipe to the server."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._trainings: dict[str, Training] = {}

    def run(self) -> None:
        """Run all trainings. Raises EOFError once the server has ended."""
        while True:
            waiting = [one for one in self._trainings.values() if not (one.paused or one.over)]
            self._listen(None if not waiting else 0.0 if any(one.due for one in waiting) else NAP)
            turn = min(LONG_TURN, max(SHORT_TURN, ROUND / max(1, len(waiting))))
            for training in waiting:
                if not (training.paused or training.over):
                    self._turn(training, turn)
                self._listen(0.0)

    def _listen(self, seconds: float | None) -> None:
        """Do what was asked, after so many seconds at most; with None after something is asked."""
        while self._pipe.poll(seconds):
            call, *arguments = self._pipe.recv()
            getattr(self, f"_{call}")(*arguments)
            seconds = 0.0

    def _turn(self, training: Training, seconds: float) -> None:
        try:
            if training.due:
                training.turn(seconds)
            now = monotonic()
            if training.run.finished:
                self._end(training, "diverged" if training.run.diverged else "done")
                return
            if training.taken == training.pause_at:
                self._pause(training)
                return
            if now - training.framed >= 1 / training.watching.rate:
                self._pipe.send(training.frame())
            if now - training.kept >= CHECKPOINT_EVERY:
                self._pipe.send(training.checkpoint())
        except (EOFError, OSError):
            raise
        except Exception:  # noqa: BLE001 - the other trainings of this process go on
            _log.exception("A training failed.")
            self._fail(training.name)

    def _end(self, training: Training, state: State) -> None:
        """Its steps can still be seen, until the server forgets it."""
        training.over = True
        self._pipe.send(training.frame())
        self._pipe.send(training.ended(state))

    def _pause(self, training: Training) -> None:
        training.paused = True
        self._pipe.send(training.frame())
        self._pipe.send(training.checkpoint())
        self._pipe.send(Paused(training.name))

    def _fail(self, name: str) -> None:
        self._trainings.pop(name, None)
        self._pipe.send(Ended(name, "failed", {}, b"", 0))

    # What the server asks.

    def _submit(self, order: Order) -> None:
        try:
            self._trainings[order.name] = training = Training(order)
            self._pipe.send(training.frame())
        except (EOFError, OSError):
            raise
        except Exception:  # noqa: BLE001 - the other trainings of this process go on
            _log.exception("A training failed.")
            self._fail(order.name)

    def _watch(self, name: str, watching: Watching) -> None:
        if training := self._trainings.get(name):
            training.watching = watching

    def _adjust(self, name: str, paused: bool, speed: float | None, steps: int | None) -> None:
        training = self._trainings.get(name)
        if training and not training.over:
            training.adjust(paused, speed, steps)
            if paused:
                self._pause(training)

    def _cancel(self, name: str) -> None:
        training = self._trainings.get(name)
        if training and not training.over:
            self._end(training, "cancelled")

    def _forget(self, name: str) -> None:
        self._trainings.pop(name, None)

    def _at(self, number: int, name: str, step: int, watching: Watching | None) -> None:
        self._answer(number, name, lambda training: training.at(step, watching))

    def _points(self, number: int, name: str) -> None:
        self._answer(number, name, Training.points)

    def _answer(self, number: int, name: str, ask: Callable[[Training], bytes]) -> None:
        training = self._trainings.get(name)
        try:
            found: Any = LookupError() if training is None else ask(training)
        except LookupError as error:
            found = error
        self._pipe.send((number, found))
