"""Receipts: a training step as a record whose every line can be checked, and what came out when it was."""

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from app.schemas.base import Answer, Finite, Strict
from app.schemas.document import NetworkDocument


def _kind(factor: Any) -> str:
    return NUMBER if isinstance(factor, dict) else REF


REF, NUMBER = "a ref", "a number with its meaning"
# What pydantic puts into the place of a fault to say which of the two it was held against.
FACTOR_KINDS = frozenset({REF, NUMBER})
Factor = Annotated[
    Annotated[str, Tag(REF)] | Annotated[dict[str, Finite], Field(min_length=1, max_length=1), Tag(NUMBER)],
    Discriminator(_kind),
]


class ReceiptLine(Strict):
    """One number of the step: the sum of its terms, each the product of its factors, by the law that asks for them.

    A factor is a ref, or an object with one number under its meaning, such as {"½": 0.5}.
    """

    ref: str
    value: Finite
    law: str
    terms: Annotated[list[Annotated[list[Factor], Field(fail_fast=True)]], Field(fail_fast=True)]


class Receipt(Strict):
    """A training step with a line for each number that it computes, in order; the document has all its parameters."""

    format: Literal["tinyml-receipt/1"]
    document: NetworkDocument
    lines: Annotated[list[ReceiptLine], Field(fail_fast=True)]


class HoldsAnswer(Answer):
    """Every line of the receipt holds."""

    ok: Literal[True]
    lines: int


class WrongAnswer(Answer):
    """The first line that does not hold, counted from 1: the ref and the value that are due there, the value that came,
    and the mistake in words. null stands for what is not due, did not come, or is not finite.
    """

    ok: Literal[False]
    line: int
    ref: str | None
    expected: float | None
    found: float | None
    said: str
