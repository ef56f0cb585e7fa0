"""The state of optimizers in documents, for one parameter each."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, Discriminator, Field, Tag
from pydantic_core import PydanticCustomError

from app.schemas.base import Finite, Strict, fields_of
from app.schemas.tensors import Tensor


def _least(values: Any) -> float:
    return min(map(_least, values)) if isinstance(values, list) else values


def _no_square_below_zero(values: Any) -> Any:
    if _least(values) < 0:
        raise PydanticCustomError(
            "negative_square", "squares are never below 0, nor is their mean or sum; send 0 or more"
        )
    return values


Squares = Annotated[Tensor, AfterValidator(_no_square_below_zero)]
# The number of updates, in a list like all optimizer state.
Count = Annotated[
    list[Annotated[Finite, Field(ge=0, multiple_of=1)]],
    Field(min_length=1, max_length=1, description="How many updates there were."),
]


class Remembered(Strict):
    """The optimizer state of one parameter, by name, each in the shape of the parameter."""

    # The names of state that is one number for the whole parameter.
    single: ClassVar[frozenset[str]] = frozenset()


class VelocityState(Remembered):
    """The state of momentum."""

    velocity: Tensor


class ChangeState(Remembered):
    """The state of momentum as a share of the previous change."""

    change: Tensor


MOMENTUM_STATES = ("a velocity", "a change")


def _momentum_state(value: Any) -> str:
    """Return the tag of the state that a value is."""
    return MOMENTUM_STATES["change" in fields_of(value)]


MomentumState = Annotated[
    Annotated[VelocityState, Tag(MOMENTUM_STATES[0])] | Annotated[ChangeState, Tag(MOMENTUM_STATES[1])],
    Discriminator(_momentum_state),
]


class SquareState(Remembered):
    """The state of RMSProp."""

    square: Squares


class SumState(Remembered):
    """The state of Adagrad."""

    single = frozenset({"count"})
    sum: Squares
    count: Count


class AdamState(Remembered):
    """The state of Adam and AdamW."""

    single = frozenset({"count"})
    mean: Tensor
    square: Squares
    count: Count
