"""Gradient checks: what is asked for and what is answered."""

from typing import Annotated

from pydantic import Field

from app import limits
from app.schemas.answers import NonfiniteAnswer
from app.schemas.base import Answer, Finite, Strict, at_most
from app.schemas.document import NetworkDocument
from app.schemas.requests import Ref
from tinyml.gradient_check import DEFAULT_EPSILON, DEFAULT_PER_DECADE, MAX_EPSILON, MIN_EPSILON, TOLERANCE

Epsilon = Annotated[Finite, Field(ge=MIN_EPSILON, le=MAX_EPSILON)]
Tolerance = Annotated[Finite, Field(gt=0)]
CheckedRefs = Annotated[
    list[Ref],
    Field(min_length=1, max_length=limits.MAX_CHECKED_REFS, fail_fast=True),
    at_most("MAX_CHECKED_REFS"),
]
PerDecade = Annotated[int, Field(ge=1, le=limits.MAX_POINTS_PER_DECADE), at_most("MAX_POINTS_PER_DECADE")]


class GradientCheckRequest(Strict):
    """Which derivatives of a document's training step to check: those of `refs`, or else of every parameter, and of
    every input unless `inputs` is false.
    """

    document: NetworkDocument
    epsilon: Epsilon = DEFAULT_EPSILON
    tolerance: Tolerance = TOLERANCE
    refs: CheckedRefs | None = None
    inputs: bool = True


class ErrorCurveRequest(Strict):
    """Which derivative to check with every ε from 1e-1 to 1e-12, `per_decade` of them for a power of ten."""

    document: NetworkDocument
    ref: Ref
    per_decade: PerDecade = DEFAULT_PER_DECADE


class GradientRowAnswer(Answer):
    """One derivative by all its witnesses: the backward pass, the losses to the left and right, the complex step."""

    ref: str
    analytic: float | None
    left: float | None
    right: float | None
    numeric: float | None
    relative_error: float | None
    ok: bool
    complex_step: float | None


class GradientCheckAnswer(Answer):
    """Every derivative by all witnesses, the row that is worst, and how many failed; `complex_step` says why there is
    none, where there is none.
    """

    epsilon: float
    tolerance: float
    rows: list[GradientRowAnswer]
    worst: GradientRowAnswer | None
    failed: int
    complex_step: str | None
    nonfinite: list[NonfiniteAnswer]


class CurvePointAnswer(Answer):
    """The two losses at one ε, the derivative that they give, and its error against the backward pass."""

    epsilon: float
    left: float | None
    right: float | None
    numeric: float | None
    relative_error: float | None


class ErrorCurveAnswer(Answer):
    """One derivative by central differences of many ε, the largest first; `no_complex_step` says why there is no
    complex step, where there is none.
    """

    ref: str
    analytic: float | None
    complex_step: float | None
    no_complex_step: str | None
    points: list[CurvePointAnswer]
    nonfinite: list[NonfiniteAnswer]
