"""Receipts in answers and requests."""

from math import prod
from typing import Any

from app import limits
from app.answers.numbers import to_json
from app.documents import Experiment, build, filled
from app.known import KnownDocument
from app.problems import LimitProblem, Problem
from app.schemas.document import NetworkDocument
from app.schemas.receipts import ReceiptsRequest
from tinyml.receipt import receipt
from tinyml.verify import Budget, ReceiptError, TooMuchError, Verdict, digest

_LIMITS = {"lines": "MAX_RECEIPT_LINES", "factors": "MAX_RECEIPT_FACTORS", "receipts": "MAX_RECEIPTS"}


def receipt_answer(known: KnownDocument) -> bytes:
    """The receipt of a document's training step. It is within the limits of a body, so that it can be posted back."""
    return _postable(to_json(_Writer(known, 1).receipt(1, None)))


def receipts_answer(request: ReceiptsRequest, known: KnownDocument) -> bytes:
    """The chain of receipts of several training steps, within the same limits as a whole."""
    if request.step == 1 and request.previous is not None:
        raise Problem(
            422, "previous: training step 1 has no previous receipt; leave it out.", ("previous",), key="receipt"
        )
    writer, previous = _Writer(known, request.steps), request.previous
    content: list[bytes] = []
    for step in range(request.step, request.step + request.steps):
        if content:
            writer.update()
        made = writer.receipt(step, previous)
        content.append(to_json(made))
        previous = digest(made)
    return _postable(b'{"receipts":[' + b",".join(content) + b"]}")


class _Writer:
    """Records training steps of a document, one after another, within the limits of a request. Raises a Problem before
    any work is done if the shapes show that a limit will be exceeded.
    """

    def __init__(self, known: KnownDocument, steps: int) -> None:
        if steps * _least_lines(known.experiment) > limits.MAX_RECEIPT_LINES:
            raise _too_much(TooMuchError("lines", limits.MAX_RECEIPT_LINES))
        self._document, self._experiment = known.document, known.experiment
        self._recorded = known.trace()
        self._budget = Budget(limits.MAX_RECEIPT_LINES, limits.MAX_RECEIPT_FACTORS)

    def receipt(self, step: int, previous: str | None) -> dict[str, Any]:
        """The receipt of the training step that starts with the document."""
        # Every setting is written out too: a verifier need not know the defaults.
        plain = _parsed(filled(self._document, self._recorded)).model_dump(exclude_none=True)
        batch = _batch(self._document, self._experiment)
        try:
            return receipt(plain, self._recorded, self._budget, number=step, previous=previous, batch=batch)
        except TooMuchError as error:
            raise _too_much(error) from error
        except ReceiptError as error:
            raise Problem(
                422, f"Training step {step}: {error.detail}" if step > 1 else error.detail, (), key="receipt"
            ) from error

    def update(self) -> None:
        """Continue with the next training step."""
        self._document = _parsed(filled(self._document, self._recorded, updated=True))
        self._experiment = build(self._document)
        self._recorded = self._experiment.trace()


def _batch(document: NetworkDocument, experiment: Experiment) -> dict[str, Any] | None:
    """The rows of the mini-batch with their numbers before scaling; None if every step takes all rows."""
    if experiment.batch is None:
        return None
    rows, scaled = document.mini_batch, experiment.scaled
    batch = {"rows": experiment.batch.tolist(), "samples": experiment.supply.batches.samples, "x": rows.x}
    if rows.y is not None:
        batch["y"] = rows.y
    if scaled is not None:
        batch["scaling"] = {"center": scaled.center.tolist(), "spread": scaled.spread.tolist()}
    return batch


def _least_lines(experiment: Experiment) -> int:
    """A lower bound of the lines of a training step, exact for Linear layers and plain gradient descent: the loss, the
    gradient of each number, each output, and each parameter after the update.
    """
    inputs = experiment.x.shape[1:]
    each = prod(inputs) + 2 * sum(map(prod, experiment.model.layer_shapes(inputs).outputs))
    return 1 + len(experiment.x) * each + 2 * sum(map(prod, experiment.shapes.values()))


def _parsed(document: dict[str, Any]) -> NetworkDocument:
    return NetworkDocument.model_validate_json(to_json(document))


def _postable(content: bytes) -> bytes:
    """The content, if it fits into the body of a request."""
    for name, size in (
        ("MAX_BRACKETS", content.count(b"[") + content.count(b"{")),
        ("MAX_BODY_BYTES", len(content)),
    ):
        if size > getattr(limits, name):
            raise LimitProblem(name, size, ())
    return content


def checking_budget() -> Budget:
    """The limits of a check in one request."""
    return Budget(factors=limits.MAX_RECEIPT_FACTORS, receipts=limits.MAX_RECEIPTS)


def verdict_answer(verdict: Verdict) -> dict[str, Any]:
    """A verdict as JSON."""
    if verdict.ok:
        return {"ok": True, "lines": verdict.lines} | ({"receipts": verdict.receipts} if verdict.receipts else {})
    chain = {"ok": False, "receipt": verdict.receipt} if verdict.receipt else {"ok": False}
    return chain | {name: getattr(verdict, name) for name in ("line", "ref", "expected", "found", "message")}


def refusal(error: ReceiptError | TooMuchError) -> Problem:
    """The reason why receipts cannot be checked, as a problem."""
    return (
        _too_much(error) if isinstance(error, TooMuchError) else Problem(422, error.detail, error.where, key="receipt")
    )


def _too_much(error: TooMuchError) -> Problem:
    name = _LIMITS[error.what]
    detail = (
        f"{name} ({limits.MEANINGS[name]}) is {error.allowed:,}, and this request exceeds it; take fewer training "
        "steps, fewer "
        "samples, or narrower layers."
    )
    return Problem(422, detail, (), key="limit", limit=name, allowed=error.allowed)
