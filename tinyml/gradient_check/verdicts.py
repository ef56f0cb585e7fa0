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
        # Filled, which on a small network takes a third of the time of `full`.
        verdict, witness = Backend.empty(numeric.shape, dtype=int), Backend.empty(numeric.shape, dtype=int)
        verdict.fill(AGREES)
        verdict[~agrees] = UNDECIDED
        witness.fill(QUOTIENT)
        steps, bounds, left, right = (Backend.empty(numeric.shape) for _ in range(4))
        steps.fill(epsilon)
        bounds.fill(bound)
        left.fill(Backend.nan)
        right.fill(Backend.nan)
        return cls(verdict, witness, numeric.astype(float), steps, bounds, left, right)

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
