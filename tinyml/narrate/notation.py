"""Parses the notation of the laws' formulas, such as `σ(z) = 1 / (1 + e^(−z))`, into a tree for typesetting.

A slash with spaces around it is a fraction, one without is a slash. `√`, `^` and `Σ` apply to the part that follows;
adjacent letters, numbers and brackets are a product, with a thin space where a space is written. `_new` is the index
of values after an update; ₖ ᵢ ₀ ₁ ₂ are indices, ², ³ and ᵀ powers, and a bar or hat is part of its letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple


class LawNode(NamedTuple):
    """A part of a formula.

    `letter`, `number`, `name` (of a function) and `mark` have a `text`; a `sign` is between two parts, a `prefix`
    before one. `row`, `fence` (`text` is its opening bracket), `root` and `fraction` (numerator, denominator) have
    `parts`. So have `below`, `above` and `both`: the base, followed by its index, its power or both. `new` is the index
    of values after an update, `sum` a Σ, `prime` a ′ and `space` a thin space.
    """

    kind: str
    text: str = ""
    parts: tuple[LawNode, ...] = ()


class _Token(NamedTuple):
    kind: str
    text: str
    apart: bool  # preceded by a space


_MARKED = "[\u0302\u0304]?"
_LETTER = rf"(?:[^\W\d_]|∇){_MARKED}"
_SCRIPTS = "ₖᵢ₀₁₂ᵀ²³"
_TOKEN = re.compile(
    "|".join(
        (
            rf"(?P<derivative>∂{_LETTER}[ₖᵢ]?/∂{_LETTER}[ₖᵢ]?)",
            r"(?P<number>\d+(?:\.\d+)?|½)",
            r"(?P<operator>[=+−·⊙<>≤≥])",
            r"(?P<fraction>(?<= )/(?= ))",
            r"(?P<slash>/)",
            rf"(?P<mark>[()|⌊⌋√^,′Σ]|_new|[{_SCRIPTS}])",
            r"(?P<function>(?:log|exp|cos|max|min|tanh|erf|sign|softmax|mean)(?![A-Za-z]))",
            rf"(?P<letter>(?![A-Za-z]{{3}}){_LETTER})",  # three letters in a row are a word
        )
    )
)
_INDICES = {"ₖ": ("letter", "k"), "ᵢ": ("letter", "i")} | {
    index: ("number", digit) for index, digit in zip("₀₁₂", "012", strict=True)
}
_POWERS = {"ᵀ": ("name", "T"), "²": ("number", "2"), "³": ("number", "3")}
_THIN = LawNode("space")


@lru_cache(maxsize=512)
def formula(written: str) -> tuple[LawNode, ...]:
    """Return the formula in pieces; a line may break between any two of them.

    Raises:
        ValueError: if a character is not part of the notation, or a bracket is not closed.
    """
    return _Reader(_tokens(written), written).pieces()


def _tokens(written: str) -> list[_Token]:
    text = unicodedata.normalize("NFC", written)
    tokens: list[_Token] = []
    end = 0
    while end < len(text):
        start = end + len(text[end:]) - len(text[end:].lstrip(" "))
        found = _TOKEN.match(text, start)
        if found is None:
            raise ValueError(
                f"The formula '{written}' has '{text[start : start + 1]}', which is not part of the notation."
            )
        tokens.append(_Token(str(found.lastgroup), found[0], start > end))
        end = found.end()
    return tokens


class _Reader:
    """Reads one formula from left to right."""

    def __init__(self, tokens: Sequence[_Token], written: str) -> None:
        self._tokens = tokens
        self._written = written
        self._at = 0
        self._unmatched = False

    def pieces(self) -> tuple[LawNode, ...]:
        """Return the pieces: a break before each =, + or − that does not directly follow a relation."""
        pieces: list[list[LawNode]] = [[]]
        for node in self._sequence(""):
            breaks = node.kind == "sign" and node.text in "=+−"
            if breaks and pieces[-1] and not (pieces[-1][-1].kind == "sign" and pieces[-1][-1].text in "=<>≤≥"):
                pieces.append([node])
            else:
                pieces[-1].append(node)
        if self._next is not None or self._unmatched:
            raise ValueError(f"The formula '{self._written}' has an unmatched bracket.")
        return tuple(LawNode("row", parts=tuple(piece)) for piece in pieces)

    @property
    def _next(self) -> _Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _sequence(self, close: str) -> list[LawNode]:
        """Read up to a closing bracket or the end: products with signs between them."""
        nodes: list[LawNode] = []
        signed = True
        while (token := self._next) and token.text != close:
            kind, text, _ = token
            if kind == "operator":
                nodes.append(LawNode("prefix" if signed else "sign", text))
            elif text == ",":
                nodes.append(LawNode("comma"))
            else:
                nodes += self._quotient(close)
                signed = False
                continue
            signed = kind == "operator" or text == ","
            self._at += 1
        return nodes

    def _quotient(self, close: str) -> list[LawNode]:
        """Read a product, and its denominator if a fraction follows; adjacent factors share the denominator."""
        above = self._factors(close)
        below: list[list[LawNode]] = []
        while (token := self._next) and token.kind == "fraction":
            self._at += 1
            below.append(self._factors(close))
        if not below:
            return above
        under = (
            _bare(below[0]) if len(below) == 1 else LawNode("row", parts=tuple(one for part in below for one in part))
        )
        return [LawNode("fraction", parts=(_bare(above), under))]

    def _factors(self, close: str) -> list[LawNode]:
        nodes: list[LawNode] = []
        while (token := self._next) and token.text not in (close, ",") and token.kind not in _ENDING:
            if nodes and (token.kind == "function" or (token.apart and token.text != "(")):
                nodes.append(_THIN)
            nodes.append(self._scripted(self._atom()))
            if token.kind == "function" and not self._opens():
                nodes.append(_THIN)
        return nodes

    def _opens(self) -> bool:
        """Return whether the next token is an opening bracket."""
        token = self._next
        return token is not None and token.text == "("

    def _atom(self) -> LawNode:
        kind, text, _ = self._tokens[self._at]
        self._at += 1
        if kind in _ATOMS:
            return _ATOMS[kind](text)
        if text == "Σ":
            return LawNode("sum")
        if text == "√":
            return LawNode("root", parts=(_unfenced(self._scripted(self._atom())),))
        if text in _CLOSING:
            inner = tuple(self._sequence(_CLOSING[text]))
            self._unmatched = self._unmatched or self._next is None
            self._at += 1
            return LawNode("fence", text, inner)
        if text in ")⌋":
            self._unmatched = True
        return LawNode("mark", text)

    def _scripted(self, base: LawNode) -> LawNode:
        """Read the indices, primes and powers of a base."""
        below: LawNode | None = None
        above: LawNode | None = None
        while (token := self._next) and not token.apart:
            text = token.text
            if text == "′":
                base = LawNode("row", parts=(base, LawNode("prime")))
            elif text == "_new":
                below = LawNode("new")
            elif text in _INDICES:
                below = LawNode(*_INDICES[text])
            elif text in _POWERS:
                above = LawNode(*_POWERS[text])
            elif text != "^":
                break
            self._at += 1
            if text == "^":
                above = _unfenced(self._scripted(self._atom()))
        scripts = tuple(one for one in (below, above) if one is not None)
        if not scripts:
            return base
        kind = "both" if len(scripts) == 2 else "above" if below is None else "below"
        return LawNode(kind, parts=(base, *scripts))


def _derivative(text: str) -> LawNode:
    sides = [(part[1:-1], part[-1]) if part[-1] in _INDICES else (part[1:], "") for part in text.split("/")]
    above, below = (
        LawNode("row", parts=(LawNode("letter", "∂"), _indexed(LawNode("letter", letter), index)))
        for letter, index in sides
    )
    return LawNode("row", parts=(above, LawNode("mark", "/"), below))


def _indexed(base: LawNode, index: str) -> LawNode:
    return LawNode("below", parts=(base, LawNode(*_INDICES[index]))) if index else base


def _unfenced(node: LawNode) -> LawNode:
    """Remove brackets around a whole numerator, denominator, radicand or exponent, where they are redundant."""
    return LawNode("row", parts=node.parts) if node.kind == "fence" and node.text == "(" else node


def _bare(nodes: list[LawNode]) -> LawNode:
    return _unfenced(nodes[0]) if len(nodes) == 1 else LawNode("row", parts=tuple(nodes))


_ENDING = ("operator", "fraction")
_CLOSING = {"(": ")", "|": "|", "⌊": "⌋"}
_ATOMS: dict[str, Callable[[str], LawNode]] = {
    "number": lambda text: LawNode("number", text),
    "function": lambda text: LawNode("name", text),
    "derivative": _derivative,
    "letter": lambda text: LawNode("letter", text),
    "slash": lambda text: LawNode("mark", text),
}
