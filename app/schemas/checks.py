"""Gradient checks: requests and answers."""

from typing import Annotated, Literal

from pydantic import Field

from app import limits
from app.schemas.answers import NonfiniteAnswer
from app.schemas.base import Answer, Finite, SeedNumber, Strict, at_most
from app.schemas.known import Asked
from app.schemas.requests import Ref
from tinyml.gradient_check import (
    DEFAULT_EPSILON,
    DEFAULT_PER_DECADE,
    MAX_EPSILON,
    MIN_EPSILON,
    TOLERANCE,
)
from tinyml.gradient_check.verdicts import Verdict, Witness

Epsilon = Annotated[Finite, Field(ge=MIN_EPSILON, le=MAX_EPSILON)]
Tolerance = Annotated[Finite, Field(gt=0)]
CheckedRefs = Annotated[
    list[Ref],
    Field(min_length=1, max_length=limits.MAX_CHECKED_REFS, fail_fast=True),
    at_most("MAX_CHECKED_REFS"),
]
PerDecade = Annotated[int, Field(ge=1, le=limits.MAX_POINTS_PER_DECADE), at_most("MAX_POINTS_PER_DECADE")]


SampleCount = Annotated[int, Field(ge=1, le=limits.MAX_CHECKED_NUMBERS), at_most("MAX_CHECKED_NUMBERS")]


class SampleRequest(Strict):
    """`count` numbers drawn from a seed. Without `count` everything is checked if the limits allow it, and otherwise as
    many numbers as they allow.
    """

    seed: SeedNumber
    count: SampleCount | None = None


class GradientCheckRequest(Strict, defer_build=False):
    """Which derivatives of a document's training step to check: those of `refs`, or else of every parameter, and of
    every input unless `inputs` is false; with `layer` only those of that layer (`x` means the inputs); all of them, or
    a `sample`. The derivatives are those of the loss, or with `objective` those of the loss with the document's
    `penalty`.
    """

    document: Asked
    epsilon: Epsilon = DEFAULT_EPSILON
    tolerance: Tolerance = TOLERANCE
    refs: CheckedRefs | None = None
    inputs: bool = True
    layer: Ref | None = None
    sample: SampleRequest | None = None
    objective: bool = False


class ErrorCurveRequest(Strict, defer_build=False):
    """Which derivative to check with every ε from 1e-1 to 1e-12, with `per_decade` values for each power of ten; with
    `objective` that of the objective.
    """

    document: Asked
    ref: Annotated[Ref, Field(examples=["fc_1.w[0,0]"])]
    per_decade: PerDecade = DEFAULT_PER_DECADE
    objective: bool = False


class GradientRowAnswer(Answer):
    """One derivative by all its witnesses, and the verdict. `analytic` is from the backward pass, `numeric` is (right −
    left) / 2ε with the losses on both sides, and `complex_step` is null if it cannot be computed.

    `verdict` is `agrees`, `differs`, `kink` if the slopes of the loss to the left and to the right differ, or
    `undecided` if no ε from 1e-1 to 1e-12 can decide. `witness` says what decided: the complex step, a quotient of two
    losses, or, at a kink, the quotients of either side or one along the branch that the backward pass follows.
    `estimate` is the derivative by that witness, null if the quotients of either side decided, and `estimate_epsilon`
    the ε of a quotient, which need not be the requested one. `bound` is the largest difference between `analytic` and
    `estimate` that rounding and truncation explain, and `deviation` their actual difference, relative to the larger;
    null if no estimate decided. `limits` are those of the quotients to the left and to the right at a kink.
    """

    ref: str
    analytic: float | None
    left: float | None
    right: float | None
    numeric: float | None
    relative_error: float | None
    complex_step: float | None
    verdict: Verdict
    witness: Witness
    estimate: float | None
    estimate_epsilon: float | None
    bound: float | None
    deviation: float | None
    limits: tuple[float, float] | None


class NoComplexStepAnswer(Answer):
    """Why there is no complex step: the layer that does not allow it, or the loss or the `penalty`, which have no name,
    and the reason, also in words.
    """

    type: str
    name: str | None
    reason: Literal["not_analytic", "own_passes"]
    detail: str


class VerdictCounts(Answer):
    """How many rows have each verdict."""

    agrees: int
    differs: int
    kink: int
    undecided: int


class DecidedCounts(Answer):
    """How many rows each witness decided: the complex step, a quotient at the requested ε or at another one, the limits
    of either side, or a quotient along the branch of a kink.
    """

    complex_step: int
    this_epsilon: int
    other_epsilon: int
    one_sided: int
    branch: int


class GradientCheckAnswer(Answer):
    """Every derivative by all witnesses, the row to look at first, how many differ, how many have each verdict, how
    many each witness decided, and the largest deviation of the backward pass from the deciding value. If there is no
    complex step, `no_complex_step` gives the reason. `checked` of `total` requested numbers have a row; if not all are
    checked, they were drawn from `seed`, which is null otherwise.
    """

    epsilon: float
    tolerance: float
    checked: int
    total: int
    seed: int | None
    rows: list[GradientRowAnswer]
    worst: GradientRowAnswer | None
    failed: int
    counts: VerdictCounts
    decided: DecidedCounts
    largest_deviation: float | None
    no_complex_step: NoComplexStepAnswer | None
    nonfinite: list[NonfiniteAnswer]


class CurvePointAnswer(Answer):
    """The two losses at one ε, the derivative computed from them, and its error relative to the backward pass."""

    epsilon: float
    left: float | None
    right: float | None
    numeric: float | None
    relative_error: float | None


class ErrorCurveAnswer(Answer):
    """One derivative by central differences with many ε, the largest first. If there is no complex step,
    `no_complex_step` gives the reason. `parabola` says that the loss is a parabola in this number, so that there is no
    truncation error.
    """

    ref: str
    analytic: float | None
    complex_step: float | None
    no_complex_step: NoComplexStepAnswer | None
    parabola: bool
    points: list[CurvePointAnswer]
    nonfinite: list[NonfiniteAnswer]
