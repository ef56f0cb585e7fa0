"""Symbols as plain strings of a small grammar, and their faces.

    symbol := ["∂ℓ/∂"] base {"′"} ["_" subscript] ["^(" superscript ")"] ["^[" sample "]"]

`w_12^(1)` is the weight from input 1 to output 2 in layer 1, `w_12^(1,new)` the same after the update, `x_1^[3]` the
first input of the third sample, `∂ℓ/∂w_12^(1)` a gradient. Indices count from 1; two of them are set apart by a comma
once one has two digits.
"""

import re
from functools import lru_cache

PARTIAL = "∂ℓ/∂"
PRIME = "′"
_NEW = r"\text{new}"
_GRAMMAR = re.compile(r"(∂ℓ/∂)?([^_^]+)(?:_([\d,]+))?(?:\^\(([^)]+)\))?(?:\^\[(\d+)\])?")
_LATEX_BASES = {"ŷ": r"\hat{y}", "∇": r"\nabla", "ℓ": r"\ell", "η": r"\eta"}
_SPOKEN_BASES = {"ŷ": "y hat", "∇": "nabla", "ℓ": "the loss", "η": "the learning rate"}


@lru_cache(maxsize=10_000)  # a picture asks for the same few hundred at every change of a weight
def symbol(
    base: str, indices: tuple[int, ...] = (), *, layer: int | None = None, new: bool = False, sample: int | None = None
) -> str:
    """Write a symbol. Indices and sample are zero-based, as in refs; the symbol counts from 1."""
    written = [str(index + 1) for index in indices]
    separator = "," if any(len(index) > 1 for index in written) else ""
    subscript = "_" + separator.join(written) if written else ""
    superscript = "" if layer is None else f"^({layer},new)" if new else f"^({layer})"
    return base + subscript + superscript + ("" if sample is None else f"^[{sample + 1}]")


def symbol_latex(symbol: str) -> str:
    """The symbol as LaTeX: `w_12^(1)` becomes `w^{(1)}_{12}`."""
    partial, base, subscript, superscript, sample = _parse(symbol)
    letter, primes = _without_primes(base)
    body = _LATEX_BASES.get(letter, letter) + "'" * primes
    above = f"({superscript.replace('new', _NEW)})" if superscript else ""
    above += f"[{sample}]" if sample else ""
    body += (f"^{{{above}}}" if above else "") + (f"_{{{subscript}}}" if subscript else "")
    return rf"\frac{{\partial\ell}}{{\partial {body}}}" if partial else body


def symbol_text(symbol: str) -> str:
    """The symbol as a screen reader should say it: `∂ℓ/∂w_12^(1)` becomes "the gradient of w 1 2 of layer 1"."""
    partial, base, subscript, superscript, sample = _parse(symbol)
    letter, primes = _without_primes(base)
    spoken = _SPOKEN_BASES.get(letter, letter) + " prime" * primes
    if subscript:
        spoken += " " + " ".join(subscript.split(",") if "," in subscript else subscript)
    if superscript:
        layer, _, new = superscript.partition(",")
        spoken += f" of layer {layer}" + (" after the update" if new else "")
    if sample:
        spoken += f" of sample {sample}"
    return f"the gradient of {spoken}" if partial else spoken


def _without_primes(base: str) -> tuple[str, int]:
    letter = base.rstrip(PRIME)
    return letter, len(base) - len(letter)


def _parse(symbol: str) -> tuple[str | None, str, str | None, str | None, str | None]:
    match = _GRAMMAR.fullmatch(symbol)
    if match is None:
        raise ValueError(f"'{symbol}' is not a symbol; expected something like w_12^(1), x_1^[2] or ∂ℓ/∂b_1^(1).")
    partial, base, subscript, superscript, sample = match.groups()
    return partial, base, subscript, superscript, sample
