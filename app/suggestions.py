"""Suggestions for unknown names: names of other libraries, or similar spellings."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final, NamedTuple

from app.aliases import ALIASES, INSTEAD, NEAREST

# Names are short: a longer text is not compared, so that it costs nothing.
MAX_NAME: Final = 60
# How similar two spellings must be, from 0 to 1: that of "Linaer" and "Linear" is 0.83.
ALIKE: Final = 0.75
# The length from which the beginning of a name is recognized as that name: "prob".
BEGINNING: Final = 4
# Words that people add to a name: DenseLayer, MSELoss, SGDOptimizer, AvgPoolingLayer, huber_loss.
_ADDED = ("layer", "loss", "optimizer", "optimiser", "activation", "initializer", "initialiser", "function")
_NO_LETTER = re.compile(r"[^a-z0-9]+")


class Suggestion(NamedTuple):
    """`name` is valid; `missing` is the requested thing if it does not exist and `name` is only the nearest one."""

    name: str
    missing: str | None = None

    def __str__(self) -> str:
        if self.missing:
            return f"there is no {self.missing} here, and '{self.name}' comes nearest"
        return f"did you mean '{self.name}'?"


def suggestion(value: object, valid: Iterable[str]) -> Suggestion | None:
    """The valid name that was probably meant by `value`, or None. The result contains nothing of the input."""
    if not isinstance(value, str) or len(value) > MAX_NAME:
        return None
    names = {plain(name): name for name in valid}
    # A name as written in code: nn.ReLU(), keras.layers.Dense(2).
    written = plain(value.split("(", 1)[0].rpartition(".")[2])
    if not written:
        return None
    spellings = [written, *(written.removesuffix(word) for word in _ADDED if written.endswith(word))]
    for spelling in filter(None, spellings):
        if found := _known(spelling, names):
            return found
    begun = [name for spelling, name in names.items() if len(written) >= BEGINNING and spelling.startswith(written)]
    if len(begun) == 1:
        return Suggestion(begun[0])
    close = get_close_matches(written, names, 1, ALIKE) or get_close_matches(spellings[-1], names, 1, ALIKE)
    if close:
        return Suggestion(names[close[0]])
    # A misspelt name of another library.
    for spelling in get_close_matches(written, ALIASES, 3, max(ALIKE, 0.85)):
        if found := _known(spelling, names):
            return found
    return None


def instead(value: object) -> str | None:
    """What to do instead of a field that other libraries have; None for any other field."""
    return INSTEAD.get(plain(value)) if isinstance(value, str) and len(value) <= MAX_NAME else None


def plain(name: str) -> str:
    """A name in the form in which names are compared: small letters and digits only."""
    return _NO_LETTER.sub("", name.casefold())


def _known(spelling: str, names: dict[str, str]) -> Suggestion | None:
    """The name that a spelling certainly means."""
    if spelling in names:
        return Suggestion(names[spelling])
    for name in (*ALIASES.get(spelling, ()), *_ABSENT.get(spelling, ())):
        if plain(name) in names:
            return Suggestion(names[plain(name)])
        nearest = NEAREST.get(name)
        if nearest is not None and plain(nearest) in names:
            return Suggestion(names[plain(nearest)], name)
    return None


_ABSENT: Final = {plain(name): (name,) for name in NEAREST}
