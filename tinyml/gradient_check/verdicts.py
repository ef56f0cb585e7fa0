"""Verdicts on derivatives, and the witnesses they rest on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from tinyml.core import Array, Backend

Verdict = Literal["agrees", "differs", "kink", "undecided"]
Witness = Literal["complex_step", "quotient", "one_sided", "branch"]
VERDICTS: Final[tuple[Verdict, ...]] = ("agrees", "differs", "kink", "undecided")
WITNESSES: Final[tuple[Witness, ...]] = ("complex_step", "quotient", "one_sided", "branch")
AGREES, DIFFERS, KINK, UNDECIDED = range(len(VERDICTS))
COMPLEX_STEP, QUOTIENT, ONE_SIDED, BRANCH = range(len(WITNESSES))


@dataclass(slots=True)
class Verdicts:
    """A verdict on each derivative, and what it rests on, in columns.

    `verdict`, `witness`  which of `VERDICTS` and `WITNESSES`.
    `estimate`            the derivative by that witness, and `epsilon` the step that gave it; NaN where there is none.
    `bound`               by how much the two may differ that are one: the errors of the estimate, and the rounding in
                          the backward pass.
    `left`, `right`       the limits of the one-sided quotients at a kink, NaN elsewhere.
    """

    verdict: Array
    witness: Array
    estimate: Array
    epsilon: Array
    bound: Array
    left: Array
    right: Array

    @classmethod
    def by_quotient(cls, agrees: Array, numeric: Array, epsilon: float, bound: float) -> Verdicts:
        """The verdict by the quotient of one step: agrees, or still undecided."""
        # One array for all columns, since on a small network each costs more than its numbers.
        columns = Backend.empty((5, len(numeric)))
        columns[0], columns[1], columns[2], columns[3:] = numeric, epsilon, bound, Backend.nan
        witness = Backend.empty(len(numeric), dtype=int)
        witness.fill(QUOTIENT)
        return cls(Backend.where(agrees, AGREES, UNDECIDED), witness, *columns)

    def settle(
        self,
        rows: Array,
        verdict: Array | int,
        witness: int,
        estimate: Array | float,
        bound: Array | float,
        epsilon: Array | float,
    ) -> None:
        """Record the verdict of a witness on some rows."""
        self.verdict[rows] = verdict
        self.witness[rows] = witness
        self.estimate[rows] = estimate
        self.bound[rows] = bound
        self.epsilon[rows] = epsilon
        self.left[rows] = self.right[rows] = Backend.nan
