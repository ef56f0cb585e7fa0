"""What a check found: each derivative by all its witnesses, and whether they agree."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat

from tinyml.core import Array, Backend, overflow_allowed
from tinyml.gradient_check.bounds import TOLERANCE

# Below this a derivative counts as 0, so that rounding alone makes no error of it.
SMALLEST = 1e-8


@dataclass(frozen=True, slots=True)
class GradientRow:
    """One derivative by all witnesses: the backward pass (`analytic`), the losses to the `left` and `right` and what
    follows from them (`numeric`), and the complex step, None where that was not asked for or cannot be taken.
    """

    ref: str
    analytic: float
    left: float
    right: float
    numeric: float
    complex_step: float | None = None
    tolerance: float = TOLERANCE

    @property
    def relative_error(self) -> float:
        """|analytic − numeric| / max(|analytic|, |numeric|, 1e-8)."""
        return abs(self.analytic - self.numeric) / max(abs(self.analytic), abs(self.numeric), SMALLEST)

    @property
    def ok(self) -> bool:
        """Whether the two agree to the tolerance; with what is no number nothing agrees."""
        return self.relative_error < self.tolerance


class GradientCheck:
    """The derivatives of one training step by all witnesses, in the order of the refs; iterating gives them as rows.

    `analytic`         by the backward pass.
    `left`, `right`    the losses with the number moved down and up by ε.
    `numeric`          (right − left) / 2ε.
    `complex_step`     by the complex step; None where that was not asked for or cannot be taken.
    `no_complex_step`  why it cannot be taken.
    """

    def __init__(
        self,
        refs: Callable[[], list[str]],
        epsilon: float,
        tolerance: float,
        analytic: Array,
        losses: Array,
        complex_step: Array | None = None,
        no_complex_step: str | None = None,
    ) -> None:
        self.epsilon = epsilon
        self.tolerance = tolerance
        self.analytic = analytic
        self.left, self.right = losses
        self.numeric = slope(self.left, self.right, epsilon)
        self.complex_step = complex_step
        self.no_complex_step = no_complex_step
        self._refs = refs

    @cached_property
    def refs(self) -> list[str]:
        """What was moved: what was chosen, or every parameter, then every input; the indices are the notation's."""
        return self._refs()

    @cached_property
    def relative_error(self) -> Array:
        """|analytic − numeric| / max(|analytic|, |numeric|, 1e-8) of each."""
        return relative_error(self.analytic, self.numeric)

    @property
    def ok(self) -> bool:
        """Whether all agree to the tolerance."""
        return bool((self.relative_error < self.tolerance).all())

    @property
    def failed(self) -> int:
        """How many do not agree."""
        return int((~(self.relative_error < self.tolerance)).sum())

    @property
    def worst(self) -> GradientRow | None:
        """The row with the largest relative error, the first of what is no number before all others; None without
        rows.
        """
        return self[int(self.relative_error.argmax())] if len(self) else None

    def __len__(self) -> int:
        return len(self.analytic)

    def __getitem__(self, i: int) -> GradientRow:
        analytic, left, right, numeric = (float(column[i]) for column in self._columns)
        step = None if self.complex_step is None else float(self.complex_step[i])
        return GradientRow(self.refs[i], analytic, left, right, numeric, step, self.tolerance)

    def __iter__(self) -> Iterator[GradientRow]:
        steps = repeat(None) if self.complex_step is None else self.complex_step.tolist()
        columns = (column.tolist() for column in self._columns)
        return map(GradientRow, self.refs, *columns, steps, repeat(self.tolerance))

    @property
    def _columns(self) -> tuple[Array, ...]:
        return self.analytic, self.left, self.right, self.numeric


def slope(left: Array, right: Array, epsilon: float | Array) -> Array:
    """(right − left) / 2ε, where two infinite losses give what is no number."""
    with overflow_allowed():
        return (right - left) / (2 * epsilon)


def relative_error(analytic: Array, numeric: Array) -> Array:
    """|analytic − numeric| / max(|analytic|, |numeric|, 1e-8) of each."""
    with overflow_allowed():
        size = Backend.maximum(Backend.abs(analytic), Backend.abs(numeric))
        error: Array = Backend.abs(analytic - numeric) / Backend.maximum(size, SMALLEST)
    return error
