"""A sentence as data: the key of its wording, the numbers of the training step that it names, and other values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Named(NamedTuple):
    """A number of the training step with its symbol, for a sentence."""

    ref: str
    symbol: str
    value: float


@dataclass(frozen=True, slots=True)
class Symbol:
    """A part of a formula: the symbol of a number of the training step. A setting, such as η, may have no ref."""

    symbol: str
    ref: str | None


@dataclass(frozen=True, slots=True)
class Figure:
    """A part of a formula: a number in figures. It belongs to the training step if it has a ref."""

    value: float
    ref: str | None = None


# A formula in one line: operators between symbols and figures. It is the same in every language.
Formula = tuple[str | Symbol | Figure, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence, or a part of a sentence with a separate wording.

    `key` names the wording. `refs` are the numbers of the training step that it names, `values` its other values:
    counts, names, intermediate results (`float`), formulas, and messages, single ones or lists.
    """

    key: str
    refs: Mapping[str, Named] = field(default_factory=dict)
    values: Mapping[str, Value] = field(default_factory=dict)


Value = int | float | str | Formula | Message | tuple[Message, ...]
