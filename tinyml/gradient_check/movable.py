"""What a check can change, parameters and inputs, and which of them a ref names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

from tinyml.core import Array, Backend, RefError
from tinyml.explain.refs import Ref, parse

# A network of many layers has more than a reader can use.
MOST_LISTED = 20


class UnmovableError(RefError):
    """A ref names nothing that a check can change; `position` is its index among the refs."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.position = position


@dataclass(frozen=True, slots=True)
class Movable:
    """All numbers of one parameter, or the input (`part` empty): `shape` in the notation's orientation, `axes` what to
    call its axes in messages, such as "j,k"; the first of the numbers is number `start` of all that can be moved.
    """

    owner: str
    part: str
    axes: str
    shape: tuple[int, ...]
    start: int

    @property
    def name(self) -> str:
        """What its refs begin with, such as `fc_1.w`."""
        return f"{self.owner}.{self.part}" if self.part else self.owner

    @property
    def size(self) -> int:
        """How many numbers it has."""
        return prod(self.shape)

    @property
    def stop(self) -> int:
        """Where the numbers of the next one start."""
        return self.start + self.size

    def refs(self) -> list[str]:
        """The refs of all its numbers."""
        return [f"{self.name}[{','.join(map(str, index))}]" for index in Backend.ndindex(self.shape)]

    def ref(self, number: int) -> str:
        """The ref of a number, given its position among all that can be moved."""
        index, rest = [], number - self.start
        for size in reversed(self.shape):
            rest, i = divmod(rest, size)
            index.append(i)
        return f"{self.name}[{','.join(map(str, reversed(index)))}]"

    def number(self, ref: Ref) -> int | None:
        """Which number a ref means; None where it is none of these."""
        if (ref.owner, ref.part, ref.kind) != (self.owner, self.part, "value") or len(ref.index) != len(self.shape):
            return None
        number = 0
        for i, size in zip(ref.index, self.shape, strict=True):
            if i >= size:
                return None
            number = number * size + i
        return self.start + number

    def __str__(self) -> str:
        axes = self.axes.split(",")
        if len(axes) != len(self.shape):  # more than anyone has letters for
            axes = [f"i{axis}" for axis in range(1, len(self.shape) + 1)]
        ranges = ", ".join(f"{axis} < {size}" for axis, size in zip(axes, self.shape, strict=True))
        return f"{self.name}[{','.join(axes)}] ({ranges})"


def refs_of(numbers: Array, movables: Sequence[Movable]) -> list[str]:
    """The refs of numbers of the movables, both ascending."""
    refs, left = [], iter(movables)
    movable = next(left, None)
    for number in numbers.tolist():
        while movable is not None and number >= movable.stop:
            movable = next(left, None)
        if movable is not None:
            refs.append(movable.ref(number))
    return refs


def numbers_of(refs: Sequence[str], movables: Sequence[Movable]) -> list[int]:
    """The numbers that the refs name, in their order. Raises UnmovableError, with what can be changed instead."""
    owned: dict[str, list[Movable]] = {}
    for movable in movables:
        owned.setdefault(movable.owner, []).append(movable)
    return [_number(ref, position, owned) for position, ref in enumerate(refs)]


def _number(ref: str, position: int, owned: dict[str, list[Movable]]) -> int:
    try:
        taken_apart = parse(ref)
    except RefError as error:
        raise UnmovableError(str(error), position) from error
    candidates = owned.get(taken_apart.owner, [])
    for movable in candidates:
        if (number := movable.number(taken_apart)) is not None:
            return number
    if candidates:
        who = f"{taken_apart.owner} has no such number to move; the check moves"
    else:
        who = "The check moves parameters and inputs, and this ref names neither; it moves"
        candidates = [movable for movables in owned.values() for movable in movables]
    listed = ", ".join(map(str, candidates[:MOST_LISTED]))
    more = f" and {len(candidates) - MOST_LISTED} more" if len(candidates) > MOST_LISTED else ""
    raise UnmovableError(f"{who} {listed}{more}. Indices count from 0.", position)
