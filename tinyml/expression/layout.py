"""Where a formula needs brackets: the one answer for every face."""

from tinyml.expression.nodes import Expression, Leaf, Number, Operation

# How tightly an expression holds together; an argument that holds less tightly than its place asks for gets brackets.
SUM, PRODUCT, POWER, ATOM = 1, 2, 3, 4
_TIGHTNESS = {"sum": SUM, "difference": SUM, "negate": SUM, "product": PRODUCT, "power": POWER}


def needs_brackets(argument: Expression, within: int, negative: bool, first: bool) -> bool:
    """Whether `argument` needs brackets in a place of tightness `within`.

    `negative` tells that it is written with a leading minus, which needs brackets anywhere but in first place.
    """
    if isinstance(argument, Operation):
        return _TIGHTNESS.get(argument.op, ATOM) < within or (negative and not first)
    if isinstance(argument, Leaf | Number):
        return negative and (not first or within == POWER)
    return False
