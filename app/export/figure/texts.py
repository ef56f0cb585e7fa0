"""A text of a figure as runs of one face, one size and one base line, and how wide it is."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from app.export.figure.shapes import Text
from tinyml.expression import symbol_latex
from tinyml.expression.symbols import parse_symbol

Face = Literal["italic", "normal"]
FONTS = Path(__file__).parent / "fonts"
FILES: dict[Face, Path] = {"italic": FONTS / "italic.ttf", "normal": FONTS / "normal.ttf"}
# Of what is above or below the line, in parts of the size.
SMALL, UP, DOWN = 0.68, 0.42, 0.22
# What means something in LaTeX.
SPECIAL = {
    **{character: f"\\{character}" for character in "{}$&#_%"},
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}
SIGNS = {"−": "$-$", "ℓ": r"$\ell$", "=": "$=$", "∞": r"$\infty$", "×": r"$\times$", "…": r"\dots{}"}
# The width of a character that the fonts do not have, in thousandths.
UNKNOWN = 1_000


class Run(NamedTuple):
    """Characters of one face that begin at (x, y)."""

    x: float
    y: float
    size: float
    face: Face
    characters: str


@cache
def _widths() -> dict[Face, dict[str, int]]:
    found: dict[Face, dict[str, int]] = json.loads((FONTS / "widths.json").read_text("utf-8"))
    return found


def face_of(characters: str, wanted: Face) -> Face:
    """The face that has these characters, the wanted one if it does."""
    return wanted if all(character in _widths()[wanted] for character in characters) else "normal"


def _width(characters: str, face: Face, size: float) -> float:
    widths = _widths()[face]
    return sum(widths.get(character, UNKNOWN) for character in characters) * size / 1_000


def runs(text: Text) -> list[Run]:
    """The runs of a text, from the left."""
    placed: list[tuple[float, float, float, Face, str]] = []
    width = 0.0

    def put(characters: str, wanted: Face, size: float, rise: float, at: float) -> float:
        face = face_of(characters, wanted)
        placed.append((at, rise, size, face, characters))
        return at + _width(characters, face, size)

    if text.kind == "symbol":
        base, below, above, sample = parse_symbol(text.content)
        width = put(base, "italic", text.size, 0, 0)
        beside = width
        if below:
            width = put(below.rstrip(","), "normal", SMALL * text.size, DOWN * text.size, beside)
        if above or sample:
            upper = f"({above})" if above else f"[{sample}]"
            width = max(width, put(upper, "normal", SMALL * text.size, -UP * text.size, beside))
    else:
        first, _, power = text.content.partition("^")
        width = put(first, "normal", text.size, 0, 0)
        if power:
            width = put(power, "normal", SMALL * text.size, -UP * text.size, width)
    left = text.x - width / 2
    return [Run(left + at, text.y + rise, size, face, characters) for at, rise, size, face, characters in placed]


def width_of(text: Text) -> float:
    """The width of a text."""
    last = max(runs(text), key=lambda run: run.x + _width(run.characters, run.face, run.size))
    return last.x + _width(last.characters, last.face, last.size) - runs(text)[0].x


def latex(text: Text) -> str:
    """A text as LaTeX in a line of text."""
    if text.kind == "symbol":
        return f"${symbol_latex(text.content)}$"
    if text.kind == "name":
        return escaped(text.content)
    # Digits as text: a point of a formula is another character when it is copied.
    mantissa, power, exponent = text.content.partition("×10^")
    for plain, command in SIGNS.items():
        mantissa = mantissa.replace(plain, command)
    return f"{mantissa}$\\times 10^{{{exponent.replace('−', '-')}}}$" if power else mantissa


def escaped(text: str) -> str:
    """Any text as LaTeX that shows it."""
    return "".join(SPECIAL.get(character, character) for character in text)
