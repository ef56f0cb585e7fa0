"""Receipts checked by code that shares nothing with the engine: plain Python and `math`, no arrays.

A receipt is a record of one training step: the network document with all its numbers, and a line for each number that
was computed. `verify` derives every line anew from the record alone.
"""

from tinyml.verify.errors import ReceiptError, TooMuchError
from tinyml.verify.lines import Line, Number
from tinyml.verify.step import Step
from tinyml.verify.verdict import FORMAT, Verdict, verify

__all__ = ["FORMAT", "Line", "Number", "ReceiptError", "Step", "TooMuchError", "Verdict", "verify"]
