"""The kinds of settings in a document, with which layers, losses and optimizers declare their settings.

An ambiguous setting, such as a stride of 1.9 or "false" for a switch, is refused: otherwise a line could be correct
under one interpretation and wrong under the other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import inf, isfinite
from typing import Any, Final, NamedTuple

from tinyml.verify.errors import ReceiptError

Where = tuple[str | int, ...]


class Kind(NamedTuple):
    """The values that a setting can have, in words and as a test."""

    description: str
    holds: Callable[[Any], bool]


Settings = Mapping[str, Kind]


def finite(value: object) -> float | None:
    """Return the value as a finite float64, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if isfinite(number) else None


def is_whole(value: object) -> bool:
    """Return whether the value is an integer, written as one: not 1.0, and not true."""
    return isinstance(value, int) and not isinstance(value, bool)


def whole(least: int) -> Kind:
    """Return the kind of the integers from `least` on."""
    return Kind(f"a whole number from {least} on", lambda value: is_whole(value) and value >= least)


def number(least: float = -inf, most: float = inf, above: float = -inf, below: float = inf) -> Kind:
    """Return the kind of the finite numbers within bounds; the bounds `above` and `below` are exclusive."""

    def holds(value: Any) -> bool:
        found = finite(value)
        return found is not None and least <= found <= most and above < found < below

    bounds = [f"from {least:g} on"] if least > -inf else [f"above {above:g}"] if above > -inf else []
    bounds += [f"at most {most:g}"] if most < inf else [f"below {below:g}"] if below < inf else []
    return Kind(" ".join(["a finite number", " and ".join(bounds)]).strip(), holds)


def one_of(*words: str | int) -> Kind:
    """Return the kind of one of a few words or integers."""
    description = " or ".join(f"'{word}'" if isinstance(word, str) else str(word) for word in words)
    return Kind(description, lambda value: (isinstance(value, str) or is_whole(value)) and value in words)


def or_null(kind: Kind) -> Kind:
    """Return the kind that also allows null."""
    return Kind(f"{kind.description}, or null", lambda value: value is None or kind.holds(value))


def pair(kind: Kind) -> Kind:
    """Return the kind of a list of two."""
    return Kind(
        f"a list of two: each {kind.description}", lambda value: is_list(value, 2) and all(map(kind.holds, value))
    )


def either(one: Kind, other: Kind) -> Kind:
    """Return the kind that allows both kinds."""
    return Kind(f"{one.description}, or {other.description}", lambda value: one.holds(value) or other.holds(value))


def is_list(value: object, length: int) -> bool:
    """Return whether the value is a list of this length."""
    return isinstance(value, Sequence) and not isinstance(value, str) and len(value) == length


ANYTHING: Final = Kind("anything", lambda _: True)  # checked where it is read
SWITCH: Final = Kind("true or false", lambda value: isinstance(value, bool))
LIST: Final = Kind("a list", lambda value: isinstance(value, list))
TEXT: Final = Kind("a text", lambda value: isinstance(value, str))
TEXTS: Final = Kind(
    "a list of strings", lambda value: isinstance(value, list) and bool(value) and all(map(TEXT.holds, value))
)
FINITE, NOT_NEGATIVE, POSITIVE, SHARE = number(), number(0), number(above=0), number(0, below=1)
WEIGHTS: Final = Kind(
    "a list of finite numbers above 0",
    lambda value: isinstance(value, list) and bool(value) and all(map(POSITIVE.holds, value)),
)
AMOUNT: Final = whole(1)
# A number of updates, which the state of an optimizer stores as a float64.
COUNT: Final = Kind("a whole number from 0 on", lambda value: NOT_NEGATIVE.holds(value) and float(value).is_integer())
INITIALISER: Final = one_of("library_uniform", "xavier_uniform", "xavier_normal", "he_uniform", "he_normal")


def check(found: Mapping[Any, Any], known: Settings, who: str, where: Where) -> None:
    """Check the keys and values of an object. Raises ReceiptError for the first that is unknown or of another kind; an
    unknown key is not echoed.
    """
    for key, value in found.items():
        if key not in known:
            raise ReceiptError(f"{who}: a field is unknown; it has {', '.join(known)} and no others.", where)
        if not known[key].holds(value):
            name = f"{who}.{key}" if where else key
            raise ReceiptError(f"{name}: expected {known[key].description}.", (*where, key))
