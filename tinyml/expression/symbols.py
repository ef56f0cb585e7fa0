"""Symbols as plain strings of a small grammar, and their conversion to LaTeX and to words.

    derivative := "∂" symbol "/∂" symbol
    symbol := base {"′"} ["_" subscript] ["^(" superscript ")"] ["^[" sample "]"]
    base := letter | letter "(" letter ")"

`w_12^(1)` is the weight from input 1 to output 2 in layer 1, `w_12^(1,new)` the same after the update, `x_1^[3]` the
first input of the third sample, `∂ℓ/∂w_12^(1)` a gradient, `∂ŷ_2/∂w_12^(1)` a local derivative, `v(γ)_1^(2)` optimizer
state of γ. Indices count from 1; they are separated by commas if one of them has two digits. A single index of two
digits is followed by a comma, `x_12,`, which is not displayed: `x_12` has the two indices 1 and 2.
"""

import re
from functools import lru_cache

PARTIAL = "∂ℓ/∂"
PRIME = "′"
_NEW = r"\text{new}"
_GRAMMAR = re.compile(r"([^_^]+)(?:_([\d,]+))?(?:\^\(([^)]+)\))?(?:\^\[(\d+)\])?")
_LATEX_LETTERS = {
    "ŷ": r"\hat{y}", "x̂": r"\hat{x}", "σ²": r"{\sigma^2}", "μ̄": r"\bar{\mu}", "σ̄²": r"{\bar{\sigma}{}^2}",
    "∇": r"\nabla", "ℓ": r"\ell", "Ω": r"\Omega",
    "α": r"\alpha", "β": r"\beta", "γ": r"\gamma", "δ": r"\delta", "Δ": r"\Delta", "ε": r"\varepsilon", "η": r"\eta",
    "κ": r"\kappa", "λ": r"\lambda", "μ": r"\mu", "π": r"\pi", "σ": r"\sigma",
}  # fmt: skip
_SPOKEN_LETTERS = {
    "ŷ": "y hat", "x̂": "x hat", "σ²": "sigma squared", "μ̄": "mu bar", "σ̄²": "sigma bar squared",
    "∇": "nabla", "ℓ": "the loss", "J": "the objective", "Ω": "the penalty",
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "Δ": "change", "ε": "epsilon", "η": "the learning rate",
    "κ": "kappa", "λ": "lambda", "μ": "mu", "π": "pi", "σ": "sigma",
}  # fmt: skip


@lru_cache(maxsize=10_000)  # a picture needs the same few hundred at every change of a weight
def symbol(
    base: str, indices: tuple[int, ...] = (), *, layer: int | None = None, new: bool = False, sample: int | None = None
) -> str:
    """Write a symbol. Indices and sample are zero-based, as in refs; the symbol counts from 1."""
    written = [str(index + 1) for index in indices]
    separator = "," if any(len(index) > 1 for index in written) else ""
    subscript = "_" + separator.join(written) + (separator if len(written) == 1 else "") if written else ""
    superscript = "" if layer is None else f"^({layer},new)" if new else f"^({layer})"
    return base + subscript + superscript + ("" if sample is None else f"^[{sample + 1}]")


def derivative(of: str, by: str) -> str:
    """Return ∂of/∂by, for two symbols."""
    return f"∂{of}/∂{by}"


@lru_cache(maxsize=10_000)
def symbol_latex(symbol: str) -> str:
    """Return the symbol as LaTeX: `w_12^(1)` becomes `w^{(1)}_{12}`."""
    if symbol.startswith("∂"):
        return rf"\frac{{{_upper(symbol)}}}{{\partial {symbol_latex(symbol.partition('/∂')[2])}}}"
    base, subscript, superscript, sample = parse_symbol(symbol)
    letter, inner, primes = letters(base)
    body = _LATEX_LETTERS.get(letter, letter) + "'" * primes
    body += f"({_LATEX_LETTERS.get(inner, inner)})" if inner else ""
    above = f"({superscript.replace('new', _NEW)})" if superscript else ""
    above += f"[{sample}]" if sample else ""
    return body + (f"^{{{above}}}" if above else "") + (f"_{{{subscript.rstrip(',')}}}" if subscript else "")


def letters_latex(text: str) -> str:
    """Return a text of symbols and signs, with letters replaced by their LaTeX commands."""
    for letter, command in _LATEX_LETTERS.items():
        # A command ends if no letter follows.
        text = text.replace(letter, f"{{{command}}}")
    return text


def _upper(symbol: str) -> str:
    of = symbol_latex(symbol[1:].partition("/∂")[0])
    return rf"\partial{of}" if of.startswith("\\") else rf"\partial {of}"


@lru_cache(maxsize=10_000)
def symbol_text(symbol: str) -> str:
    """Return the symbol as a screen reader should say it: `∂ℓ/∂w_12^(1)` becomes "the gradient of w 1 2 of layer 1"."""
    if symbol.startswith(PARTIAL):
        return f"the gradient of {symbol_text(symbol.removeprefix(PARTIAL))}"
    if symbol.startswith("∂"):
        of, _, by = symbol[1:].partition("/∂")
        return f"the derivative of {symbol_text(of)} by {symbol_text(by)}"
    if symbol == "η_0":  # "the learning rate 0" would be a number
        return "the first learning rate"
    base, subscript, superscript, sample = parse_symbol(symbol)
    letter, inner, primes = letters(base)
    spoken = _SPOKEN_LETTERS.get(letter, letter) + " prime" * primes
    spoken += f" of {_SPOKEN_LETTERS.get(inner, inner)}" if inner else ""
    if subscript:
        spoken += " " + " ".join(subscript.rstrip(",").split(",") if "," in subscript else subscript)
    if superscript:
        layer, _, new = superscript.partition(",")
        spoken += f" of layer {layer}" + (" after the update" if new else "")
    return spoken + (f" of sample {sample}" if sample else "")


def letters(base: str) -> tuple[str, str, int]:
    """Return the letter of a base, the letter in brackets after it, and the number of its primes."""
    letter, _, inner = base.rstrip(PRIME).removesuffix(")").partition("(")
    return letter, inner, base.count(PRIME)


def parse_symbol(symbol: str) -> tuple[str, str | None, str | None, str | None]:
    """Return the base, subscript, superscript and sample of a symbol. Raises ValueError if it is not a valid one."""
    match = _GRAMMAR.fullmatch(symbol)
    if match is None:
        raise ValueError(f"'{symbol}' is not a symbol; expected something like w_12^(1), x_1^[2] or ∂ℓ/∂b_1^(1).")
    base, subscript, superscript, sample = match.groups()
    return base, subscript, superscript, sample
