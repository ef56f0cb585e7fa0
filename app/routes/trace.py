"""One training step of the document in the body, everything computed."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.answers.tensors import Encoding
from app.answers.trace import trace_answer
from app.problems import Problem
from app.routes.documents import DOCUMENT_PROBLEMS, Asking, DocumentRoute
from app.routes.responses import json_response
from app.schemas.document import NetworkDocument
from app.schemas.known import Asked
from app.schemas.requests import Edited
from app.schemas.trace import TraceAnswer
from app.work.cost import trace_cost

router = APIRouter(prefix="/api", tags=["stateless"], route_class=DocumentRoute)

Sample = Annotated[
    int, Query(ge=0, description="The sample of nodes and edges, and of sampled tensors, counted from 0.")
]
Graph = Annotated[bool, Query(description="Whether the answer has nodes and edges: every unit, weight and bias.")]
Encoded = Annotated[Encoding, Query(description="How large tensors are written: as nested lists, or in base64.")]


@router.post("/trace", response_model=None, responses={200: {"model": TraceAnswer}, **DOCUMENT_PROBLEMS})
async def trace(
    document: Asked,
    documents: Asking,
    sample: Sample = 0,
    edited: Edited = None,
    graph: Graph = False,
    products: Annotated[bool, Query(description="Whether the answer has the products of weights and inputs.")] = False,
    encoding: Encoded = "json",
) -> Response:
    """Trace one training step: every value, every gradient, every parameter before and after the update. The answer has
    the `document` if it is not the one that was sent: requested by hash, completed, or changed to fit.
    """
    known, changes = await documents.fitted(document, edited) if edited else (documents.known(document), [])
    if edited:
        sample = min(sample, known.document.samples - 1)
    check_sample(sample, known.document)
    sent = known.document is document
    work = partial(
        trace_answer,
        known,
        sample,
        fitted=changes,
        sent=sent,
        with_graph=graph,
        with_products=products,
        encoding=encoding,
    )
    cost = trace_cost(known.experiment, encoding == "base64", products)
    return json_response(await documents.do(cost, work))


def check_sample(sample: int, document: NetworkDocument) -> None:
    """Raise a Problem if the batch has no such sample."""
    if sample >= document.samples:
        message = f"sample: the batch has {document.samples} samples, counted from 0; take a smaller number."
        raise Problem(422, message, ("sample",), key="no_such_sample")
