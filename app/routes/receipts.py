"""Receipts: training steps recorded so that anyone can check them, and the check.

Even a short receipt takes as long as many small requests.
"""

from functools import partial

from fastapi import APIRouter, Request, Response

from app.answers.numbers import to_json
from app.receipts import checking_budget, receipt_answer, receipts_answer, refusal, verdict_answer
from app.routes.documents import DOCUMENT_PROBLEMS, Asking, DocumentRoute
from app.routes.responses import BODY_PROBLEMS, json_response
from app.schemas.known import Asked
from app.schemas.receipts import (
    ChainHoldsAnswer,
    ChainWrongAnswer,
    HoldsAnswer,
    Receipt,
    ReceiptsAnswer,
    ReceiptsRequest,
    Record,
    WrongAnswer,
)
from app.work.cost import receipt_cost, verify_cost
from tinyml.verify import ReceiptError, TooMuchError, verify

router = APIRouter(prefix="/api", tags=["stateless"], route_class=DocumentRoute)
VERDICT = HoldsAnswer | ChainHoldsAnswer | WrongAnswer | ChainWrongAnswer


@router.post("/receipt", response_model=None, responses={200: {"model": Receipt}, **DOCUMENT_PROBLEMS})
async def make_receipt(document: Asked, documents: Asking) -> Response:
    """Record one training step, the first: a line for each number, which names all its factors."""
    known = documents.known(document)
    return json_response(await documents.do(receipt_cost(known.size, 1), partial(receipt_answer, known)))


@router.post("/receipts", response_model=None, responses={200: {"model": ReceiptsAnswer}, **DOCUMENT_PROBLEMS})
async def make_receipts(body: ReceiptsRequest, documents: Asking) -> Response:
    """Record several consecutive training steps: a chain in which each receipt has the hash of the one before."""
    known = documents.known(body.document, "document")
    cost = receipt_cost(known.size, body.steps)
    return json_response(await documents.do(cost, partial(receipts_answer, body, known)))


@router.post("/verify", response_model=None, responses={200: {"model": VERDICT}, **BODY_PROBLEMS})
async def verify_receipt(
    record: Record,  # noqa: ARG001 - documents the body
    request: Request,
    documents: Asking,
) -> Response:
    """Compute every line of a receipt again, from the record alone and without the engine, and report the first wrong
    one. For a chain, also check that each receipt follows from the one before.
    """
    content = await request.body()

    def work() -> bytes:
        try:
            # The body is parsed again: the hash is that of the received bytes, and an object may have a key twice.
            return to_json(verdict_answer(verify(content, checking_budget())))
        except (ReceiptError, TooMuchError) as error:
            raise refusal(error) from error

    return json_response(await documents.do(verify_cost(len(content)), work))
