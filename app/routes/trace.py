"""One training step of the document in the body: everything computed, nothing kept."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.answers.trace import trace_answer
from app.documents import build
from app.problems import Problem
from app.routes.responses import BODY_PROBLEMS, json_response
from app.routes.work import work_out
from app.schemas.answers import TraceAnswer
from app.schemas.document import NetworkDocument

router = APIRouter(prefix="/api", tags=["stateless"])

Sample = Annotated[int, Query(ge=0, description="The sample, counted from 0, that nodes and edges show.")]


@router.post("/trace", response_model=None, responses={200: {"model": TraceAnswer}, **BODY_PROBLEMS})
async def trace(document: NetworkDocument, sample: Sample = 0) -> Response:
    """Trace one training step: every value, every gradient, every parameter before and after the update."""
    check_sample(sample, document)
    experiment = build(document)
    return json_response(await work_out(experiment, lambda: trace_answer(document, experiment.trace(), sample)))


def check_sample(sample: int, document: NetworkDocument) -> None:
    """Raise a Problem where the batch has no such sample."""
    if sample >= len(document.x):
        raise Problem(
            422, f"sample: the batch has {len(document.x)} samples, counted from 0; take a smaller number.", ("sample",)
        )
