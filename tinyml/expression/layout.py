"""Where a formula needs brackets, in every notation."""

from tinyml.expression.nodes import Expression, Leaf, Marked, Number, Operation

# The precedence of operations; an argument with a lower precedence than its position requires gets brackets.
SUM, PRODUCT, POWER = 1, 2, 3
_LOOSE = ("sum", "difference", "negate")
# A leaf that contains one of these needs brackets as a base or divisor: h^{(1)}_{1}^{2} is not valid LaTeX.
_COMPOSED = ("^", r"\cdot", r"\frac", " of ", "×")


def needs_brackets(argument: Expression, within: int, written: str, first: bool) -> bool:
    """Return whether `argument`, as `written`, needs brackets in a position that requires the precedence `within`.

    A leading minus needs brackets everywhere except in the first position.
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
