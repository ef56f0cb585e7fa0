"""Advancing a stored network from the start of one training step to that of a later one."""

from dataclasses import replace

from app import limits
from app.answers.numbers import to_json
from app.documents import build, filled
from app.moving import MovingDocument
from app.problems import Problem, check_limit
from app.schemas.document import NetworkDocument
from app.store import StoredNetwork
from tinyml.core import Backend
from tinyml.learner import Advance
from tinyml.trace import LayerTrace, Trace


def cross(network: StoredNetwork, document: NetworkDocument, steps: int) -> StoredNetwork:
    """The network at the start of the training step that is `steps` further; `document` is the present one.

    Raises a LimitProblem if one request may not take so many, and a 409 Problem if an update results in numbers that
    cannot be stored.
    """
    walk = _Walk(document)
    check_limit("MAX_ADVANCE_STEPS", steps, ("count",))
    check_limit("MAX_ADVANCE_WORK", steps * walk.cost, ("count",))
    for layer in document.layers:
        passes = vars(layer).get("passes")
        if document.mode == "train" and passes is not None and passes + steps > limits.MAX_PASSES:
            raise _no_more_passes(layer.name)
    there = network.step + steps
    first = max(network.first, there - walk.keepable)
    passed = []
    for step in range(network.step, there):
        if step >= first:
            passed.append(network.document if step == network.step else walk.written())
        walk.take(step)
    return replace(network, document=walk.written(), cursor=0, step=there, first=first, passed=tuple(passed))


class _Walk:
    """Consecutive training steps, each with the result of its trace."""

    def __init__(self, document: NetworkDocument) -> None:
        self._begin(document)

    @property
    def cost(self) -> int:
        """The numbers of one training step."""
        return self._experiment.size + self._experiment.remembered

    @property
    def keepable(self) -> int:
        """How many starts of earlier training steps may be kept: one at least."""
        kept: int = min(limits.MAX_KEPT_STEPS, max(limits.MAX_KEPT_BYTES // self._moving.longest, 1))
        return kept

    def written(self) -> bytes:
        """The current document."""
        return self._moving.plain(self._moving.written())

    def take(self, step: int) -> None:
        """Run a training step; `number` is for error messages."""
        _, where = self._advance.step()
        if where is not None:
            # An intermediate number is not finite. The update may still be, for example behind a sigmoid.
            document = NetworkDocument.model_validate_json(self.written())
            recorded = build(document).trace()
            check_update(recorded, step)
            after = filled(document, recorded, updated=True)
            self._begin(NetworkDocument.model_validate_json(to_json(after)))
        elif (batch := self._moving.next_batch()) is not None:
            self._advance.feed(*batch)

    def _begin(self, document: NetworkDocument) -> None:
        self._experiment = of = build(document)
        self._moving = MovingDocument(document, of)
        self._advance = Advance(of.model, of.loss, of.optimizer, of.x, of.y)


def check_update(recorded: Trace, step: int) -> None:
    """Raise a 409 Problem if the updated numbers of a training step cannot be stored."""
    for layer in recorded.layers:
        made = [after for _, after in layer.running_state.values()]
        for parameter in layer.parameters.values():
            made += [parameter.next, *parameter.next_state.values()]
        if not all(Backend.isfinite(numbers).all() for numbers in made):
            _check_division(recorded, layer, step)
            detail = (
                f"The update of training step {step} would produce numbers that are not finite, so it was not applied; "
                "lower the learning rate."
            )
            raise Problem(409, detail, key="not_finite")
        if any(isinstance(after, int) and after > limits.MAX_PASSES for after in made):
            raise _no_more_passes(layer.layer.name)


def _check_division(recorded: Trace, layer: LayerTrace, step: int) -> None:
    """Raise a 409 Problem that names the parameter if an update divides 0 by 0."""
    for name, of in layer.parameters.items():
        zero = recorded.optimizer.divided_by_zero(of.next_state)
        if zero is not None and Backend.isnan(of.next[zero]).any():
            ref = f"{layer.layer.name}.{name}[{','.join(map(str, Backend.argwhere(zero)[0]))}]"
            detail = (
                f"Training step {step} would divide 0 by 0, so it was not taken: all gradients of {ref} so far are "
                "0, and epsilon is 0 too; with epsilon above 0, such as 1e-8, it can be."
            )
            raise Problem(409, detail, key="zero_by_zero", values={"ref": ref})


def _no_more_passes(name: str | None) -> Problem:
    return Problem(409, f"'{name}' has reached the largest number of passes; PATCH its passes to 0.", key="order")
