"""A sentence as data: the key of its wording, the numbers of the training step that it names, and what else it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Named(NamedTuple):
    """A number of the training step with its symbol, as a sentence names it."""

    ref: str
    symbol: str
    value: float


@dataclass(frozen=True, slots=True)
class Symbol:
    """A part of a formula: a number of the training step by its symbol. A setting, such as η, may have no ref."""

    symbol: str
    ref: str | None


@dataclass(frozen=True, slots=True)
class Figure:
    """A part of a formula: a number in figures, of the training step where it has a ref."""

    value: float
    ref: str | None = None


# A formula in one line: signs between symbols and figures. It reads the same in every language.
Formula = tuple[str | Symbol | Figure, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence, or a part of a sentence with a separate wording.

    `key` names the wording. `refs` are the numbers of the training step that it names, `values` what else it says:
    counts, names, numbers that are computed on the way (`float`), formulas, and messages, one or several in a row.
    """

    key: str
    refs: Mapping[str, Named] = field(default_factory=dict)
    values: Mapping[str, Value] = field(default_factory=dict)


Value = int | float | str | Formula | Message | tuple[Message, ...]
