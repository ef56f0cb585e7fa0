"""Settings of several layers in one formula: a letter with more than one value is written with its layer's index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from tinyml.explain.symbols import Symbols
from tinyml.expression import PRIME, Call, Choice, Expression, Marked, Number, Operation

# The letter of each setting, by layer, as a formula writes it.
Letters = Mapping[tuple[str, str], str]


def distinguished(factors: Iterable[tuple[str, Marked]], symbols: Symbols) -> Letters:
    """Return how settings with several values are written: for each layer, the letters that have another value in
    another layer. `factors` are given with the names of their layers.
    """
    values: dict[str, dict[str, float]] = {}
    for layer, factor in factors:
        for number in _settings(factor):
            values.setdefault(number.symbol, {})[layer] = number.value
    written: dict[tuple[str, str], str] = {}
    for letter, by_layer in values.items():
        if len(set(by_layer.values())) == 1:
            continue
        taken: dict[str, float] = {}
        for layer in sorted(by_layer, key=symbols.place):
            base = letter
            # A layer without parameters has the number of the previous layer with parameters.
            while taken.setdefault(own := symbols.matrix(base, layer), by_layer[layer]) != by_layer[layer]:
                base += PRIME
            written[layer, letter] = own
    return written


def with_letters(factors: Sequence[Marked], layers: Sequence[str], letters: Letters) -> tuple[Marked, ...]:
    """Return the factors of a path with these letters."""
    if not letters:
        return tuple(factors)
    return tuple(
        replace(factor, expression=_written(factor.expression, layer, letters))
        for factor, layer in zip(factors, layers, strict=True)
    )


def _settings(expression: Expression) -> Iterator[Number]:
    match expression:
        case Number(_, symbol) if symbol:
            yield expression
        case Operation(_, args) | Call(_, args):
            for arg in args:
                yield from _settings(arg)
        case Choice(cases):
            for case in cases:
                yield from _settings(case.value)
        case Marked(_, _, inner):
            yield from _settings(inner)


def _written(expression: Expression, layer: str, letters: Letters) -> Expression:
    match expression:
        case Number(_, symbol):
            return replace(expression, symbol=letters.get((layer, symbol), symbol))
        case Operation(_, args) | Call(_, args):
            return replace(expression, args=tuple([_written(arg, layer, letters) for arg in args]))
        case Choice(cases):
            own = [replace(case, value=_written(case.value, layer, letters)) for case in cases]
            return replace(expression, cases=tuple(own))
        case Marked(_, _, inner):
            return replace(expression, expression=_written(inner, layer, letters))
    return expression
