"""Receipts: a training step written down so that anyone can check it, and the check."""

from fastapi import APIRouter, Response

from app import limits
from app.answers.numbers import to_json
from app.documents import build
from app.receipts import receipt_answer, verdict, verdict_answer
from app.routes.responses import BODY_PROBLEMS, json_response
from app.routes.work import work_aside
from app.schemas.document import NetworkDocument
from app.schemas.receipts import HoldsAnswer, Receipt, WrongAnswer

router = APIRouter(prefix="/api", tags=["stateless"])

# Numbers of a network, or lines, up to which a receipt is written or checked in about 2 ms.
QUICK = 100


@router.post("/receipt", response_model=None, responses={200: {"model": Receipt}, **BODY_PROBLEMS})
async def make_receipt(document: NetworkDocument) -> Response:
    """Write down one training step: a line for each number, which names every factor that it is made of."""
    experiment = build(document)
    content = await work_aside(experiment.size > QUICK, lambda: receipt_answer(document, experiment))
    return json_response(content)


@router.post("/verify", response_model=None, responses={200: {"model": HoldsAnswer | WrongAnswer}, **BODY_PROBLEMS})
async def verify_receipt(record: Receipt) -> Response:
    """Derive every line of a receipt anew, from the record alone and without the engine; tell the first wrong one."""

    def work() -> bytes:
        return to_json(verdict_answer(verdict(record, limits.MAX_RECEIPT_FACTORS)))

    return json_response(await work_aside(len(record.lines) > QUICK, work))
