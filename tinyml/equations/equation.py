"""An equation of matrices, with the labels of its result and the parts of its matrices that contribute to an entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from tinyml.equations.nodes import Node, Operand, Operation, Scalar, operands, total

Phase = Literal["forward", "loss", "backward", "update"]
# The result of an equation: an output, gradients of parameters or of inputs, or a parameter after the update.
Gives = Literal["forward", "weights", "inputs", "update"]
Title = Literal[
    "affine",
    "linear",
    "convolution",
    "entrywise",
    "together",
    "windows",
    "average",
    "largest",
    "reshaped",
    "batch_mean",
    "batch_variance",
    "sample_mean",
    "sample_variance",
    "normalized",
    "scaled",
    "probabilities",
    "loss",
    "loss_gradient",
    "weights",
    "biases",
    "place_biases",
    "inputs",
    "back",
    "average_back",
    "largest_back",
    "reshaped_back",
    "gamma",
    "beta",
    "parameter",
    "objective_gradient",
    "update",
    "velocity",
    "change",
    "gradient_mean",
    "gradient_square",
    "gradient_squares",
    "too_large",
]


class Equation(NamedTuple):
    """`left` = `right`, in one phase of the training step.

    `id`         its identifier in the training step.
    `title`      the key of its title.
    `gives`      the kind of its result.
    `law`        which of the chapter's two laws it is, if any.
    `layer`      its layer, None for the loss; `parameter` is the parameter whose gradient or update it computes.
    An equation without `left` and `right` means that the matrices are too large to be written.
    """

    id: str
    title: Title
    phase: Phase
    gives: Gives
    layer: str | None
    left: Operand | None
    right: Node | None
    law: Literal[1, 2] | None = None
    parameter: str | None = None

    @property
    def operands(self) -> list[Operand]:
        """Return the matrices on both sides."""
        return [matrix for side in (self.left, self.right) if side is not None for matrix in operands(side)]


def summed(left: Operand, right: Node, samples: int) -> Node:
    """Return a right side, summed over the samples if its matrices depend on the sample and the left one does not."""
    return total(right, "n") if samples > 1 and "n" in labels_of(right) and "n" not in left.labels else right


def labels_of(node: Node) -> set[str]:
    """Return the labels of a value: those of its matrices that no operation sums over."""
    if isinstance(node, Operand):
        return set(node.labels)
    if isinstance(node, Scalar):
        return set()
    if node.op == "chain":
        return labels_of(node.args[2])
    found = set[str]().union(*map(labels_of, node.args))
    return found if node.op == "call" else found.difference(node.over)


def meetings(equation: Equation) -> list[str]:
    """Return for each matrix of the right side, from left to right, the labels that select the numbers for an entry of
    the result: the labels that it shares with the result and that no operation between them mixes. Along all other
    labels every row or column contributes.
    """
    if equation.left is None or equation.right is None:
        return []
    entry = set(equation.left.rows + equation.left.columns)
    return ["".join(label for label in matrix.labels if label in own) for matrix, own in _met(equation.right, entry)]


def _met(node: Node, entry: set[str]) -> Iterator[tuple[Operand, set[str]]]:
    if isinstance(node, Operand):
        yield node, entry
    elif isinstance(node, Operation):
        for one in node.args:
            yield from _met(one, entry.difference(node.over))


def sizes(matrices: Iterable[Operand]) -> dict[str, int]:
    """Return the size of each label in the matrices of one equation."""
    found: dict[str, int] = {}
    for matrix in matrices:
        if matrix.seen is not None:
            sides = matrix.seen.places.sides
            for labels, lines in zip(matrix.axes[-len(sides) :], sides, strict=True):
                found |= {labels[0]: len(lines), labels[1]: len(lines[0])}
        found |= {labels: size for labels, size in zip(matrix.axes, matrix.shape, strict=True) if len(labels) == 1}
    return dict(sorted(found.items()))
