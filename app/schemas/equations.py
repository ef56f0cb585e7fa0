"""The equations of a training step: request and answer."""

from typing import Literal

from app.schemas.base import Answer, Strict
from app.schemas.known import Asked
from app.schemas.messages import MessageAnswer
from tinyml.equations.equation import Gives, Phase
from tinyml.equations.nodes import Op, Variant


class EquationsRequest(Strict, defer_build=False):
    """The document whose training step is written as equations."""

    document: Asked


class SeenAnswer(Answer):
    """The windows in which numbers are arranged: those of a layer, as in its `unrolled` in the trace."""

    layer: str
    of: Literal["output", "input_gradient"]


class OperandAnswer(Answer):
    """A tensor of the trace as a matrix. Labels are letters: n counts samples. `axes` has for each axis of the tensor
    the labels that count it, the last running fastest; with `windows`, each axis of an image, or of a sequence, has two
    labels: the place in the result and the place within the window. `rows` and `columns` are the labels that count
    these; a label in neither means one matrix for each of its values. `meets` are the labels that the matrix shares
    with the inspected entry and that select the row and column taking part in it; along all other labels everything
    takes part. `transposed` matrices are written with a T; `turned` ones are filters with a column for each channel.
    """

    tensor: str
    axes: list[str]
    rows: str
    columns: str
    meets: str
    windows: SeenAnswer | None = None
    transposed: bool = False
    turned: bool = False


class MatrixScalarAnswer(Answer):
    """A scalar with its symbol: a setting, a count or a constant."""

    symbol: str
    value: float


class MatrixOperationAnswer(Answer):
    """An operation. `product` is that of matrices. `times`, `quotient`, `sum`, `difference`, `negate`, `power`, `root`
    are entry by entry; `total`, `mean` and `max` over the labels in `over`, with `chosen` over what windows
    chose. `call` is a `function` of each entry or of all along `over`; `chain` is Σ ∂ℓ/∂Y ⊙ ∂Y/∂X of (∂ℓ/∂Y, Y, X).
    """

    op: Op
    args: list["MatrixNodeAnswer"]
    over: str = ""
    function: str | None = None
    variant: Variant = "plain"
    chosen: bool = False


MatrixNodeAnswer = OperandAnswer | MatrixScalarAnswer | MatrixOperationAnswer


class EquationAnswer(Answer):
    """`left` = `right`; both are null where a layer has matrices that are too large. `title` says what the equation is,
    `gives` which kind of number it computes, `law` which of the two laws it is, if any; `layer` is null for the loss,
    `parameter` the one of its gradient or update. `sizes` has the number of values of each label.
    """

    id: str
    title: MessageAnswer
    phase: Phase
    gives: Gives
    law: MessageAnswer | None
    layer: str | None
    parameter: str | None
    sizes: dict[str, int]
    left: OperandAnswer | None
    right: MatrixNodeAnswer | None


class EquationsAnswer(Answer):
    """Every equation, in the order of the training step."""

    equations: list[EquationAnswer]
