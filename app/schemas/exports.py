"""What to export of a document: the moment, how it is written, and the answer that lists the formats."""

from typing import Annotated, Literal, get_args

from pydantic import Field

from app import limits
from app.schemas.base import Answer, SeedNumber, Strict, at_most
from app.schemas.known import Asked
from app.schemas.requests import Language, Ref

What = Literal["figure", "example", "workbook", "code", "model", "table", "page"]
# What a request may say of an export; a format takes some of it, and refuses the rest.
Option = Literal["cursor", "layout", "first_index", "derivative", "table", "figure"]
OPTIONS: tuple[Option, ...] = get_args(Option)


class Convention(Strict):
    """How symbols are written: the layout of products, the first index, and the sign of a derivative.

    `rows` is Ŷ = Xw + b, `columns` is y = Wx + b with w_to,from, `pytorch` is xWᵀ + b, and `delta` has an error δ for
    each layer.
    """

    layout: Literal["rows", "columns", "pytorch", "delta"] = "rows"
    first_index: Literal[0, 1] = 1
    derivative: Literal["partial", "d"] = "partial"


class FigureWish(Strict):
    """What a figure shows. `numbers` chooses those beside the lines and in the circles: none of them, as in a book's
    definition, values or gradients; `sample` is the sample of the batch, and `theme` gives roles by colours, or by
    shades and patterns that a printer without colours shows.
    """

    theme: Literal["colour", "grey"] = "colour"
    numbers: Literal["none", "values", "gradients"] = "values"
    sample: Annotated[int, Field(ge=0)] = 0


class ExportRequest(Strict, defer_build=False):
    """A document, and what of it is exported. `step` training steps are taken first, as by `/api/advance`; `cursor` is
    how many terms of the passes are shown, all of them if it is null. `seed` replaces that of the document. `table`
    names the tensor of a table.
    """

    document: Asked
    step: Annotated[int, Field(ge=0, le=limits.MAX_ADVANCE_STEPS), at_most("MAX_ADVANCE_STEPS")] = 0
    cursor: Annotated[int, Field(ge=0)] | None = None
    convention: Convention = Convention()
    language: Language = "en"
    seed: SeedNumber | None = None
    table: Ref | None = None
    figure: FigureWish = FigureWish()


class FormatAnswer(Answer):
    """A format: the path that follows `/api/export/`, the end of the names of its files, and which of `cursor`,
    `layout`, `first_index`, `derivative`, `table` and `figure` it takes. `limit` names the limit of what it exports.
    """

    what: What
    format: str
    extension: str
    media_type: str
    takes: list[Option]
    limit: str


class FormatsAnswer(Answer):
    """All formats in which a training step is exported."""

    formats: list[FormatAnswer]
