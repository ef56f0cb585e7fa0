"""Refs: the names of the scalars of one training step, such as `fc_1.w.grad[0,1]` or `x[2,0]`. Indices count from 0."""

import re
from dataclasses import dataclass
from typing import Literal

from tinyml.core import RefError

Kind = Literal["value", "grad", "next"]
# What a layer may be called, and the names that mean other things in a ref.
NAME = "[A-Za-z_][A-Za-z0-9_]{0,63}"
RESERVED = frozenset({"x", "y", "loss", "lr"})
# No leading zeros, and no digits but ASCII's: each number has one ref.
_INDEX = r"(?:0|[1-9]\d{0,8})"
_GRAMMAR = re.compile(rf"({NAME})(?:\.([A-Za-z_]\w*?))??(?:\.(grad|next))?(?:\[({_INDEX}(?:,{_INDEX})*)\])?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Ref:
    """A ref taken apart: `owner` is a layer, or x, y, loss, lr; `part` what of a layer is meant, such as w or
    output.
    """

    owner: str
    part: str
    kind: Kind
    index: tuple[int, ...]


def parse(ref: str) -> Ref:
    """Take a ref apart. Raises RefError where it is not one."""
    match = _GRAMMAR.fullmatch(ref)
    if match is None:
        raise RefError(
            "That is not a ref; expected a name with indices from 0, such as x[0,1], fc_1.output[0,1], "
            "fc_1.w.grad[0,1] or loss."
        )
    owner, part, suffix, index = match.groups()
    kind: Kind = "grad" if suffix == "grad" else "next" if suffix == "next" else "value"
    return Ref(owner, part or "", kind, tuple(map(int, index.split(","))) if index else ())
