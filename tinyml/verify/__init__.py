"""Verification of receipts by code that shares nothing with the engine: plain Python and `math`, no arrays.

A receipt is a record of one training step: the network document with all its numbers, and a line for each number that
was computed. `verify` recomputes every line from the record alone. For a chain of receipts it also checks that each
receipt starts with the document that the one before it produces.
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
