"""The process that runs trainings, by turns."""

import logging
from collections.abc import Callable
from multiprocessing.connection import Connection
from time import monotonic
from typing import Any

from app.logs import configure
from app.settings import Settings
from app.trainings.jobs import Ended, Order, Paused, Report, State, Watching
from app.trainings.training import Training

# Seconds of a turn, if the round of all trainings is not longer than `ROUND` then, and at least.
LONG_TURN, SHORT_TURN = 0.02, 0.001
ROUND = 0.1
# Seconds of a turn at least, for each second that the frames before it took.
STEPPING = 0.25
# Seconds between two checkpoints of a training, well below the two seconds that may be lost.
CHECKPOINT_EVERY = 1.5
# Seconds until trainings that wait for their speed are looked at again.
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
    """Trainings by their names, and the pipe to the server.

    What is due at a moment comes first: frames and checkpoints. The time until the next of them is for training steps,
    and goes to the training that has had the least.
    """

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._trainings: dict[str, Training] = {}
        self._said: list[Report] = []
        self._fair = 0.0  # what the training of the latest turn had used before

    def run(self) -> None:
        """Run all trainings. Raises EOFError once the server has ended."""
        wait: float | None = None
        while True:
            self._listen(wait)
            running = [one for one in self._trainings.values() if not (one.paused or one.over)]
            wait = 0.0 if running else None
            begun = monotonic()
            for training in running:
                if min(training.next_frame, training.kept + CHECKPOINT_EVERY) <= monotonic():
                    self._guarded(training, self._show)
            self._send()
            if ready := [one for one in running if one.due and not one.over]:
                # Where frames are dear, a part of the time still is for steps.
                least = max(SHORT_TURN, STEPPING * (monotonic() - begun))
                self._turn(min(ready, key=lambda one: one.used), running, least)
            elif running:
                wait = min(NAP, max(0.0, min(one.next_frame for one in running) - monotonic()))

    def _turn(self, training: Training, running: list[Training], least: float) -> None:
        """Train for so long at least, and otherwise not longer than until the next frame."""
        begun = monotonic()
        left = min(one.next_frame for one in running) - begun
        turn = max(least, min(LONG_TURN, ROUND / len(running), left))
        self._guarded(training, lambda one: self._train(one, turn))
        # One that has waited for its speed does not get that time afterwards.
        self._fair = max(self._fair, training.used)
        training.used = self._fair + monotonic() - begun

    def _train(self, training: Training, seconds: float) -> None:
        training.turn(seconds)
        if training.run.finished:
            self._end(training, "diverged" if training.run.diverged else "done")
        elif training.taken == training.pause_at:
            self._pause(training)

    def _show(self, training: Training) -> None:
        now = monotonic()
        if training.next_frame <= now:
            self._said.append(training.frame())
        if training.kept + CHECKPOINT_EVERY <= now:
            self._said.append(training.checkpoint())

    def _guarded(self, training: Training, do: Callable[[Training], None]) -> None:
        """Do something with a training, which ends if that fails; the others of this process go on."""
        try:
            do(training)
        except Exception:  # noqa: BLE001 - whatever it is
            _log.exception("A training failed.")
            self._fail(training.name)

    def _listen(self, seconds: float | None) -> None:
        """Do what was asked, after so many seconds at most; with None after something is asked."""
        while self._pipe.poll(seconds):
            call, *arguments = self._pipe.recv()
            getattr(self, f"_{call}")(*arguments)
            self._send()
            seconds = 0.0

    def _send(self) -> None:
        """Say all that is to be said, as one message."""
        if self._said:
            self._pipe.send(self._said)
            self._said = []

    def _end(self, training: Training, state: State) -> None:
        """Its steps can still be seen, until the server forgets it."""
        training.over = True
        self._said += [training.frame(afresh=True), training.ended(state)]

    def _pause(self, training: Training) -> None:
        training.paused = True
        self._said += [training.frame(afresh=True), training.checkpoint(), Paused(training.name)]

    def _fail(self, name: str) -> None:
        if training := self._trainings.pop(name, None):
            training.over = True
        self._said.append(Ended(name, "failed", b"", b"", 0))

    # What the server asks.

    def _submit(self, order: Order) -> None:
        try:
            self._trainings[order.name] = training = Training(order)
            self._said.append(training.frame(afresh=True))
        except Exception:  # noqa: BLE001 - the other trainings of this process go on
            _log.exception("A training failed.")
            self._fail(order.name)
        else:
            training.used = self._fair

    def _watch(self, name: str, watching: Watching) -> None:
        if training := self._trainings.get(name):
            training.watch(watching)

    def _adjust(self, name: str, paused: bool, speed: float | None, steps: int | None) -> None:
        training = self._trainings.get(name)
        if training and not training.over:
            training.adjust(paused, speed, steps)
            if paused:
                self._guarded(training, self._pause)

    def _cancel(self, name: str) -> None:
        training = self._trainings.get(name)
        if training and not training.over:
            self._guarded(training, lambda one: self._end(one, "cancelled"))

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
