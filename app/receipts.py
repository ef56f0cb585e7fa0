"""Receipts as they go out and come in."""

from typing import Any

import orjson

from app import limits
from app.answers.numbers import to_json
from app.documents import Experiment, filled
from app.problems import LimitProblem, Problem
from app.schemas.document import NetworkDocument
from app.schemas.receipts import Receipt
from tinyml.receipt import receipt
from tinyml.verify import ReceiptError, TooMuchError, Verdict, verify

_LIMITS = {"lines": "MAX_RECEIPT_LINES", "factors": "MAX_RECEIPT_FACTORS"}


def receipt_answer(document: NetworkDocument, experiment: Experiment) -> bytes:
    """The receipt of a document's training step, which can be posted back: it is held to the limits of a body."""
    if experiment.size > limits.MAX_RECEIPT_LINES:  # there is a line for each of these numbers at least
        raise _too_much(TooMuchError("lines", limits.MAX_RECEIPT_LINES))
    recorded = experiment.trace()
    # With every setting written out too: whoever checks the receipt need not know what is left to defaults.
    plain = NetworkDocument.model_validate(orjson.loads(to_json(filled(document, recorded)))).model_dump(
        exclude_none=True
    )
    try:
        made = receipt(plain, recorded, limits.MAX_RECEIPT_LINES, limits.MAX_RECEIPT_FACTORS)
    except TooMuchError as error:
        raise _too_much(error) from error
    except ReceiptError as error:
        raise Problem(422, error.detail, ()) from error
    content = to_json(made)
    for name, asked in (
        ("MAX_BRACKETS", content.count(b"[") + content.count(b"{")),
        ("MAX_BODY_BYTES", len(content)),
    ):
        if asked > getattr(limits, name):
            raise LimitProblem(name, asked, ())
    return content


def verdict(record: Receipt, most_factors: int | None = None) -> Verdict:
    """What comes out when a receipt is checked. Raises a Problem where it cannot be."""
    # A line's fields are plain already; dumping each would take longer than checking it.
    lines = [vars(line) for line in record.lines]
    try:
        return verify({"format": record.format, "document": record.document.model_dump(), "lines": lines}, most_factors)
    except TooMuchError as error:
        raise _too_much(error) from error
    except ReceiptError as error:
        raise Problem(422, error.detail, error.where) from error


def verdict_answer(came: Verdict) -> dict[str, Any]:
    """A verdict as JSON tells it."""
    if came.ok:
        return {"ok": True, "lines": came.lines}
    return {name: value for name, value in came._asdict().items() if name != "lines"}


def _too_much(error: TooMuchError) -> Problem:
    name = _LIMITS[error.what]
    detail = (
        f"{name} ({limits.MEANINGS[name]}) is {error.allowed:,}, and this step has more; take fewer samples, or "
        "narrower layers."
    )
    return Problem(422, detail, (), limit=name, allowed=error.allowed)
