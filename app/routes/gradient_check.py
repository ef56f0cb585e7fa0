"""Every derivative of the document's training step a second and a third time."""

import orjson
from fastapi import APIRouter, Response

from app.answers.gradient_check import error_curve_answer, gradient_check_answer
from app.documents import Experiment, build
from app.problems import Problem, check_limit
from app.routes.large import LargeBodyRoute
from app.routes.responses import BODY_PROBLEMS, json_response
from app.routes.work import work_out_check
from app.schemas.checks import ErrorCurveAnswer, ErrorCurveRequest, GradientCheckAnswer, GradientCheckRequest
from app.schemas.document import NetworkDocument
from tinyml.core import RefError
from tinyml.gradient_check import UnmovableError, check_cost, epsilons, error_curve, gradient_check, movable_count

router = APIRouter(prefix="/api/gradient-check", tags=["stateless"], route_class=LargeBodyRoute)


@router.post("", response_model=None, responses={200: {"model": GradientCheckAnswer}, **BODY_PROBLEMS})
async def check_gradients(request: GradientCheckRequest) -> Response:
    """Check every derivative, or chosen ones: by the backward pass, by the losses to both sides, and by the complex
    step where all layers and the loss allow it.
    """
    experiment = _built(request.document)
    cost = checked_cost(experiment, request.refs, request.inputs, "document" if request.refs is None else "refs")

    def work() -> bytes:
        return checked(experiment, request.epsilon, request.tolerance, request.refs, request.inputs, "refs")

    return json_response(await work_out_check(experiment, cost, work))


@router.post("/curve", response_model=None, responses={200: {"model": ErrorCurveAnswer}, **BODY_PROBLEMS})
async def curve_of_errors(request: ErrorCurveRequest) -> Response:
    """Check one derivative with every ε from 1e-1 to 1e-12: the V of truncation and rounding."""
    experiment = _built(request.document)
    cost = _cost(experiment, len(epsilons(request.per_decade)), "document")

    def work() -> bytes:
        parts = experiment.model, experiment.loss, experiment.x, experiment.y
        return orjson.dumps(error_curve_answer(error_curve(*parts, request.ref, request.per_decade)))

    try:
        return json_response(await work_out_check(experiment, cost, work))
    except RefError as error:
        raise Problem(422, f"ref: {error}", ("ref",), key="no_such_number") from error


def checked_cost(experiment: Experiment, refs: list[str] | None, inputs: bool, where: str) -> int:
    """What a check costs. Raises a LimitProblem at `where` if that is more than one request may ask for."""
    if refs is None:
        numbers = movable_count(experiment.model, experiment.x.shape, inputs)
        check_limit("MAX_CHECKED_NUMBERS", numbers, (where,))
    else:
        numbers = len(refs)
        check_limit("MAX_CHECKED_REFS", numbers, (where,))
    return _cost(experiment, numbers, where)


def checked(
    experiment: Experiment, epsilon: float, tolerance: float, refs: list[str] | None, inputs: bool, where: str
) -> bytes:
    """The check as JSON. Raises a Problem that points into `where` for a ref that names nothing that can be moved."""
    parts = experiment.model, experiment.loss, experiment.x, experiment.y
    try:
        check = gradient_check(*parts, epsilon, inputs=inputs, refs=refs, tolerance=tolerance, complex_step=True)
    except UnmovableError as error:
        raise Problem(
            422, f"{where}[{error.position}]: {error}", (where, error.position), key="no_such_number"
        ) from error
    return orjson.dumps(gradient_check_answer(check))


def _built(document: NetworkDocument) -> Experiment:
    try:
        return build(document)
    except Problem as problem:
        raise problem.within("document") from problem


def _cost(experiment: Experiment, numbers: int, where: str) -> int:
    cost = check_cost(experiment.model, experiment.x.shape, numbers)
    check_limit("MAX_CHECK_WORK", cost, (where,))
    return cost
