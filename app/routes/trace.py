"""One training step of the document in the body: everything computed, nothing kept."""

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from starlette.concurrency import run_in_threadpool

from app.answers.tensors import Encoding
from app.answers.trace import trace_answer
from app.documents import build
from app.fitting import fit, working
from app.problems import Problem
from app.routes.large import LargeBodyRoute
from app.routes.responses import BODY_PROBLEMS, json_response
from app.routes.work import work_out
from app.schemas.document import NetworkDocument
from app.schemas.requests import Edited
from app.schemas.trace import TraceAnswer

router = APIRouter(prefix="/api", tags=["stateless"], route_class=LargeBodyRoute)

Sample = Annotated[
    int, Query(ge=0, description="The sample, counted from 0, that nodes and edges show, and sampled tensors have.")
]
Graph = Annotated[bool, Query(description="Whether the answer has nodes and edges: every unit, weight and bias.")]
Encoded = Annotated[Encoding, Query(description="How large tensors are written: as nested lists, or in base64.")]


@router.post("/trace", response_model=None, responses={200: {"model": TraceAnswer}, **BODY_PROBLEMS})
async def trace(
    document: NetworkDocument,
    sample: Sample = 0,
    edited: Edited = None,
    graph: Graph = False,
    encoding: Encoded = "json",
) -> Response:
    """Trace one training step: every value, every gradient, every parameter before and after the update."""
    changes: list[dict[str, Any]] = []
    experiment = working(document, edited) if edited else build(document)
    if experiment is None:
        document, changes = await run_in_threadpool(fit, document, edited or [])
        experiment = build(document)
    if edited:
        sample = min(sample, len(document.rows.x) - 1)
    check_sample(sample, document)
    work = partial(trace_answer, document, sample=sample, fitted=changes, with_graph=graph, encoding=encoding)
    return json_response(await work_out(experiment, lambda: work(experiment.trace())))


def check_sample(sample: int, document: NetworkDocument) -> None:
    """Raise a Problem where the batch has no such sample."""
    if sample >= len(document.rows.x):
        told = f"sample: the batch has {len(document.rows.x)} samples, counted from 0; take a smaller number."
        raise Problem(422, told, ("sample",), key="no_such_sample")
