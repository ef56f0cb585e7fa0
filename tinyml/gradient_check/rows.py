"""The results of a check: each derivative by all its witnesses, with its verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from math import isnan
from typing import Literal

from tinyml.core import Array, Backend, overflow_allowed
from tinyml.gradient_check.complex_step import NoComplexStep
from tinyml.gradient_check.verdicts import (
    BRANCH,
    COMPLEX_STEP,
    DIFFERS,
    ONE_SIDED,
    QUOTIENT,
    UNDECIDED,
    VERDICTS,
    WITNESSES,
    Verdict,
    Verdicts,
    Witness,
)

Decided = Literal["complex_step", "this_epsilon", "other_epsilon", "one_sided", "branch"]
# Which rows come first among the worst.
_GRAVITY = Backend.array([0, 3, 1, 2])


@dataclass(frozen=True, slots=True)
class GradientRow:
    """One derivative by all witnesses: the backward pass (`analytic`), the losses to the `left` and `right` and what
    follows from them (`numeric`), and the complex step, None if it was not requested or cannot be taken.

    `verdict`    agrees, differs, kink, or undecided if no witness decides.
    `witness`    what decided: the complex step, a quotient of two losses, at a kink those of either side, or there too
                 a quotient of two losses along the branches that the backward pass follows.
    `estimate`   the derivative by that witness, None where those of either side decided; `estimate_epsilon` is the step
                 of a quotient.
    `bound`      by how much `analytic` and `estimate` may differ: the errors of both, as far as they can be known.
    `deviation`  |analytic − estimate| / max(|analytic|, |estimate|); None if both are zeros within the bound, if those
                 of either side decided, and if nothing decided.
    `limits`     at a kink the limits of the quotients to the left and to the right.
    """

    ref: str
    analytic: float
    left: float
    right: float
    numeric: float
    complex_step: float | None
    verdict: Verdict
    witness: Witness
    estimate: float | None
    estimate_epsilon: float | None
    bound: float
    deviation: float | None
    limits: tuple[float, float] | None

    @property
    def relative_error(self) -> float:
        """|analytic − numeric| / max(|analytic|, |numeric|), 0 where both are 0."""
        return float(relative_error(Backend.asarray(self.analytic), Backend.asarray(self.numeric)))


class GradientCheck:
    """The derivatives of one training step by all witnesses, in the order of the refs; iterating gives them as rows.

    `analytic`         by the backward pass.
    `left`, `right`    the losses with the number moved down and up by ε.
    `numeric`          (right − left) / 2ε.
    `verdicts`         the verdict on each, in columns.
    `complex_step`     by the complex step; None if it was not requested or cannot be taken.
    `no_complex_step`  why it cannot be taken.
    """

    def __init__(
        self,
        refs: Callable[[], list[str]],
        epsilon: float,
        tolerance: float,
        analytic: Array,
        losses: Array,
        numeric: Array,
        verdicts: Verdicts,
        complex_step: Array | None = None,
        no_complex_step: NoComplexStep | None = None,
    ) -> None:
        self.epsilon = epsilon
        self.tolerance = tolerance
        self.analytic = analytic
        self.left, self.right = losses[0], losses[1]
        self.numeric = numeric
        self.verdicts = verdicts
        self.complex_step = complex_step
        self.no_complex_step = no_complex_step
        self._refs = refs

    @cached_property
    def refs(self) -> list[str]:
        """The checked numbers: the selection, or every parameter, then every input; the indices are the notation's."""
        return self._refs()

    @cached_property
    def relative_error(self) -> Array:
        """|analytic − numeric| / max(|analytic|, |numeric|) of each."""
        return relative_error(self.analytic, self.numeric)

    @cached_property
    def deviation(self) -> Array:
        """|analytic − estimate| / max(|analytic|, |estimate|) of each; NaN if no estimate decided, or if both are
        within the bound: they may be zeros, whose digits mean nothing.
        """
        found = self.verdicts
        zeros = Backend.maximum(Backend.abs(self.analytic), Backend.abs(found.estimate)) <= found.bound
        zeros &= self.analytic != found.estimate
        decided = (found.verdict != UNDECIDED) & (found.witness != ONE_SIDED) & ~zeros
        return Backend.where(decided, relative_error(self.analytic, found.estimate), Backend.nan)

    @property
    def largest_deviation(self) -> float | None:
        """The largest that is not NaN; None if there is none."""
        finite = self.deviation[Backend.isfinite(self.deviation)]
        return float(finite.max()) if len(finite) else None

    @property
    def decided(self) -> dict[Decided, int]:
        """How many rows were decided by what: the complex step, a quotient of the requested ε or of another one, the
        limits of either side, or a quotient along the branches of a kink.
        """
        found = self.verdicts
        decided, quotient = found.verdict != UNDECIDED, found.witness == QUOTIENT
        here = found.epsilon == self.epsilon
        return {
            "complex_step": int((decided & (found.witness == COMPLEX_STEP)).sum()),
            "this_epsilon": int((decided & quotient & here).sum()),
            "other_epsilon": int((decided & quotient & ~here).sum()),
            "one_sided": int((decided & (found.witness == ONE_SIDED)).sum()),
            "branch": int((decided & (found.witness == BRANCH)).sum()),
        }

    @property
    def counts(self) -> dict[Verdict, int]:
        """How many rows have each verdict."""
        counts = Backend.bincount(self.verdicts.verdict, minlength=len(VERDICTS)).tolist()
        return dict(zip(VERDICTS, counts, strict=True))

    @property
    def failed(self) -> int:
        """How many differ."""
        return int(Backend.count_nonzero(self.verdicts.verdict == DIFFERS))

    @property
    def worst(self) -> GradientRow | None:
        """The row to look at first: one that differs, or else is undecided, or has a kink, and among these the one with
        the largest relative error, NaN before all others; None without rows.
        """
        if not len(self):
            return None
        gravity = _GRAVITY[self.verdicts.verdict]
        gravest = Backend.flatnonzero(gravity == gravity.max())
        return self[int(gravest[self.relative_error[gravest].argmax()])]

    def __len__(self) -> int:
        return len(self.analytic)

    def __getitem__(self, i: int) -> GradientRow:
        return next(self._rows(slice(i, i + 1)))

    def __iter__(self) -> Iterator[GradientRow]:
        return self._rows(slice(None))

    def _rows(self, which: slice) -> Iterator[GradientRow]:
        found = self.verdicts
        steps = Backend.full(len(self), Backend.nan) if self.complex_step is None else self.complex_step
        columns = (self.analytic, self.left, self.right, self.numeric, steps)
        verdicts = (found.verdict, found.witness, found.estimate, found.epsilon, found.bound, self.deviation)
        limits = (found.left, found.right)
        listed = (column[which].tolist() for column in (*columns, *verdicts, *limits))
        rows = zip(self.refs[which], *listed, strict=True)
        for ref, analytic, left, right, numeric, step, verdict, witness, estimate, epsilon, bound, off, *sides in rows:
            yield GradientRow(
                ref,
                analytic,
                left,
                right,
                numeric,
                None if self.complex_step is None else step,
                VERDICTS[verdict],
                WITNESSES[witness],
                None if isnan(estimate) else estimate,
                None if isnan(epsilon) else epsilon,
                bound,
                None if isnan(off) else off,
                None if isnan(sides[0]) else (sides[0], sides[1]),
            )


def slope(left: Array, right: Array, epsilon: float | Array) -> Array:
    """(right − left) / 2ε; NaN for two infinite losses."""
    found: Array = right - left
    found /= 2 * epsilon
    return found


def relative_error(analytic: Array, numeric: Array) -> Array:
    """|analytic − numeric| / max(|analytic|, |numeric|) of each, 0 where both are 0."""
    with overflow_allowed():
        size = Backend.maximum(Backend.abs(analytic), Backend.abs(numeric))
        error: Array = Backend.abs(analytic - numeric) / Backend.where(size == 0, 1, size)
    return error
