"""Stored networks: create, read, change, step through, delete."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from app.answers.trace import trace_answer
from app.guests import Guest
from app.keeping import day_of_today
from app.problems import Problem
from app.routes.documents import Lately, Working
from app.routes.gradient_check import IN_QUERY, Wish, checked, planned
from app.routes.large import LargeBodyRoute
from app.routes.repeating import Repeatable, created
from app.routes.responses import BODY_PROBLEMS, json_response, problems
from app.routes.stored import Change, Changing, IfMatch, Store, check_match, found, missing, network_answer
from app.routes.trace import Encoded, Graph, Sample, check_sample
from app.schemas.answers import NetworkAnswer
from app.schemas.base import SeedNumber
from app.schemas.checks import Epsilon, GradientCheckAnswer, SampleCount, SampleRequest, Tolerance
from app.schemas.document import NetworkDocument
from app.schemas.requests import NetworkPatch, Ref, StepRequest
from app.schemas.trace import TraceAnswer
from app.sizes import TooLargeError
from app.store import Owner
from app.training import Move, Pass, TrainingStep, new_document, patch, run_pass
from app.work import Elsewhere
from app.work.cost import check_cost_of, trace_cost
from tinyml.gradient_check import DEFAULT_EPSILON, TOLERANCE

router = APIRouter(prefix="/api/networks", tags=["networks"], route_class=LargeBodyRoute)

LOCATION = {"Location": {"description": "The network's address.", "schema": {"type": "string"}}}
ETAG = {"ETag": {"description": "The version, for If-Match.", "schema": {"type": "string"}}}
ANSWER: dict[int | str, dict[str, Any]] = {200: {"model": NetworkAnswer, "headers": ETAG}}
PATCH_SCHEMA = {"$ref": f"#/components/schemas/{NetworkPatch.__name__}"}
CHANGE_PROBLEMS = problems(404, 409, 412, 413, 422, 428, 429, 503, 507)


@router.post(
    "",
    response_model=None,
    status_code=201,
    responses={201: {"model": NetworkAnswer, "headers": ETAG | LOCATION}, **BODY_PROBLEMS, **problems(429, 503, 507)},
)
def create(
    document: NetworkDocument, request: Request, store: Store, lately: Lately, repeatable: Repeatable, guest: Guest
) -> Response:
    """Store a network. Its addresses cannot be guessed: that in `Location` edits it, that with `view` only reads it.
    Where networks that are not used are deleted, `kept_days` says after how many days.
    """
    owner = Owner(guest, day_of_today()) if guest else None
    try:
        key, network = created(store, repeatable, lambda: new_document(document, lately.most), owner)
    except TooLargeError:
        raise Elsewhere from None
    response = network_answer(key, found(network), lately, 201, request.app.state.settings.keep_days or None)
    response.headers["Location"] = f"/api/networks/{key}"
    return response


@router.get("/{id}", response_model=None, responses={**ANSWER, **problems(404, 409, 503)})
def read(id: str, store: Store, lately: Lately) -> Response:
    """Return the network as it is now."""
    return network_answer(id, found(store.get(id)), lately)


@router.patch(
    "/{id}",
    response_model=None,
    responses={**ANSWER, **BODY_PROBLEMS, **CHANGE_PROBLEMS},
    openapi_extra={"requestBody": {"content": {"application/merge-patch+json": {"schema": PATCH_SCHEMA}}}},
)
async def change(id: str, request: NetworkPatch, changing: Changing) -> Response:
    """Change the document by a merge patch (RFC 7396). A new training begins with the present weights, at the start of
    training step 1.
    """
    return await changing.answer(id, lambda network, at: patch(network, at, request, changing.lately))


@router.delete("/{id}", response_model=None, status_code=204, responses=problems(404, 412, 413, 428, 503, 507))
def delete(id: str, store: Store, if_match: IfMatch) -> Response:
    """Forget the network."""
    if not store.delete(id, lambda network: check_match(network, if_match)):
        raise missing()
    return Response(status_code=204)


@router.post("/{id}/forward", response_model=None, responses={**ANSWER, **CHANGE_PROBLEMS})
async def forward(id: str, changing: Changing) -> Response:
    """Run the forward pass. After an update it begins the next training step."""
    return await _run(changing, id, "forward")


@router.post("/{id}/backward", response_model=None, responses={**ANSWER, **CHANGE_PROBLEMS})
async def backward(id: str, changing: Changing) -> Response:
    """Compute the loss and run the backward pass."""
    return await _run(changing, id, "backward")


@router.post("/{id}/update", response_model=None, responses={**ANSWER, **CHANGE_PROBLEMS})
async def update(id: str, changing: Changing) -> Response:
    """Update the parameters; the document has the new ones."""
    return await _run(changing, id, "update")


@router.post("/{id}/step", response_model=None, responses={**ANSWER, **BODY_PROBLEMS, **CHANGE_PROBLEMS})
async def step(id: str, request: StepRequest, changing: Changing) -> Response:
    """Move the cursor forward or back, across training steps if necessary. Going back across an update restores the
    weights and all other state to the last bit, as long as the start of that training step is kept; the cursor stops at
    the earliest kept start, and `clamped` is true.
    """
    return await changing.answer(id, Move(request, changing.store, changing.lately, changing.place))


@router.get(
    "/{id}/trace", response_model=None, responses={200: {"model": TraceAnswer}, **problems(404, 409, 422, 429, 503)}
)
def trace(
    id: str,
    store: Store,
    lately: Lately,
    place: Working,
    sample: Sample = 0,
    graph: Graph = False,
    encoding: Encoded = "json",
) -> Response:
    """Return the trace of the training step up to the cursor; its document is the one at the start of the step."""
    network = found(store.get(id))
    training = TrainingStep.of(network, lately)
    check_sample(sample, training.document)
    place.admit(trace_cost(training.known.experiment, encoding == "base64", products=False), Elsewhere())
    return json_response(
        trace_answer(
            training.known, sample, training.cursor, step=network.step, with_graph=graph, encoding=encoding
        )
    )  # fmt: skip


@router.get(
    "/{id}/gradient-check",
    response_model=None,
    responses={200: {"model": GradientCheckAnswer}, **problems(404, 409, 422, 429, 503)},
)
def gradient_check(
    id: str,
    store: Store,
    lately: Lately,
    place: Working,
    epsilon: Annotated[Epsilon, Query(description="How far each number is moved.")] = DEFAULT_EPSILON,
    tolerance: Annotated[
        Tolerance, Query(description="The relative accuracy to which a derivative must be known.")
    ] = TOLERANCE,
    ref: Annotated[
        list[Ref] | None, Query(description="The ref of a number to check; by default all are checked.")
    ] = None,
    inputs: Annotated[bool, Query(description="Whether to check the inputs too, if everything is checked.")] = True,
    layer: Annotated[Ref | None, Query(description="The only layer to check, or x for the inputs.")] = None,
    seed: Annotated[
        SeedNumber | None, Query(description="The seed from which a sample of the numbers is drawn.")
    ] = None,
    count: Annotated[SampleCount | None, Query(description="The size of the sample; requires a seed.")] = None,
    objective: Annotated[
        bool, Query(description="Whether to check the derivatives of the objective, the loss with the penalty.")
    ] = False,
) -> Response:
    """Check the derivatives of the training step that the network is in, with the weights of its beginning: all, chosen
    ones, those of a layer, or a sample.
    """
    if count is not None and seed is None:
        raise Problem(422, "count: a sample requires a seed; add seed=0.", ("seed",), key="field")
    known = TrainingStep.of(found(store.get(id)), lately).known
    sample = None if seed is None else SampleRequest(seed=seed, count=count)
    wish = Wish(ref, inputs, layer, sample, objective)
    plan = planned(known.experiment, wish, IN_QUERY)
    place.admit(check_cost_of(known.size, plan.cost, plan.numbers), Elsewhere())
    with known.network() as experiment:
        return json_response(checked(experiment, epsilon, tolerance, wish, plan, IN_QUERY))


async def _run(changing: Change, id: str, due: Pass) -> Response:
    return await changing.answer(id, lambda network, at: run_pass(network, at, due, changing.place))
