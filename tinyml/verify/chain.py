"""Verification of a single receipt, or of a chain of receipts, each of which continues the one before it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from tinyml.verify.after import difference, following
from tinyml.verify.canonical import digest
from tinyml.verify.document import refuse
from tinyml.verify.errors import Budget, ReceiptError
from tinyml.verify.reading import parse
from tinyml.verify.step import Step
from tinyml.verify.verdict import Verdict, follow

FORMAT, FIRST_FORMAT = "tinyml-receipt/2", "tinyml-receipt/1"
_FIELDS = {
    FIRST_FORMAT: ("format", "document", "lines"),
    FORMAT: ("format", "step", "previous", "document", "batch", "lines"),
}
_DIGEST = re.compile("[0-9a-f]{64}", re.ASCII)


class Receipt(NamedTuple):
    """A receipt with all its parts; `step` counts training steps from 1, and is None in the first format."""

    step: int | None
    previous: str | None
    document: Mapping[str, Any]
    lines: list[Any]
    batch: object = None  # the rows of the mini-batch, if the data have more

    @classmethod
    def of(cls, record: object) -> Receipt:
        """Read a record. Raises ReceiptError if it is not a receipt."""
        if not isinstance(record, Mapping) or record.get("format") not in _FIELDS:
            refuse(f"format: expected '{FORMAT}' or '{FIRST_FORMAT}'; a receipt begins with it.", "format")
        if unknown := [name for name in record if name not in _FIELDS[record["format"]]]:
            named = next((name for name in unknown if name in _FIELDS[FORMAT]), None)
            refuse(
                f"A receipt of this format has the fields {', '.join(_FIELDS[record['format']])} and no others.",
                *([named] if named else []),
            )
        document, lines, step, previous = (record.get(name) for name in ("document", "lines", "step", "previous"))
        if not isinstance(document, Mapping):
            refuse("document: expected a network document with all its parameters.", "document")
        if not isinstance(lines, list):
            refuse("lines: expected a list of lines.", "lines")
        if record["format"] == FORMAT:
            if not isinstance(step, int) or isinstance(step, bool) or step < 1:
                refuse("step: expected the number of the training step, a whole number from 1 on.", "step")
            if "previous" not in record or not (previous is None or _is_digest(previous)):
                expected = "the SHA-256 of the receipt before, 64 hexadecimal digits, or null"
                refuse(f"previous: expected {expected}.", "previous")
            if step == 1 and previous is not None:
                refuse("previous: training step 1 has no previous receipt; write null.", "previous")
        return cls(step, previous, document, lines, record.get("batch"))


def verify(record: object, budget: Budget | None = None) -> Verdict:
    """Check a receipt, or `{"receipts": [...]}`, a chain of them: as JSON values, or as JSON text, in which duplicate
    keys of an object are refused.

    Raises ReceiptError if it is not a receipt or a document is inconsistent, and TooMuchError if it exceeds the
    budget.
    """
    if isinstance(record, str | bytes):
        record = parse(record)
    if not isinstance(record, Mapping) or "receipts" not in record:
        return Chain(budget).check(record)
    records = record["receipts"]
    if not isinstance(records, list) or len(record) > 1:
        refuse('receipts: expected a list of receipts and no other field, as in {"receipts": [...]}.', "receipts")
    try:
        return verify_chain(records, budget)
    except ReceiptError as error:
        raise ReceiptError(error.detail, ("receipts", *error.where)) from error


def verify_chain(records: Iterable[object], budget: Budget | None = None) -> Verdict:
    """Check receipts of consecutive training steps. Each must be correct by itself and have the step number, the
    document and the hash that follow from the one before; only the last one is kept while the next is checked.

    Raises the errors of `verify`; the place in a ReceiptError begins with the index of the receipt, counted from 0.
    """
    chain, number, lines = Chain(budget), 0, 0
    for number, record in enumerate(records, start=1):
        try:
            verdict = chain.check(record)
        except ReceiptError as error:
            raise ReceiptError(f"receipt {number}: {error.detail}", (number - 1, *error.where)) from error
        if not verdict.ok:
            message = f"receipt {number}: {verdict.message}"
            return verdict._replace(lines=lines + verdict.lines, message=message, receipt=number, receipts=number - 1)
        lines += verdict.lines
    if not number:
        refuse("receipts: expected at least one receipt, got none.")
    return Verdict(True, lines, receipts=number)


class Chain:
    """Checks receipts one after another, and stores what the next receipt must contain."""

    def __init__(self, budget: Budget | None = None) -> None:
        self._budget = budget or Budget()
        self._due: Receipt | None = None
        self._begun = False

    def check(self, record: object) -> Verdict:
        """Check the next receipt."""
        receipt = Receipt.of(record)
        self._budget.spend("receipts")
        if self._begun and (receipt.step is None or self._due is None):
            refuse(
                f"format: a '{FIRST_FORMAT}' does not name the previous receipt; in a chain all must be '{FORMAT}'.",
                "format",
            )
        self._begun = True
        if wrong := self._link(receipt):
            return wrong
        try:
            step = Step(receipt.document, receipt.batch)
            verdict = follow(step, receipt.lines, self._budget)
        except ReceiptError as error:
            raise ReceiptError(error.detail, ("document", *error.where)) from error
        if verdict.ok and receipt.step is not None:
            self._due = Receipt(receipt.step + 1, digest(record), following(receipt.document, step), [])
        return verdict

    def _link(self, receipt: Receipt) -> Verdict | None:
        """Return a verdict if a receipt does not follow from the one before, else None."""
        due = self._due
        if due is None:
            return None
        if receipt.step != due.step:
            return Verdict(False, 0, message=f"its training step is {receipt.step}, but {due.step} follows here.")
        if apart := difference(due.document, receipt.document):
            numbers = (apart.expected, apart.found)
            which = "differs" if None in numbers else f"is {apart.expected!r} there, but {apart.found!r} here"
            message = f"its document is not what the receipt before leads to: {apart.name} {which}."
            return Verdict(False, 0, None, apart.name, *numbers, message)
        if receipt.previous != due.previous:
            which_hash = "another is named" if receipt.previous else "none is named"
            message = f"the receipt before has the SHA-256 {due.previous}, but {which_hash} as `previous`."
            return Verdict(False, 0, message=message)
        return None


def _is_digest(value: object) -> bool:
    return isinstance(value, str) and _DIGEST.fullmatch(value) is not None
