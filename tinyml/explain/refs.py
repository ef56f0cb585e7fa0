"""Refs: the names of the scalars of one training step, such as `fc_1.w.grad[0,1]` or `x[2,0]`. Indices count from 0."""

import re
from dataclasses import dataclass

from tinyml.core import RefError

# Valid names of layers, and the names with another meaning in a ref.
NAME = "[A-Za-z_][A-Za-z0-9_]{0,63}"
RESERVED = frozenset({"x", "y", "loss", "lr"})
# The suffixes after the name of a number, which select its value, gradient or state.
SUFFIXES = ("grad", "next")
# No leading zeros, and only ASCII digits: each number has exactly one ref.
_INDEX = r"(?:0|[1-9]\d{0,8})"
_GRAMMAR = re.compile(rf"({NAME})((?:\.[A-Za-z_]\w*){{0,3}})(?:\[({_INDEX}(?:,{_INDEX}){{0,7}})\])?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Ref:
    """A parsed ref.

    `owner`  a layer, or x, y, loss, lr.
    `part`   the part of a layer, such as w or output.
    `kind`   value, grad or next; of a parameter also the optimizer state: velocity, velocity.next, and so on.
    """

    owner: str
    part: str
    kind: str
    index: tuple[int, ...]


def parse(ref: str) -> Ref:
    """Parse a ref. Raises RefError if it is invalid."""
    match = _GRAMMAR.fullmatch(ref)
    if match is not None:
        owner, parts, index = match.groups()
        words = parts.split(".")[1:]
        suffix = [words.pop()] if words and words[-1] in SUFFIXES else []
        part, *state = words or [""]
        if len(state) < 2:
            kind = ".".join([*state, *suffix]) or "value"
            return Ref(owner, part, kind, tuple(map(int, index.split(","))) if index else ())
    raise RefError(
        "That is not a ref; expected a name with indices from 0, such as x[0,1], fc_1.output[0,1], "
        "fc_1.w.grad[0,1] or loss."
    )
