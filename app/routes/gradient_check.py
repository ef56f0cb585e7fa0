"""Gradient checks: every derivative of a training step, computed in two more ways."""

from typing import Any, NamedTuple

import orjson
from fastapi import APIRouter, Response

from app import limits
from app.answers.gradient_check import error_curve_answer, gradient_check_answer
from app.documents import Experiment
from app.problems import Problem, check_limit
from app.routes.documents import DOCUMENT_PROBLEMS, Asking, DocumentRoute
from app.routes.responses import json_response
from app.schemas.checks import (
    ErrorCurveAnswer,
    ErrorCurveRequest,
    GradientCheckAnswer,
    GradientCheckRequest,
    SampleRequest,
)
from app.suggestions import suggestion
from app.work.cost import check_cost_of
from tinyml.core import RefError
from tinyml.gradient_check import (
    Sample,
    UnmovableError,
    check_cost,
    epsilons,
    error_curve,
    gradient_check,
    movable_count,
)

router = APIRouter(prefix="/api/gradient-check", tags=["stateless"], route_class=DocumentRoute)


@router.post("", response_model=None, responses={200: {"model": GradientCheckAnswer}, **DOCUMENT_PROBLEMS})
async def check_gradients(request: GradientCheckRequest, documents: Asking) -> Response:
    """Check every derivative, chosen ones, or a sample: by the backward pass, by the losses on both sides, and by the
    complex step if all layers and the loss allow it.
    """
    known = documents.known(request.document, "document")
    wish = Wish(request.refs, request.inputs, request.layer, request.sample, request.objective)
    plan = planned(known.experiment, wish, IN_BODY)

    def work() -> bytes:
        known.trace()  # gives the document its hash
        with known.network() as experiment:
            return checked(experiment, request.epsilon, request.tolerance, wish, plan, IN_BODY)

    return json_response(await documents.do(check_cost_of(known.size, plan.cost, plan.numbers), work))


@router.post("/curve", response_model=None, responses={200: {"model": ErrorCurveAnswer}, **DOCUMENT_PROBLEMS})
async def curve_of_errors(request: ErrorCurveRequest, documents: Asking) -> Response:
    """Check one derivative with every ε from 1e-1 to 1e-12: the V of truncation and rounding."""
    known = documents.known(request.document, "document")
    points = len(epsilons(request.per_decade))
    cost = check_cost_of(known.size, _cost(known.experiment, points, "document"), points)

    def work() -> bytes:
        known.trace()  # gives the document its hash
        with known.network() as experiment:
            parts = experiment.model, experiment.loss, experiment.x, experiment.y
            penalty = experiment.optimizer.penalty if request.objective else None
            return orjson.dumps(error_curve_answer(error_curve(*parts, request.ref, request.per_decade, penalty)))

    try:
        return json_response(await documents.do(cost, work))
    except RefError as error:
        raise Problem(422, f"ref: {error}", ("ref",), key="no_such_number") from error


class Wish(NamedTuple):
    """Which numbers a request selects, and of what, as in `GradientCheckRequest`."""

    refs: list[str] | None
    inputs: bool
    layer: str | None = None
    sample: SampleRequest | None = None
    objective: bool = False


class Plan(NamedTuple):
    """The cost of a check, the number of requested numbers, and the sample of them that is checked; None if all are."""

    cost: int
    total: int
    sample: Sample | None = None

    @property
    def numbers(self) -> int:
        """How many numbers are checked."""
        return self.total if self.sample is None else self.sample.count


class Fields(NamedTuple):
    """The location of each part of a wish in a request, for problems."""

    everything: str
    refs: str
    sample: tuple[str, ...]
    size: tuple[str, ...]


IN_BODY = Fields("document", "refs", ("sample",), ("sample", "count"))
IN_QUERY = Fields("ref", "ref", ("seed",), ("count",))


def planned(experiment: Experiment, wish: Wish, fields: Fields) -> Plan:
    """Plan a check before anything is computed. Raises a LimitProblem if it exceeds the limits of one request, and a
    Problem if the wish does not fit the network or contradicts itself.
    """
    refs, inputs, layer, sample, _ = wish
    if refs is not None:
        check_limit("MAX_CHECKED_REFS", len(refs), (fields.refs,))
        for other, where in ((layer, ("layer",)), (sample, fields.sample)):
            if other is not None:
                message = f"{where[0]}: the refs already choose what is checked; leave out one of the two."
                raise Problem(422, message, where, key="field")
        return Plan(_cost(experiment, len(refs), fields.refs), len(refs))
    if layer is not None:
        _check_layer(experiment, layer)
    total = movable_count(experiment.model, experiment.x.shape, inputs, layer)
    if sample is None:
        check_limit("MAX_CHECKED_NUMBERS", total, (fields.everything,))
        return Plan(_cost(experiment, total, fields.everything), total)
    of_one = check_cost(experiment.model, experiment.x.shape, 1)
    # At least one number; if even that costs too much, the limit rejects it.
    allowed = max(1, min(limits.MAX_CHECKED_NUMBERS, limits.MAX_CHECK_WORK // of_one))
    count = min(total, allowed if sample.count is None else sample.count)
    cost = _cost(experiment, count, *((fields.everything,) if sample.count is None else fields.size))
    return Plan(cost, total, Sample(count, sample.seed) if count < total else None)


def _check_layer(experiment: Experiment, layer: str) -> None:
    """Raise a Problem if no layer of that name has parameters; `x` means the inputs."""
    owners = [one.name for one in experiment.model.layers if one.parameters()] + ["x"]
    if layer in owners:
        return
    meant = suggestion(layer, owners)
    advice = f"; {meant}" if meant else ""
    members: dict[str, Any] = {"suggestion": meant.name} if meant else {}
    raise Problem(
        422,
        f"layer: no layer of that name has parameters to check{advice} Those that can be checked: {', '.join(owners)}.",
        ("layer",),
        key="unknown",
        values={"what": "name"},
        **members,
    )


def checked(experiment: Experiment, epsilon: float, tolerance: float, wish: Wish, plan: Plan, fields: Fields) -> bytes:
    """The check as JSON. Raises a Problem that points to a ref that names no parameter or input."""
    parts = experiment.model, experiment.loss, experiment.x, experiment.y
    try:
        check = gradient_check(
            *parts,
            epsilon,
            inputs=wish.inputs,
            refs=wish.refs,
            layer=wish.layer,
            sample=plan.sample,
            tolerance=tolerance,
            complex_step=True,
            penalty=experiment.optimizer.penalty if wish.objective else None,
        )
    except UnmovableError as error:
        where = fields.refs, error.position
        raise Problem(422, f"{where[0]}[{where[1]}]: {error}", where, key="no_such_number") from error
    return orjson.dumps(gradient_check_answer(check, plan.total, plan.sample))


def _cost(experiment: Experiment, numbers: int, *where: str) -> int:
    cost = check_cost(experiment.model, experiment.x.shape, numbers)
    check_limit("MAX_CHECK_WORK", cost, where)
    return cost
