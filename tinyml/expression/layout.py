"""Where a formula needs brackets, in every notation."""

from tinyml.expression.nodes import Expression, Leaf, Marked, Number, Operation

# The precedence of operations; an argument with a lower precedence than its position requires gets brackets.
SUM, PRODUCT, POWER = 1, 2, 3
_LOOSE = ("sum", "difference", "negate")
LEAVES = (Leaf, Number)  # without parts
_MINUS = ("-", "−")
# A leaf that contains one of these needs brackets as a base or divisor: h^{(1)}_{1}^{2} is not valid LaTeX.
_COMPOSED = ("^", r"\cdot", r"\frac", " of ", "×")


def needs_brackets(argument: Expression, within: int, written: str, first: bool) -> bool:
    """Return whether `argument`, as `written`, needs brackets in a position that requires the precedence `within`.

    A leading minus needs brackets everywhere except in the first position.
    """
    if isinstance(argument, Marked):
        argument = argument.expression
    # The kinds that are most of a formula come first, since each of its parts asks this in each of its forms.
    if isinstance(argument, LEAVES):
        if within != POWER:
            return not first and written.startswith(_MINUS)
        return written.startswith(_MINUS) or any(sign in written for sign in _COMPOSED)
    if isinstance(argument, Operation):
        tightness = SUM if argument.op in _LOOSE else PRODUCT
        return tightness < within or (not first and written.startswith(_MINUS))
    return False
