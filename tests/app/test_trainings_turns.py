"""How a process shares its time between its trainings, by a clock that the test moves, and what their frames say."""

import json
from array import array
from itertools import pairwise
from typing import Any

import pytest

from app import limits
from app.trainings import trainer, training
from app.trainings.events import EventLog
from app.trainings.jobs import Checkpoint, Frame, Order, Watching
from app.trainings.trainer import Trainer
from app.trainings.training import Training
from tests.support.trainings import PLANE
from tinyml.net import Sequential
from tinyml.training import Measure, Measured, Until

DOCUMENT = json.dumps(PLANE).encode()


class Clock:
    """Moves when something takes time."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Pipe:
    """The server's end: asks, and ends after so many seconds."""

    def __init__(self, clock: Clock, asked: list[tuple[Any, ...]], seconds: float) -> None:
        self.clock, self.asked, self.end = clock, asked, clock.now + seconds
        self.said: list[tuple[float, Any]] = []

    def poll(self, seconds: float | None) -> bool:
        if not self.asked:
            self.clock.now += seconds or 0.0
        return bool(self.asked)

    def recv(self) -> tuple[Any, ...]:
        return self.asked.pop(0)

    def send(self, said: list[Any]) -> None:
        self.said += [(self.clock.now, one) for one in said]
        if self.clock.now >= self.end:
            raise EOFError


def shared(
    monkeypatch: pytest.MonkeyPatch, steps: dict[str, float], seconds: float, *, rate: float, frame: float
) -> tuple[dict[str, list[float]], dict[str, float], dict[str, int]]:
    """Run trainings whose steps take so many seconds, and their frames: when the frames of each came, the seconds that
    it has trained for, and how many checkpoints it has made.
    """
    clock = Clock()
    for module in (trainer, training):
        monkeypatch.setattr(module, "monotonic", clock)
    spent = dict.fromkeys(steps, 0.0)
    made = Training.frame

    def framed(self: Training, **options: Any) -> Frame:
        clock.now += frame
        return made(self, **options)

    def turn(self: Training, seconds: float) -> None:
        took = max(seconds, steps[self.name])
        clock.now += took
        spent[self.name] += took
        self.run.advance(1)

    monkeypatch.setattr(Training, "frame", framed)
    monkeypatch.setattr(Training, "turn", turn)
    asked: list[tuple[Any, ...]] = [("submit", Order(name, DOCUMENT, Until())) for name in steps]
    pipe = Pipe(clock, asked + [("watch", name, Watching(rate)) for name in steps], seconds)
    with pytest.raises(EOFError):
        Trainer(pipe).run()  # type: ignore[arg-type]
    frames: dict[str, list[float]] = {name: [] for name in steps}
    checkpoints = dict.fromkeys(steps, 0)
    for at, said in pipe.said:
        if isinstance(said, Frame):
            frames[said.name].append(at)
        elif isinstance(said, Checkpoint):
            checkpoints[said.name] += 1
    return frames, spent, checkpoints


def test_many_trainings_have_all_their_frames_and_equal_time(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = {f"t{place}": 0.0005 for place in range(12)}
    frames, spent, checkpoints = shared(monkeypatch, steps, 2.0, rate=5.0, frame=0.003)
    for times in frames.values():
        assert len(times) >= 10
        assert max(after - before for before, after in pairwise(times[2:])) <= 0.25
    assert max(spent.values()) <= 1.1 * min(spent.values())
    assert sum(spent.values()) >= 0.7 * 2.0  # what the frames leave
    assert set(checkpoints.values()) == {1}


def test_a_training_with_long_steps_takes_no_more_time_than_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """By turns alone it would have most of the time."""
    frames, spent, _ = shared(monkeypatch, {"long": 0.1, "a": 0.001, "b": 0.001}, 6.0, rate=5.0, frame=0.001)
    assert max(spent.values()) - min(spent.values()) <= 0.15
    assert min(map(len, frames.values())) >= 28


def test_frames_that_take_more_than_all_the_time_leave_a_part_of_it_to_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    frames, spent, _ = shared(monkeypatch, {"a": 0.001, "b": 0.001}, 6.0, rate=30.0, frame=0.05)
    assert sum(spent.values()) >= 0.15 * 6.0
    assert min(map(len, frames.values())) >= 40


def test_measures_that_are_dear_are_of_an_earlier_step_as_the_frame_says(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    monkeypatch.setattr(training, "monotonic", clock)
    measure = Measured.measure

    def dear(self: Measured, model: Sequential) -> Measure:
        clock.now += 0.1
        return measure(self, model)

    monkeypatch.setattr(Measured, "measure", dear)
    of = Training(Order("t", DOCUMENT, Until()))
    begun, seen = clock.now, []
    for _ in range(14):
        of.run.advance(3)
        clock.now += 0.05
        seen.append(json.loads(of.frame().fields))
    assert [one["step"] for one in seen] == list(range(3, 45, 3))
    assert len({one["measured"] for one in seen}) == 2
    assert clock.now <= begun + 14 * 0.05 + 2 * 0.1 + 1e-9
    for one in seen:  # the numbers are those of the step that it says
        with of.run.at(one["measured"]):
            now = Measured(of.run.x, of.run.y, of.run.loss)
            assert one["training_loss"] == measure(now, of.run.model).loss
    last = json.loads(of.frame(afresh=True).fields)
    assert last["measured"] == last["step"] == 42


def test_a_reader_that_missed_frames_gets_the_newest_with_all_their_losses() -> None:
    log = EventLog()

    def add(*places: int) -> None:
        steps = range(places[0], places[-1] + 1)
        log.frame(
            Frame("t", steps[-1] + 1, b'{"step":%d}' % (steps[-1] + 1), steps, array("d", map(float, steps)).tobytes())
        )

    def read(after: int) -> list[Any]:
        return [json.loads(event.split(b"data: ")[1]) for _, event in log.after(after, edits=True)]

    assert read(0) == []
    add(0, 4)
    add(5, 5)
    assert read(1) == [{"step": 6, "losses": {"steps": [5], "values": [5.0]}}]
    assert read(0) == [{"step": 6, "losses": {"steps": list(range(6)), "values": list(map(float, range(6)))}}]
    assert read(2) == []
    add(6, 5 + 2 * limits.MAX_FRAME_LOSSES)
    (frame,) = read(0)
    steps = frame["losses"]["steps"]
    assert steps[:2] == [0, 3]
    assert len(steps) <= limits.MAX_FRAME_LOSSES
