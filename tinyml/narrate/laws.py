"""The laws that explanations follow, `σ(z) = 1 / (1 + e^(−z))`, as prose and formulas: a tree that a typesetter sets as
it is. A slash with spaces around it is a fraction, one without is a slash.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from tinyml.narrate.wording import Language


class LawNode(NamedTuple):
    """A part of a formula.

    `letter`, `number`, `name` (of a function), `word` and `mark` have a `text`; `sign` stands between two parts,
    `prefix` before one. `row`, `fence` (its `text` opens it), `root` and `fraction` (above, below) have `parts`, and so
    have `below`, `above` and `both`: what has an index, a power or both, and then these. `new` is the index of what
    follows an update, `sum` a Σ, `prime` a ′ and `space` a thin space.
    """

    kind: str
    text: str = ""
    parts: tuple[LawNode, ...] = ()


class Law(NamedTuple):
    """A law in a language: English where there are no words in the one that is asked for. A formula among its `parts`
    is in pieces; a line may break between any two of them.
    """

    language: Language
    parts: tuple[str | tuple[LawNode, ...], ...]


class _Token(NamedTuple):
    kind: str
    text: str
    apart: bool  # a space stands before it


_HAT = "\u0302"
_LETTER = rf"(?:[^\W\d_]|∇){_HAT}?"
_SCRIPTS = "ₖᵢ₁₂ᵀ²"
_TOKEN = re.compile(
    "|".join(
        (
            rf"(?P<derivative>∂{_LETTER}[ₖᵢ]?/∂{_LETTER}[ₖᵢ]?)",
            r"(?P<number>\d+(?:\.\d+)?|½)",
            r"(?P<operator>[=+−·⊙<>≤≥])",
            r"(?P<fraction>(?<= )/(?= ))",
            r"(?P<slash>/)",
            rf"(?P<mark>[()|√^,′Σ]|_new|[{_SCRIPTS}])",
            rf"(?P<word>[A-Za-z][A-Za-z’'-]+(?!{_HAT}|[{_SCRIPTS}^_]))",
            rf"(?P<letter>(?![\u2e80-\u9fff\uf900-\ufaff]){_LETTER})",
            r"(?P<other>\S)",
        )
    )
)
_FUNCTION = re.compile(r"log|exp|max|min|tanh|erf|sign|softmax|mean")
# A function is one only before what it is taken of.
_TAKEN_OF = re.compile(r"\(| ?(?:[^\W\d_]|Σ)(?![a-z])")
_INDICES = {"ₖ": ("letter", "k"), "ᵢ": ("letter", "i"), "₁": ("number", "1"), "₂": ("number", "2")}
_POWERS = {"ᵀ": ("name", "T"), "²": ("number", "2")}
_THIN = LawNode("space")


@cache
def wordings(language: Language) -> dict[str, str]:
    """The laws that have other words than the engine's in a language, by these."""
    if language == "en":
        return {}
    found: dict[str, str] = json.loads(
        files("tinyml.narrate").joinpath("messages", f"laws.{language}.json").read_text("utf-8")
    )
    return found


@lru_cache(maxsize=512)
def law_in(law: str, language: Language = "en") -> Law:
    """A law of the engine in a language, as prose and formulas."""
    words = wordings(language).get(law)
    parts = _parts(law if words is None else words)
    has_words = any(re.search(r"[^\W\d_]{3}", part) for part in parts if isinstance(part, str))
    # What is a formula alone belongs to every language.
    return Law("en" if words is None and has_words else language, parts)


def _parts(law: str) -> tuple[str | tuple[LawNode, ...], ...]:
    tokens = _tokens(unicodedata.normalize("NFC", law))
    parts: list[str | tuple[LawNode, ...]] = []

    def say(text: str) -> None:
        if parts and isinstance(parts[-1], str):
            parts[-1] += text
        else:
            parts.append(text)

    at = 0
    while at < len(tokens):
        end = _run(tokens, at)
        if tokens[at].apart and at:
            say(" ")
        if end == at:
            say(tokens[at].text)
            at += 1
        else:
            parts.append(_Reader(tokens[at:end]).pieces())
            at = end
    return tuple(parts)


def _tokens(law: str) -> list[_Token]:
    tokens: list[_Token] = []
    end = 0
    for found in _TOKEN.finditer(law):
        text, kind, apart = found[0], found.lastgroup or "other", found.start() > end
        end = found.end()
        if text == "Xw":  # a product, and no word
            tokens += [_Token("letter", "X", apart), _Token("letter", "w", False)]
            continue
        if _FUNCTION.fullmatch(text) and _TAKEN_OF.match(law, end):
            kind = "function"
        tokens.append(_Token("word" if kind == "other" else kind, text, apart))
    return tokens


def _run(tokens: Sequence[_Token], start: int) -> int:
    """One past the last token of the formula that begins here; here, where none does."""
    depth, end, found = 0, start, False
    for at in range(start, len(tokens)):
        kind, text, _ = tokens[at]
        depth += (text == "(") - (text == ")")
        if depth < 0 or (depth == 0 and (kind == "word" or text == ",")):
            break
        # A number alone belongs to the words around it: "Law 1", "1 for k = i".
        found = found or (kind != "number" and text != ")")
        if depth == 0:
            end = at + 1
    return end if found else start


class _Reader:
    """Reads one formula from left to right."""

    def __init__(self, tokens: Sequence[_Token]) -> None:
        self._tokens = tokens
        self._at = 0

    def pieces(self) -> tuple[LawNode, ...]:
        """Broken before each relation and before each sign of a sum behind one."""
        pieces: list[list[LawNode]] = [[]]
        for node in self._sequence(""):
            breaks = node.kind == "sign" and node.text in "=+−"
            if breaks and pieces[-1] and not (pieces[-1][-1].kind == "sign" and pieces[-1][-1].text in "=<>≤≥"):
                pieces.append([node])
            else:
                pieces[-1].append(node)
        return tuple(LawNode("row", parts=tuple(piece)) for piece in pieces)

    @property
    def _next(self) -> _Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _sequence(self, close: str) -> list[LawNode]:
        """Up to a closing bracket or the end: chains of factors with signs between them."""
        nodes: list[LawNode] = []
        signed = True
        while (token := self._next) and token.text != close:
            kind, text, _ = token
            if kind == "operator":
                nodes.append(LawNode("prefix" if signed else "sign", text))
            elif text == ",":
                nodes.append(LawNode("comma"))
            elif kind == "word":
                nodes.append(LawNode("word", text))
            else:
                nodes += self._quotient(close)
                signed = False
                continue
            signed = kind == "operator" or text == ","
            self._at += 1
        return nodes

    def _quotient(self, close: str) -> list[LawNode]:
        """Factors, over others where a fraction follows; several in a row share their denominator."""
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
        """Whether a bracket opens here."""
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
        if text in "(|":
            inner = tuple(self._sequence(")" if text == "(" else "|"))
            self._at += 1
            return LawNode("fence", text, inner)
        return LawNode("mark", text)

    def _scripted(self, base: LawNode) -> LawNode:
        """Indices, primes and powers of what stands before them."""
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
    """A bracket around all of a numerator, a denominator, a root or an exponent says nothing there."""
    return LawNode("row", parts=node.parts) if node.kind == "fence" and node.text == "(" else node


def _bare(nodes: list[LawNode]) -> LawNode:
    return _unfenced(nodes[0]) if len(nodes) == 1 else LawNode("row", parts=tuple(nodes))


_ENDING = ("operator", "fraction", "word")
_ATOMS: dict[str, Callable[[str], LawNode]] = {
    "number": lambda text: LawNode("number", text),
    "function": lambda text: LawNode("name", text),
    "derivative": _derivative,
    "letter": lambda text: LawNode("letter", text),
    "slash": lambda text: LawNode("mark", text),
}
