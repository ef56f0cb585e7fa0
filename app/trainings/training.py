"""A training in the process that runs it."""

from base64 import b64encode
from math import floor
from time import monotonic
from typing import Any

import orjson

from app import limits
from app.documents import build
from app.moving import MovingDocument
from app.schemas.document import NetworkDocument
from app.trainings.jobs import Checkpoint, Ended, Frame, Order, State, Watching
from tinyml.core import Array, Backend
from tinyml.flow import LayerFlow, gradient_flow
from tinyml.trace import Trace
from tinyml.training import Measure, Measured, Notice, Observer, Position, TrainingRun, histograms, surface

# Seconds between two looks for what is worth a notice.
LOOK_EVERY = 0.5
# The share of the time in which a network is measured on its rows, at most.
MEASURING = 0.2


class Training:
    """Runs an order, a turn at a time."""

    def __init__(self, order: Order) -> None:
        self.name, self.paused, self.speed, self.pause_at = order.name, order.paused, order.speed, order.pause_at
        document = NetworkDocument.model_validate_json(order.document)
        self._experiment = of = build(document)
        self._moving = MovingDocument(document, of)
        self._before = order.taken
        batches = of.supply.batches
        x, y = of.supply.rows(Backend.arange(batches.samples))
        self.run = TrainingRun(
            of.model,
            of.loss,
            of.optimizer,
            x,
            y,
            batches,
            until=order.until,
            position=(document.place.epoch, document.place.step),
            progress=order.progress,
            memory=limits.MAX_TRAINING_BYTES,
            most_losses=limits.MAX_TRAINING_LOSSES,
        )
        self._observer = Observer(self.run)
        self._training = self._measured(batches.training)
        self._held_out = self._measured(batches.held_out) if batches.kept_apart else None
        self._measures = self._measured_now()
        self._measured_at, self._measure_next = self.taken, 0.0
        self.watching, self.over = Watching(), False
        self.used = 0.0  # seconds of its turns
        self._seen = 0
        self._notices: dict[Any, dict[str, Any]] = {}
        self._looked = -LOOK_EVERY
        self._since, self._from = monotonic(), 0
        self.next_frame = self.kept = monotonic()

    @property
    def taken(self) -> int:
        """The steps since the training began, also before a checkpoint from which it went on."""
        return self._before + self.run.step

    @property
    def due(self) -> bool:
        """Whether it has a step to take now."""
        return not (self.paused or self.run.finished) and self._allowed() >= 1

    def turn(self, seconds: float) -> None:
        """Take steps for about this long, as many as its speed allows."""
        allowed = self._allowed()
        self.run.advance(None if allowed == float("inf") else int(allowed), seconds)

    def adjust(self, paused: bool, speed: float | None, steps: int | None) -> None:
        """Pause, or go on for so many steps, at a speed that counts from now."""
        self.paused, self.speed = paused, speed
        self.pause_at = None if steps is None else self.taken + steps
        self._since, self._from = monotonic(), self.run.step

    def checkpoint(self) -> Checkpoint:
        """What the training can go on from."""
        self.kept = monotonic()
        return Checkpoint(self.name, self.document(), self.taken, self.run.progress)

    def ended(self, state: State) -> Ended:
        """The end of the training."""
        return Ended(self.name, state, orjson.dumps(self._fields(afresh=True)), self.document(), self.taken)

    def document(self, position: Position | None = None) -> bytes:
        """The document with the numbers of the network, and the position of the next step."""
        self._moving.move_to(*(position or self.run.position(self.run.step)))
        return self._moving.plain(self._moving.written())

    def at(self, step: int, watching: Watching | None) -> bytes:
        """The document after so many steps, as JSON, and what is to be seen then, if `watching` says what. Raises
        LookupError if that was before the training went on from a checkpoint, or is not reached.
        """
        if not self._before <= step <= self.taken:
            raise LookupError(self._before, self.taken)
        with self.run.at(step - self._before) as position:
            document = self.document(position)
            if watching is None:
                return b'{"step":%d,"document":%s}' % (step, document)
            recorded = self._observer.recorded(step - self._before)
            numbers = {
                "loss": recorded.loss.value,
                **self._numbers(recorded, self._measured_now()),
                "histograms": _histograms(recorded),
            }
            if (made := self._surface(watching)) is not None:
                numbers["surface"] = made
        return b'{"step":%d,"document":%s,"numbers":%s}' % (step, document, orjson.dumps(numbers))

    def points(self) -> bytes:
        """The rows of the data as points of the plane, as JSON; null unless the network has two inputs."""
        of, batches = self._experiment, self.run.batches
        every = -(-batches.samples // limits.MAX_TRAINING_POINTS)
        numbers = Backend.arange(0, batches.samples, every)
        x, y = of.supply.given[numbers], of.supply.rows(numbers)[1]
        if y is None or x.ndim != 2 or x.shape[1] != 2 or y.ndim != 2:
            return b"null"
        border = self._training.border
        held_out = Backend.isin(numbers, batches.held_out)
        return orjson.dumps(
            {
                "x": x.tolist(),
                "y": y.tolist(),
                "held_out": held_out.tolist(),
                "rows": batches.samples,
                "every": every,
                "border": border if border is None or of.loss.of_probabilities is None else 0.5,
                "targets": [float(y.min()), float(y.max())],
            }
        )

    def watch(self, watching: Watching) -> None:
        """Set what its frames have. The next one is not later than it would be if they began now."""
        self.watching = watching
        self.next_frame = min(self.next_frame, monotonic() + 1 / watching.rate)

    def frame(self, *, afresh: bool = False) -> Frame:
        """What is to be seen now. If its measures are dear, they may be those of an earlier step, unless they are to be
        made `afresh`.
        """
        places, losses = self.run.losses.between(self._seen, self.run.step, limits.MAX_FRAME_LOSSES)
        self._seen = self.run.step
        surface = self._surface(self.watching)
        fields = orjson.dumps(self._fields(afresh=afresh))
        self._plan_next_frame()
        shown = None if surface is None else orjson.dumps(surface)
        curve = self.run.objectives
        objectives = b"" if curve is None else curve.kept[places // curve.stride].tobytes()
        return Frame(self.name, self.taken, fields, _evenly(places + self._before), losses.tobytes(), shown, objectives)

    def _plan_next_frame(self) -> None:
        """The frames of a rate are at equal distances; those for which it is too late are left out."""
        each, late = 1 / self.watching.rate, monotonic() - self.next_frame
        if late >= 0:  # not for those in between, such as that of a pause
            self.next_frame += each * (1 + floor(late / each))

    def _measure(self, *, afresh: bool) -> None:
        """Measure the network on its rows, unless that was done so lately that it would take too much of the time."""
        since = monotonic()
        if not afresh and self._measured_at != self.taken and since < self._measure_next:
            return
        if self._measured_at != self.taken:
            self._measured_at = self.taken
            self._measures = self._measured_now()
            now = monotonic()
            self._measure_next = now + (now - since) / MEASURING

    def _measured_now(self) -> tuple[Measure, Measure | None]:
        model = self.run.model
        return self._training.measure(model), None if self._held_out is None else self._held_out.measure(model)

    def _fields(self, *, afresh: bool) -> dict[str, Any]:
        run, diverged = self.run, self.run.diverged
        recorded = self._observer.recorded()
        flows = gradient_flow(recorded)
        self._measure(afresh=afresh or run.finished)
        if monotonic() - self._looked >= LOOK_EVERY or run.finished:
            self._looked = monotonic()
            self._notice(self._observer.look(flows))
        last, objectives = run.losses.kept, run.objectives
        parameters = sum(one.tensor.size for one in run.model.parameters)
        return {
            "step": self.taken,
            "epoch": run.progress.epochs,
            "loss": float(last[-1]) if len(last) else None,
            "objective": float(objectives.kept[-1]) if objectives and objectives.length else None,
            "epoch_loss": run.progress.loss,
            "measured": self._measured_at,
            **self._numbers(recorded, self._measures, flows),
            **({"histograms": _histograms(recorded)} if self.watching.histograms else {}),
            "parameters": self._parameters() if parameters <= limits.MAX_FRAME_PARAMETERS else None,
            "notices": list(self._notices.values()),
            "ended": run.ended,
            "where": None if diverged is None else {"step": self._before + diverged.step, "ref": diverged.where},
        }

    def _numbers(
        self,
        recorded: Trace,
        measures: tuple[Measure, Measure | None],
        flows: tuple[LayerFlow, ...] | None = None,
    ) -> dict[str, Any]:
        """How well the network does, and the gradients of its next step."""
        measured, held_out = measures
        return {
            "training_loss": measured.loss,
            "accuracy": measured.accuracy,
            "confusion": _listed(measured),
            "held_out_loss": None if held_out is None else held_out.loss,
            "held_out_accuracy": None if held_out is None else held_out.accuracy,
            "held_out_confusion": _listed(held_out),
            "gradients": [_flow(flow) for flow in flows or gradient_flow(recorded)],
        }

    def _notice(self, found: list[Notice]) -> None:
        """Look up where each new one begins; the others stay as they were."""
        known, self._notices = self._notices, {}
        for notice in found:
            about = (*notice.about, notice.units)
            if about not in known:
                begins = self._before + self._observer.beginning(notice)
                message = notice.message(begins)
                known[about] = {
                    "kind": notice.kind,
                    "layer": notice.layer,
                    "units": notice.units,
                    "refs": notice.refs,
                    "begins": begins,
                    "message": {"key": message.key, "values": message.values},
                }
            self._notices[about] = known[about]

    def _parameters(self) -> dict[str, Any]:
        layers = self.run.model.layers
        return {
            f"{layer.name}.{name}": layer.in_notation(name, of.tensor).tolist()
            for layer in layers
            for name, of in layer.parameters().items()
        }

    def _measured(self, rows: Array) -> Measured:
        some, run = rows[: limits.MAX_MEASURED_ROWS], self.run
        return Measured(run.x[some], None if run.y is None else run.y[some], run.loss)

    def _surface(self, watching: Watching) -> dict[str, Any] | None:
        of = self._experiment
        made = surface(of.model, self.run.x, watching.surface, hidden=watching.hidden) if watching.surface else None
        if made is None:
            return None
        ends = Backend.asarray([made.lowest, made.highest])
        if (scaled := of.supply.training) is not None:
            ends = ends * scaled.spread + scaled.center
        lowest, highest = ends.tolist()
        likely = of.loss.of_probabilities
        hidden = {name: _encoded(outputs) for name, outputs in made.hidden.items()}
        return {
            "size": made.size,
            "lowest": lowest,
            "highest": highest,
            "of": "output" if likely is None else "probability",
            "outputs": _encoded(made.outputs if likely is None else likely.probabilities(made.outputs)),
            **({"hidden": hidden} if watching.hidden else {}),
        }

    def _allowed(self) -> float:
        left = float("inf") if self.pause_at is None else self.pause_at - self.taken
        if self.speed is None:
            return left
        return min(left, self.speed * (monotonic() - self._since) - (self.run.step - self._from))


def _evenly(places: Array) -> range:
    """Numbers at equal distances as a range."""
    first, *others = places[:2].tolist() or [0]
    return range(first, first + len(places) * (step := others[0] - first if others else 1), step)


def _encoded(outputs: Array) -> dict[str, Any]:
    """One number for each point and unit; units in columns."""
    return {"units": outputs.shape[1], "float32": b64encode(outputs.astype("<f4").tobytes()).decode("ascii")}


def _listed(measured: Measure | None) -> list[list[int]] | None:
    return None if measured is None or measured.confusion is None else measured.confusion.tolist()


def _histograms(recorded: Trace) -> list[dict[str, Any]]:
    return [{"layer": of.layer, "tensor": of.tensor, **of.histogram._asdict()} for of in histograms(recorded)]


def _flow(flow: LayerFlow) -> dict[str, Any]:
    return {"layer": flow.layer.name, "gradient": flow.gradient, "parameters": flow.parameters}
