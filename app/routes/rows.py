"""The rows of a document's data."""

from math import prod

import orjson
from fastapi import APIRouter, Response

from app.answers.rows import rows_answer, spacing
from app.routes.documents import DOCUMENT_PROBLEMS, Asking, DocumentRoute
from app.routes.responses import json_response
from app.schemas.rows import RowsAnswer, RowsRequest
from app.work.cost import rows_cost

router = APIRouter(prefix="/api", tags=["stateless"], route_class=DocumentRoute)


@router.post("/rows", response_model=None, responses={200: {"model": RowsAnswer}, **DOCUMENT_PROBLEMS})
async def rows(request: RowsRequest, documents: Asking) -> Response:
    """Return the rows of the data as a document can have them, and which of them are held out: those of a set are in no
    document.
    """
    known, most = documents.known(request.document, "document"), request.most
    supply = known.experiment.supply
    each = sum(prod(array.shape[1:]) for array in (supply.given, supply.targets) if array is not None)
    cost = rows_cost(known.size, -(-supply.batches.samples // spacing(supply, most)) * each)

    def work() -> bytes:
        known.trace()  # with it the document is known by its hash
        return orjson.dumps(rows_answer(supply, most))

    return json_response(await documents.do(cost, work))
