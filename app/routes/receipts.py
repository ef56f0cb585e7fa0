"""Receipts: a training step written down so that anyone can check it, and the check.

Both are done in a thread, for also a short one takes as long as many small requests.
"""

from fastapi import APIRouter, Response
from starlette.concurrency import run_in_threadpool

from app import limits
from app.answers.numbers import to_json
from app.documents import build
from app.receipts import receipt_answer, verdict, verdict_answer
from app.routes.responses import BODY_PROBLEMS, json_response
from app.schemas.document import NetworkDocument
from app.schemas.receipts import HoldsAnswer, Receipt, WrongAnswer

router = APIRouter(prefix="/api", tags=["stateless"])


@router.post("/receipt", response_model=None, responses={200: {"model": Receipt}, **BODY_PROBLEMS})
async def make_receipt(document: NetworkDocument) -> Response:
    """Write down one training step: a line for each number, which names every factor that it is made of."""
    experiment = build(document)
    return json_response(await run_in_threadpool(receipt_answer, document, experiment))


@router.post("/verify", response_model=None, responses={200: {"model": HoldsAnswer | WrongAnswer}, **BODY_PROBLEMS})
async def verify_receipt(record: Receipt) -> Response:
    """Derive every line of a receipt anew, from the record alone and without the engine; tell the first wrong one."""

    def work() -> bytes:
        return to_json(verdict_answer(verdict(record, limits.MAX_RECEIPT_FACTORS)))

    return json_response(await run_in_threadpool(work))
