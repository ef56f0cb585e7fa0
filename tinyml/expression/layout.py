"""Where a formula needs brackets: the one answer for every face."""

from tinyml.expression.nodes import Expression, Leaf, Marked, Number, Operation

# How tightly an expression holds together; an argument that holds less tightly than its place asks for gets brackets.
SUM, PRODUCT, POWER = 1, 2, 3
_LOOSE = ("sum", "difference", "negate")
# What a leaf must not contain to be raised to a power, or divided by, as it stands: h^{(1)}_{1}^{2} is no LaTeX.
_COMPOSED = ("^", r"\cdot", r"\frac", " of ", "×")


def needs_brackets(argument: Expression, within: int, written: str, first: bool) -> bool:
    """Whether `argument`, so `written`, needs brackets in a place of tightness `within`.

    A leading minus needs them anywhere but in first place.
    """
    if isinstance(argument, Marked):
        argument = argument.expression
    negative = written.startswith(("-", "−"))
    if isinstance(argument, Operation):
        tightness = SUM if argument.op in _LOOSE else PRODUCT
        return tightness < within or (negative and not first)
    if isinstance(argument, Leaf | Number):
        composed = within == POWER and any(sign in written for sign in _COMPOSED)
        return composed or (negative and (not first or within == POWER))
    return False
