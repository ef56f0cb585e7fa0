"""The equations of a training step: what is asked for and what is answered."""

from typing import Literal

from app.schemas.base import Answer, Strict
from app.schemas.known import Asked
from app.schemas.messages import MessageAnswer
from tinyml.equations.equation import Gives, Phase
from tinyml.equations.nodes import Op, Variant


class EquationsRequest(Strict):
    """The document whose training step is written as equations."""

    document: Asked


class SeenAnswer(Answer):
    """The windows through which numbers are seen: of a layer, as its `unrolled` in the trace tells."""

    layer: str
    of: Literal["output", "input_gradient"]


class OperandAnswer(Answer):
    """A tensor of the trace as a matrix. Labels are letters: n counts samples. `axes` has for each axis of the tensor
    the labels that count it, the last running fastest; where there are `windows`, the axes of an image, or a
    sequence, have a place of what results and one within the window. `rows` and `columns` are the labels that count
    these; what neither has, stands for one matrix each. `meets` are the labels of the entry that is looked at by which
    one finds what takes part in it: along the others all rows or columns do. `transposed` matrices are written with a
    T, those of filters that are `turned` have a column for each channel.
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
    """A number by its symbol: a setting, a count or a constant."""

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
    """`left` = `right`; both are null where a layer has matrices that are too large. `title` says what it is, `gives`
    which kind of number it gives, `law` which of the two laws it is, if any; `layer` is null for the loss, `parameter`
    the one of its gradient or update. `sizes` tells how many each label counts.
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
