"""One training step of the document in the body: everything computed, nothing kept."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from starlette.concurrency import run_in_threadpool

from app.answers.trace import trace_answer
from app.documents import build
from app.fitting import Fitted, fit
from app.problems import Problem
from app.routes.responses import BODY_PROBLEMS, json_response
from app.routes.work import work_out
from app.schemas.answers import TraceAnswer
from app.schemas.document import NetworkDocument
from app.schemas.requests import Edited

router = APIRouter(prefix="/api", tags=["stateless"])

Sample = Annotated[int, Query(ge=0, description="The sample, counted from 0, that nodes and edges show.")]


@router.post("/trace", response_model=None, responses={200: {"model": TraceAnswer}, **BODY_PROBLEMS})
async def trace(document: NetworkDocument, sample: Sample = 0, edited: Edited = None) -> Response:
    """Trace one training step: every value, every gradient, every parameter before and after the update."""
    made = Fitted(document, [])
    if edited:
        made = await run_in_threadpool(fit, document, edited)
        sample = min(sample, len(made.document.x) - 1)
    own = made.document
    check_sample(sample, own)
    experiment = build(own)
    return json_response(
        await work_out(experiment, lambda: trace_answer(own, experiment.trace(), sample, fitted=made.changes))
    )


def check_sample(sample: int, document: NetworkDocument) -> None:
    """Raise a Problem where the batch has no such sample."""
    if sample >= len(document.x):
        raise Problem(
            422, f"sample: the batch has {len(document.x)} samples, counted from 0; take a smaller number.", ("sample",)
        )
