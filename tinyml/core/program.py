"""Programs: computations as lists of calls, the form in which layers describe their passes."""

from collections.abc import Callable, Iterable
from typing import Any

# A function and its operands: arrays that stay the same between runs while their values change. Most functions are
# numpy's, with the output array as the last operand: `(multiply, upstream, slope, gradient)`.
Operation = tuple[Any, ...]
Program = list[Operation]
Compiled = tuple[tuple[Callable[..., object], tuple[Any, ...]], ...]


def compiled(operations: Iterable[Operation]) -> Compiled:
    """Return the operations as pairs of a function and its operands, the form that `run` takes."""
    return tuple((operation, tuple(operands)) for operation, *operands in operations)


def run(program: Compiled) -> None:
    """Execute the operations in order."""
    # On tiny arrays a numpy call costs 0.3 µs and a Python method around it 0.1 µs more: this loop has none.
    for operation, operands in program:
        operation(*operands)


__all__ = ["Compiled", "Operation", "Program", "compiled", "run"]
