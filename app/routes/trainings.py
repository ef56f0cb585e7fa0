"""Trainings of stored networks: begin one, watch it, pause it, end it, and open any of its steps."""

from collections.abc import AsyncIterator
from math import ceil
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from app.guests import session_of
from app.problems import Problem, check_limit
from app.routes.responses import BODY_PROBLEMS, DescribedRoute, json_response, problems
from app.routes.stored import Store, found, missing
from app.schemas.trainings import MomentAnswer, PointsAnswer, TrainingAnswer, TrainingPatch, TrainingRequest
from app.store.keys import hashed, new_key
from app.trainings.jobs import Order, Watching
from app.trainings.live import Live
from app.trainings.records import end_of
from app.trainings.trainings import Trainings

router = APIRouter(prefix="/api/networks/{id}/trainings", tags=["trainings"], route_class=DescribedRoute)

LOCATION = {"Location": {"description": "The training's address.", "schema": {"type": "string"}}}
# As is usual before OpenAPI 3.2, the schema is that of each event.
EVENT = {
    "type": "object",
    "properties": {
        "id": {"type": "string", "pattern": "^[0-9]+$"},
        "event": {"enum": ["state", "frame"]},
        "data": {"type": "string", "contentMediaType": "application/json"},
    },
    "required": ["id", "event", "data"],
}
STREAM: dict[int | str, dict[str, Any]] = {
    200: {"description": "Server-sent events.", "content": {"text/event-stream": {"schema": EVENT}}}
}
# Seconds between two looks whether the server is being stopped, and after which a silent stream has a heart-beat.
LOOK_EVERY = 0.5
HEART_BEAT = 5.0
MOST = 1e15  # a number far beyond a limit is not reported exactly


def the_trainings(request: Request) -> Trainings:
    """The trainings of this server. Raises a 503 Problem where other processes answer requests too."""
    trainings: Trainings | None = getattr(request.app.state, "trainings", None)
    if trainings is None:
        raise Problem(
            503,
            "This service runs in several processes, and trainings need one; start it with --workers 1.",
            key="busy",
        )
    return trainings


Running = Annotated[Trainings, Depends(the_trainings)]
Surface = Annotated[int, Query(ge=0, description="Points along each axis of the decision surface; 0 for none.")]
Hidden = Annotated[bool, Query(description="Whether the surface has the outputs of all layers.")]
Histograms = Annotated[bool, Query(description="Whether frames have histograms of all numbers, by layer.")]
Rate = Annotated[float, Query(gt=0, description="Frames a second, at most.")]


@router.post(
    "",
    response_model=None,
    status_code=202,
    responses={202: {"model": TrainingAnswer, "headers": LOCATION}, **BODY_PROBLEMS, **problems(404, 429, 503)},
)
async def begin(id: str, body: TrainingRequest, request: Request, store: Store, trainings: Running) -> Response:
    """Begin a training of the network as it is now. Every checkpoint is stored as the network, unless that was changed
    meanwhile: then as a new one, the `branch`.
    """
    network = found(await run_in_threadpool(store.get, id))
    if network.id != hashed(id):
        raise missing()  # an address that only reads
    _check_speed(body.speed)
    ends = body.until.model_dump(exclude_none=True)
    order = Order(new_key(), network.document, end_of(ends), body.speed, body.paused, body.steps)
    live = await trainings.begin(id, network, order, ends, session_of(request))
    response = _answer(live, id, 202)
    response.headers["Location"] = f"/api/networks/{id}/trainings/{live.name}"
    return response


@router.get("", response_model=None, responses={200: {"model": list[TrainingAnswer]}, **problems(404, 503)})
async def listed(id: str, store: Store, trainings: Running) -> Response:
    """List the trainings of the network that run or have run lately."""
    found(await run_in_threadpool(store.get, id))
    return json_response(orjson.dumps([live.answer(id) for live in await trainings.of(id)]))


@router.get("/{training}", response_model=None, responses={200: {"model": TrainingAnswer}, **problems(404, 503)})
async def read(id: str, training: str, trainings: Running) -> Response:
    """Return how far a training is."""
    return _answer(await trainings.find(id, training), id)


@router.patch(
    "/{training}",
    response_model=None,
    responses={200: {"model": TrainingAnswer}, **BODY_PROBLEMS, **problems(404, 409, 503)},
)
async def adjust(id: str, training: str, body: TrainingPatch, trainings: Running) -> Response:
    """Pause a training or let it go on, also for some steps only, and set its speed."""
    live = await trainings.find(id, training, to_edit=True)
    _check_speed(body.speed)
    speed = body.speed if "speed" in body.model_fields_set else live.speed
    trainings.adjust(live, None if body.state is None else body.state == "paused", speed, body.steps)
    return _answer(live, id)


@router.delete("/{training}", response_model=None, responses={200: {"model": TrainingAnswer}, **problems(404, 503)})
async def cancel(id: str, training: str, trainings: Running) -> Response:
    """End a training. The network keeps the steps that were taken."""
    live = await trainings.find(id, training, to_edit=True)
    await trainings.cancel(live)
    return _answer(live, id)


@router.get(
    "/{training}/at/{step}",
    response_model=None,
    responses={200: {"model": MomentAnswer}, **problems(404, 409, 422, 503)},
)
async def at(
    id: str,
    training: str,
    step: Annotated[int, Path(ge=0)],
    trainings: Running,
    numbers: Annotated[bool, Query(description="Whether to measure the network as it was then.")] = False,
    surface: Surface = 0,
    hidden: Hidden = False,
) -> Response:
    """Return the document after so many steps of a training: the very training step that followed. With `numbers` also
    what a frame of that moment would have.
    """
    check_limit("MAX_SURFACE", surface, ("surface",))
    watching = Watching(surface=surface, hidden=hidden) if numbers else None
    return json_response(await trainings.at(await trainings.find(id, training), step, watching))


@router.get(
    "/{training}/points",
    response_model=None,
    responses={200: {"model": PointsAnswer | None}, **problems(404, 503)},
)
async def points(id: str, training: str, trainings: Running) -> Response:
    """Return the rows of the data as points of the plane; null unless the network has two inputs."""
    return json_response(await trainings.points(await trainings.find(id, training)))


@router.get("/{training}/events", response_model=None, responses={**STREAM, **problems(404, 422, 503)})
async def events(
    id: str,
    training: str,
    request: Request,
    trainings: Running,
    rate: Rate = 10.0,
    surface: Surface = 0,
    hidden: Hidden = False,
    histograms: Histograms = False,
    last_event_id: Annotated[str | None, Header(description="The last event that was read.")] = None,
) -> Response:
    """Follow a training: server-sent events `frame` with numbers, and `state` when its state changes, the last of them
    at its end. A reader that is too slow gets only the newest frame, with the losses of those before.
    """
    live = await trainings.find(id, training)
    check_limit("MAX_SURFACE", surface, ("surface",))
    check_limit("MAX_FRAME_RATE", ceil(rate), ("rate",))
    after = int(last_event_id) if last_event_id is not None and last_event_id.isdecimal() else 0
    watching = Watching(rate, surface, hidden, histograms)
    stream = _stream(request, trainings, live, watching, after, edits=id == live.key)
    if request.scope.get("without_body"):
        await stream.aclose()  # type: ignore[attr-defined]  # an asynchronous generator
        return Response(media_type="text/event-stream")
    return StreamingResponse(stream, media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


async def _stream(
    request: Request, trainings: Trainings, live: Live, watching: Watching, after: int, *, edits: bool
) -> AsyncIterator[bytes]:
    silent = 0.0
    with trainings.reading(live, watching):
        while not getattr(request.app.state, "stopping", False):
            for number, event in live.log.after(after, edits=edits):
                after, silent = number, 0.0
                yield event
            if live.over and not live.storing and not live.log.after(after, edits=edits):
                return
            if not await live.log.changed(LOOK_EVERY):
                silent += LOOK_EVERY
                if silent >= HEART_BEAT:
                    silent = 0.0
                    yield b": heart-beat\n\n"


def _check_speed(speed: float | None) -> None:
    """Raise a LimitProblem for a speed that is no number of steps to watch or to wait for."""
    if speed is not None:
        check_limit("MAX_TRAINING_SPEED", ceil(min(speed, MOST)), ("speed",))
        check_limit("MAX_TRAINING_PAUSE", ceil(min(1 / speed, MOST)), ("speed",))


def _answer(live: Live, key: str, status: int = 200) -> Response:
    return json_response(orjson.dumps(live.answer(key)), status)
