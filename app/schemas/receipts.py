"""Receipts: a training step as a record whose every line can be checked, and the result of the check."""

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from app import limits
from app.schemas.base import LEFT_OUT, Answer, Digest, Finite, Strict, at_most
from app.schemas.document import NetworkDocument
from app.schemas.known import Asked
from app.schemas.tensors import Batch, Targets
from tinyml.verify import FIRST_FORMAT


def _kind(factor: Any) -> str:
    return NUMBER if isinstance(factor, dict) else REF


REF, NUMBER = "a ref", "a number with its meaning"
FACTOR_KINDS = frozenset({REF, NUMBER})
Factor = Annotated[
    Annotated[str, Tag(REF)] | Annotated[dict[str, Finite], Field(min_length=1, max_length=1), Tag(NUMBER)],
    Discriminator(_kind),
]


StepNumber = Annotated[int, Field(ge=1, le=2**53)]
Receipts = Annotated[int, Field(ge=1, le=limits.MAX_RECEIPTS), at_most("MAX_RECEIPTS")]


class ReceiptLine(Strict):
    """One number of the step: the sum of its terms, each the product of its factors, by its law.

    A factor is a ref, or an object with one number under its meaning, such as {"½": 0.5}.
    """

    ref: str
    value: Finite
    law: str
    terms: Annotated[list[Annotated[list[Factor], Field(fail_fast=True)]], Field(fail_fast=True)]


Lines = Annotated[list[ReceiptLine], Field(fail_fast=True)]


class FirstReceipt(Strict):
    """A training step with a line for each number that it computes, in order; the document has all its parameters. It
    does not name the step before; this format is no longer written, but still checked.
    """

    format: Literal["tinyml-receipt/1"]
    document: NetworkDocument
    lines: Lines


class ReceiptScaling(Strict):
    """The center and the spread of each column of the inputs."""

    center: list[Finite]
    spread: list[Finite]


class ReceiptBatch(Strict):
    """The mini-batch of a training step: its `rows` among all `samples`, their inputs before any scaling, and their
    targets if there are any.
    """

    rows: Annotated[list[Annotated[int, Field(ge=0)]], Field(fail_fast=True)]
    samples: Annotated[int, Field(ge=1)]
    x: Batch
    y: Targets = LEFT_OUT
    scaling: ReceiptScaling | None = LEFT_OUT


class Receipt(Strict):
    """A training step with a line for each number that it computes, in order; the document has all its parameters.

    `step` counts training steps from 1, `previous` is the SHA-256 of the canonical JSON (RFC 8785) of the receipt
    before, null if there is none. `batch` has the rows of a mini-batch, if the data have more.
    """

    format: Literal["tinyml-receipt/2"]
    step: StepNumber
    previous: Digest | None
    document: NetworkDocument
    batch: ReceiptBatch | None = LEFT_OUT
    lines: Lines


def _kind_of_record(body: Any) -> str:
    if not isinstance(body, dict):
        return LATEST
    return CHAIN if "receipts" in body else FIRST if body.get("format") == FIRST_FORMAT else LATEST


CHAIN, FIRST, LATEST = "a chain", "a receipt of the first format", "a receipt"
# The tags that pydantic adds to the location of an error to say as which of several kinds it was validated.
KINDS = FACTOR_KINDS | {CHAIN, FIRST, LATEST}


class ReceiptChain(Strict):
    """Receipts of training steps that follow each other."""

    receipts: Annotated[
        list[
            Annotated[
                Annotated[Receipt, Tag(LATEST)] | Annotated[FirstReceipt, Tag(FIRST)], Discriminator(_kind_of_record)
            ]
        ],
        Field(fail_fast=True, min_length=1, max_length=limits.MAX_RECEIPTS),
        at_most("MAX_RECEIPTS"),
    ]


Record = Annotated[
    Annotated[Receipt, Tag(LATEST)] | Annotated[FirstReceipt, Tag(FIRST)] | Annotated[ReceiptChain, Tag(CHAIN)],
    Discriminator(_kind_of_record),
]


class ReceiptsRequest(Strict, defer_build=False):
    """How many training steps to record from a document, which is that at the start of training step `step`; and the
    hash of the receipt before, if there is one.
    """

    document: Asked
    steps: Receipts = 1
    step: StepNumber = 1
    previous: Digest | None = None


class ReceiptsAnswer(Answer):
    """Receipts of training steps that follow each other: a chain that can be posted to `/api/verify`."""

    receipts: list[Receipt]


class HoldsAnswer(Answer):
    """Every line of the receipt is correct."""

    ok: Literal[True]
    lines: int


class ChainHoldsAnswer(HoldsAnswer):
    """Every line of every receipt is correct, `lines` in all, and each receipt follows from the one before."""

    receipts: int


class WrongAnswer(Answer):
    """The first wrong line, counted from 1: the ref and the value expected there, the value found, and the mistake in
    words. A value that is not expected, is missing, or is not finite is null.
    """

    ok: Literal[False]
    line: int
    ref: str | None
    expected: float | None
    found: float | None
    message: str


class ChainWrongAnswer(Answer):
    """The first wrong receipt, counted from 1, and its first wrong line; `line` is null if the receipt does not follow
    from the one before it.
    """

    ok: Literal[False]
    receipt: int
    line: int | None
    ref: str | None
    expected: float | None
    found: float | None
    message: str
