"""The steps of a training step in order, of a document or of a stored network."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app import limits
from app.answers.steps import steps_answer
from app.problems import LimitProblem
from app.routes.documents import DOCUMENT_PROBLEMS, Asking, DocumentRoute, Lately
from app.routes.responses import json_response, problems
from app.routes.stored import Store, found
from app.routes.trace import Sample, check_sample
from app.schemas.requests import Language
from app.schemas.steps import DEFAULT_LIMIT, First, Grain, StepsAnswer, StepsRequest
from app.training import TrainingStep
from app.work.cost import listed_cost

router = APIRouter(prefix="/api", route_class=DocumentRoute)


@router.post(
    "/steps", tags=["stateless"], response_model=None, responses={200: {"model": StepsAnswer}, **DOCUMENT_PROBLEMS}
)
async def steps(request: StepsRequest, documents: Asking) -> Response:
    """Return the steps of the document's training step, of one grain, in order: a title, a sentence and the numbers of
    each. Beyond the last the list is empty.
    """
    known = documents.known(request.document, "document")
    check_sample(request.sample, known.document)

    def work() -> bytes:
        return steps_answer(known.trace(), request.by, request.first, request.limit, request.sample, request.language)

    return json_response(await documents.do(listed_cost(known.size, request.limit), work))


@router.get(
    "/networks/{id}/steps",
    tags=["networks"],
    response_model=None,
    responses={200: {"model": StepsAnswer}, **problems(404, 409, 422, 429, 503)},
)
def steps_of_network(
    id: str,
    store: Store,
    lately: Lately,
    by: Annotated[Grain, Query(description="The grain: how large the steps are.")] = "node",
    first: Annotated[First, Query(alias="from", description="The first step to list, counted from 0.")] = 0,
    limit: Annotated[int, Query(ge=1, description="The largest number of steps to list.")] = DEFAULT_LIMIT,
    sample: Sample = 0,
    language: Annotated[Language, Query(description="The language of titles and sentences.")] = "en",
) -> Response:
    """Return the steps of the training step that the network is in, whether the cursor has reached them or not."""
    if limit > limits.MAX_STEPS_LISTED:
        raise LimitProblem("MAX_STEPS_LISTED", limit, ("limit",))
    training = TrainingStep.of(found(store.get(id)), lately)
    check_sample(sample, training.document)
    return json_response(steps_answer(training.recorded, by, first, limit, sample, language, training.cursor))
