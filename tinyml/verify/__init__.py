"""Receipts checked by code that shares nothing with the engine: plain Python and `math`, no arrays.

A receipt is a record of one training step: the network document with all its numbers, and a line for each number that
was computed. `verify` computes every line again from the record alone, and of a chain of receipts what each leads to.
"""

from tinyml.verify.canonical import canonical, digest
from tinyml.verify.chain import FIRST_FORMAT, FORMAT, verify, verify_chain
from tinyml.verify.errors import Budget, ReceiptError, TooMuchError
from tinyml.verify.lines import Line, Number
from tinyml.verify.reading import parse
from tinyml.verify.step import Step
from tinyml.verify.verdict import Verdict

__all__ = [
    "FIRST_FORMAT",
    "FORMAT",
    "Budget",
    "Line",
    "Number",
    "ReceiptError",
    "Step",
    "TooMuchError",
    "Verdict",
    "canonical",
    "digest",
    "parse",
    "verify",
    "verify_chain",
]
