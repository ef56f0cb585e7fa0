"""Numbers from CSV."""

from pathlib import Path

import numpy as np
import pytest

from tinyml.core import ShapeError
from tinyml.data import parse_csv, read_csv, table


def test_the_last_columns_are_the_targets() -> None:
    x, y = parse_csv(["1,2,3,4", "5,6,7,8"], targets=2)
    np.testing.assert_array_equal(x, [[1, 2], [5, 6]])
    np.testing.assert_array_equal(y, [[3, 4], [7, 8]])


def test_headings_and_empty_lines_are_passed_over() -> None:
    x, y = parse_csv(["width,height,class", "", "1,2,0", " , , ", "3,4,1"])
    np.testing.assert_array_equal(x, [[1, 2], [3, 4]])
    np.testing.assert_array_equal(y, [[0], [1]])


def test_a_file_is_read_even_as_a_spreadsheet_writes_it(tmp_path: Path) -> None:
    file = tmp_path / "data.csv"
    file.write_bytes("\ufeff0.5,-1e-3,1\r\n1,2,0\r\n".encode())
    x, y = read_csv(file)
    np.testing.assert_array_equal(x, [[0.5, -0.001], [1, 2]])
    np.testing.assert_array_equal(y, [[1], [0]])


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([], "there is no row of numbers; give one sample a line"),
        (["a,b,c"], "there is no row of numbers"),
        (["1,2", "3"], "CSV row 2: expected 2 columns, as before, got 1"),
        (["1,2", "3,x"], "CSV row 2, column 2: expected a finite number"),
        (["1,2", "nan,4"], "CSV row 2, column 1: expected a finite number"),
        (["1,2", "1e999,4"], "CSV row 2, column 1: expected a finite number"),
        (["1", "2"], "1 of 1 columns cannot be targets"),
    ],
)
def test_an_invalid_table_is_refused_with_its_place(lines: list[str], message: str) -> None:
    with pytest.raises(ShapeError, match=message):
        parse_csv(lines)


def test_the_number_of_rows_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MAX_ROWS", 3)
    assert len(parse_csv(["1,2"] * 3)[0]) == 3
    with pytest.raises(ShapeError, match="more than 3 rows; split the file"):
        parse_csv(["1,2"] * 4)
