"""Gradient checks: what is asked for and what is answered."""

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
    """So many numbers drawn from a seed. Without `count` everything is checked where the limits allow it, and else as
    many numbers as they allow.
    """

    seed: SeedNumber
    count: SampleCount | None = None


class GradientCheckRequest(Strict):
    """Which derivatives of a document's training step to check: those of `refs`, or else of every parameter, and of
    every input unless `inputs` is false; of those of one `layer`, or of `x` the inputs; all of them, or a `sample`.
    """

    document: Asked
    epsilon: Epsilon = DEFAULT_EPSILON
    tolerance: Tolerance = TOLERANCE
    refs: CheckedRefs | None = None
    inputs: bool = True
    layer: Ref | None = None
    sample: SampleRequest | None = None


class ErrorCurveRequest(Strict):
    """Which derivative to check with every ε from 1e-1 to 1e-12, `per_decade` of them for a power of ten."""

    document: Asked
    ref: Ref
    per_decade: PerDecade = DEFAULT_PER_DECADE


class GradientRowAnswer(Answer):
    """One derivative by all its witnesses, and the verdict on it. `analytic` is that of the backward pass, `numeric`
    follows from the losses to the left and right, (right − left) / 2ε, and `complex_step` is null where there is none.

    `verdict` is `agrees`, `differs`, `kink` where the loss has another slope to the left than to the right, or
    `undecided` where no ε from 1e-1 to 1e-12 can tell. `witness` says what decided: the complex step, a quotient of two
    losses, at a kink those of either side, or there too a quotient along the branch that the backward pass follows;
    `estimate` is the derivative by that witness, null where those of either side decided, and `estimate_epsilon` the
    step of a quotient, which need not be the one that was asked for. `bound` is by how much `analytic` and
    `estimate` may differ by what rounding and truncation do to both, and `deviation` by how much they do, relative to
    the larger; null where no estimate decided. `limits` are those of the quotients to the left and to the right at a
    kink.
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
    """What a complex step cannot go through: a layer, or the loss, which has no name; and why, also in words."""

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
    """How many rows were decided by what: the complex step, a quotient of the ε that was asked for or of another one,
    the limits of either side, or a quotient along the branch of a kink.
    """

    complex_step: int
    this_epsilon: int
    other_epsilon: int
    one_sided: int
    branch: int


class GradientCheckAnswer(Answer):
    """Every derivative by all witnesses, the row to look at first, how many differ, how many have each verdict, what
    decided on them and by how much that and the backward pass differ at the most; `no_complex_step` says why there is
    none, where there is none. `checked` rows are of `total` numbers that were asked about; where they are fewer, they
    were drawn from the `seed`, which is null elsewhere.
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
    """The two losses at one ε, the derivative that they give, and its error against the backward pass."""

    epsilon: float
    left: float | None
    right: float | None
    numeric: float | None
    relative_error: float | None


class ErrorCurveAnswer(Answer):
    """One derivative by central differences of many ε, the largest first; `no_complex_step` says why there is no
    complex step, where there is none. `parabola` says that the loss is one in this number, so that no ε errs by
    truncation.
    """

    ref: str
    analytic: float | None
    complex_step: float | None
    no_complex_step: NoComplexStepAnswer | None
    parabola: bool
    points: list[CurvePointAnswer]
    nonfinite: list[NonfiniteAnswer]
