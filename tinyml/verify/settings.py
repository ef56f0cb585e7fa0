"""What the settings of a document can be: the kinds that layers, losses and optimizers name theirs with.

A setting that could be read in two ways, such as a stride of 1.9 or "false" for a switch, is refused: else a line could
hold by one reading and not by the other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import inf, isfinite
from typing import Any, Final, NamedTuple

from tinyml.verify.errors import ReceiptError

Where = tuple[str | int, ...]


class Kind(NamedTuple):
    """What a setting can be, in words and as a test."""

    description: str
    holds: Callable[[Any], bool]


Settings = Mapping[str, Kind]


def finite(value: object) -> float | None:
    """A number that float64 holds, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if isfinite(number) else None


def is_whole(value: object) -> bool:
    """Whether it is a whole number, written as one: not 1.0, and not true."""
    return isinstance(value, int) and not isinstance(value, bool)


def whole(least: int) -> Kind:
    """A whole number from `least` on."""
    return Kind(f"a whole number from {least} on", lambda value: is_whole(value) and value >= least)


def number(least: float = -inf, most: float = inf, above: float = -inf, below: float = inf) -> Kind:
    """A finite number within bounds, of which `above` and `below` are not reached themselves."""

    def holds(value: Any) -> bool:
        found = finite(value)
        return found is not None and least <= found <= most and above < found < below

    bounds = [f"from {least:g} on"] if least > -inf else [f"above {above:g}"] if above > -inf else []
    bounds += [f"at most {most:g}"] if most < inf else [f"below {below:g}"] if below < inf else []
    return Kind(" ".join(["a finite number", " and ".join(bounds)]).strip(), holds)


def one_of(*words: str | int) -> Kind:
    """One of a few words, or of a few whole numbers."""
    description = " or ".join(f"'{word}'" if isinstance(word, str) else str(word) for word in words)
    return Kind(description, lambda value: (isinstance(value, str) or is_whole(value)) and value in words)


def or_null(kind: Kind) -> Kind:
    """The same, or null."""
    return Kind(f"{kind.description}, or null", lambda value: value is None or kind.holds(value))


def pair(kind: Kind) -> Kind:
    """A list of two."""
    return Kind(
        f"a list of two: each {kind.description}", lambda value: is_list(value, 2) and all(map(kind.holds, value))
    )


def either(one: Kind, other: Kind) -> Kind:
    """One kind or another."""
    return Kind(f"{one.description}, or {other.description}", lambda value: one.holds(value) or other.holds(value))


def is_list(value: object, length: int) -> bool:
    """Whether it is a list of so many."""
    return isinstance(value, Sequence) and not isinstance(value, str) and len(value) == length


ANYTHING: Final = Kind("anything", lambda _: True)  # checked where it is read
SWITCH: Final = Kind("true or false", lambda value: isinstance(value, bool))
LIST: Final = Kind("a list", lambda value: isinstance(value, list))
TEXT: Final = Kind("a text", lambda value: isinstance(value, str))
TEXTS: Final = Kind(
    "a list of texts", lambda value: isinstance(value, list) and bool(value) and all(map(TEXT.holds, value))
)
FINITE, NOT_NEGATIVE, POSITIVE, SHARE = number(), number(0), number(above=0), number(0, below=1)
AMOUNT: Final = whole(1)
# A number of updates, which what an optimizer remembers has as a float64.
COUNT: Final = Kind("a whole number from 0 on", lambda value: NOT_NEGATIVE.holds(value) and float(value).is_integer())
INITIALISER: Final = one_of("library_uniform", "xavier_uniform", "xavier_normal", "he_uniform", "he_normal")


def check(found: Mapping[Any, Any], known: Settings, who: str, where: Where) -> None:
    """Hold what an object has to the settings that are known. Raises ReceiptError for the first that is another, or of
    another kind; a key that is not known is not echoed.
    """
    for key, value in found.items():
        if key not in known:
            raise ReceiptError(f"{who}: a field is unknown; it has {', '.join(known)} and no others.", where)
        if not known[key].holds(value):
            name = f"{who}.{key}" if where else key
            raise ReceiptError(f"{name}: expected {known[key].description}.", (*where, key))
