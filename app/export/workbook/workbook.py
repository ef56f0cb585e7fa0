"""A training step as a workbook: a sheet for each part of the step, and in each a block of cells for each tensor.

The formulas are those of the explanations. Numbers that are given have a coloured cell; all others follow from them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from app.export.workbook.formula import FormulaWriter
from app.export.workbook.names import CellNames
from tinyml.explain import FormulaTensor, StepFormula
from tinyml.narrate import plain_law

_SHEETS = {
    "en": {
        "definition": "Definition", "forward": "Forward", "loss": "Loss", "backward": "Backward", "update": "Update",
        "terms": "Terms",
        "note": "Change a coloured number: all others are computed from these. A cell is named after its number.",
        "of_terms": "Parts of sums that are too long for one cell.",
    },
    "zh": {
        "definition": "定义", "forward": "前向", "loss": "损失", "backward": "反向", "update": "更新",
        "terms": "各项",
        "note": "修改带底色的数，其余各数都由它们算出。单元格以其中的数命名。",
        "of_terms": "太长而不能写在一个单元格里的和的各部分。",
    },
}  # fmt: skip
# The file is the same each time.
_CREATED = datetime(2000, 1, 1, tzinfo=UTC)
_FIRST_ROW = 3


def workbook(title: str, formulas: Sequence[FormulaTensor], language: str) -> bytes:
    """The file, .xlsx."""
    # Only exports of workbooks need it.
    import xlsxwriter

    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"title": title[:255], "created": _CREATED})
        _Writer(book, language, title).write(formulas)
    return content.getvalue()


class _Writer:
    def __init__(self, book: Any, language: str, title: str) -> None:
        self._book, self._language, self._words = book, language, _SHEETS[language]
        self._title = title
        self._names = CellNames()
        self._formulas = FormulaWriter(self._names.__getitem__, self._aside)
        self._heading = book.add_format({"bold": True})
        self._label = book.add_format({"italic": True, "font_color": "#555555"})
        self._given = book.add_format({"bg_color": "#FFF2CC"})
        self._sheets: dict[str, Any] = {}
        self._rows: dict[str, int] = {}

    def write(self, formulas: Sequence[FormulaTensor]) -> None:
        """Write all tensors, each in the sheet of its part."""
        for one in formulas:
            self._sheet(one.part)
        for one in formulas:
            if one.tensor.values.size:
                self._tensor(one)

    def _sheet(self, part: str) -> Any:
        if part not in self._sheets:
            sheet = self._sheets[part] = self._book.add_worksheet(self._words[part])
            # Strings are never read as formulas: names are of others.
            sheet.write_string(0, 0, self._title, self._heading)
            sheet.write_string(1, 0, self._words["of_terms" if part == "terms" else "note"], self._label)
            sheet.set_column(0, 0, 24)
            sheet.set_column(1, 40, 12)
            self._rows[part] = _FIRST_ROW
        return self._sheets[part]

    def _tensor(self, one: FormulaTensor) -> None:
        sheet, tensor = self._sheet(one.part), one.tensor
        shape = tensor.values.shape or (1,)
        columns, top = shape[-1], self._rows[one.part]
        rows = tensor.values.size // columns
        sheet.write_string(top, 0, tensor.name, self._heading)
        if tensor.values.ndim:
            for column in range(columns):
                sheet.write_number(top + 1, 1 + column, column, self._label)
        for position, number in enumerate(one.numbers()):
            row, column = divmod(position, columns)
            if position == 0 and number.explained is not None:
                sheet.write_string(top, 1, plain_law(number.explained.law, self._language), self._label)
            if column == 0 and rows > 1:
                sheet.write_string(top + 2 + row, 0, f"[{','.join(map(str, number.at[:-1]))},·]", self._label)
            self._number(sheet, self._words[one.part], top + 2 + row, 1 + column, number)
        self._rows[one.part] = top + rows + 3

    def _number(self, sheet: Any, of: str, row: int, column: int, number: StepFormula) -> None:
        from xlsxwriter.utility import xl_rowcol_to_cell

        if number.explained is None:
            sheet.write_number(row, column, number.value, self._given)
        else:
            formula = "=" + self._formulas.written(number.explained.expression)
            sheet.write_formula(row, column, formula, None, number.value)
        address = xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)
        self._book.define_name(self._names[number.ref], f"='{of}'!{address}")

    def _aside(self, formulas: Sequence[tuple[str, float]]) -> str:
        """Add cells with parts of a long formula; the range that has them."""
        sheet, top = self._sheet("terms"), self._rows["terms"]
        for row, (formula, value) in enumerate(formulas, top):
            sheet.write_formula(row, 0, "=" + formula, None, value)
        self._rows["terms"] = top + len(formulas)
        return f"'{self._words['terms']}'!$A${top + 1}:$A${top + len(formulas)}"
