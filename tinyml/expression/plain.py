"""A symbol as a line of plain text, for sentences: `w_12^(1)` becomes w₁₂⁽¹⁾, `x_1^[2]` becomes x₁ of sample 2."""

import re

_BELOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_ABOVE = str.maketrans("0123456789()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾")
_SUBSCRIPT = re.compile(r"_([\d,]+)")
_SUPERSCRIPT = re.compile(r"\^(\(\d+)(,new)?\)")
_SAMPLE = re.compile(r"\^\[(\d+)\]")


def symbol_plain(symbol: str) -> str:
    """Return the symbol with Unicode subscripts and superscripts, and the rest in words."""
    sample, new = _SAMPLE.search(symbol), ",new)" in symbol
    written = _SUBSCRIPT.sub(lambda found: found[1].rstrip(",").translate(_BELOW), _SAMPLE.sub("", symbol))
    written = _SUPERSCRIPT.sub(lambda found: (found[1] + ")").translate(_ABOVE), written)
    return ("the new " if new else "") + written + (f" of sample {sample[1]}" if sample else "")
