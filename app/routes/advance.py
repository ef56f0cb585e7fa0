"""Many training steps of the document in the body. Nothing is stored."""

from functools import partial

from fastapi import APIRouter, Request, Response

from app.advance import Run
from app.routes.documents import DOCUMENT_PROBLEMS, Asking, DocumentRoute
from app.routes.responses import json_response
from app.schemas.advance import AdvanceAnswer, AdvanceRequest
from app.work.cost import advance_cost

router = APIRouter(prefix="/api", tags=["stateless"], route_class=DocumentRoute)

# Seconds after which a run checks whether its client is still connected, and lets other work use its thread.
SLICE = 0.1


@router.post("/advance", response_model=None, responses={200: {"model": AdvanceAnswer}, **DOCUMENT_PROBLEMS})
async def advance(body: AdvanceRequest, request: Request, documents: Asking) -> Response:
    """Run the requested number of training steps: returns the document after them, the loss before each update and
    after the last, and the hash of the document at the start of each. A step whose numbers are not all finite is not
    taken, and ends the run. A client that disconnects ends it too.
    """
    known = documents.known(body.document, "document")
    run = Run(body, known)
    cost = advance_cost(known.size, known.experiment.remembered, body.steps, run.longest_documents)
    await documents.do(cost, known.trace)  # gives the document its hash
    while not run.finished:
        await documents.do(cost, partial(run.work, SLICE))
        if await request.is_disconnected():
            break  # no client reads the answer
    return json_response(await documents.do(cost, run.answer))
