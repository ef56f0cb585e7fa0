"""Tables from CSV files."""

from pathlib import Path

import numpy as np
import pytest

from tinyml.core import ShapeError
from tinyml.data import TableError, parse_csv, parse_table, read_csv, read_table, table


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
        ([], "there is no row; give one sample a row"),
        (["a,b,c"], "it has names and no row of values"),
        (["1,2", "3"], "table, row 2: expected 2 cells, as in the first row, got 1"),
        (["1,2", "3,x"], "table, row 2, column 2: expected a finite number"),
        (["1,2", "nan,4"], "table, row 2, column 1: the value is missing"),
        (["1,2", "1e999,4"], "table, row 2, column 1: expected a finite number"),
        (["1", "2"], "1 of 1 columns cannot be targets"),
    ],
)
def test_an_invalid_table_is_refused_with_its_place(lines: list[str], message: str) -> None:
    with pytest.raises(ShapeError, match=message):
        parse_csv(lines)


def test_the_number_of_rows_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MAX_ROWS", 3)
    assert len(parse_csv(["1,2"] * 3)[0]) == 3
    with pytest.raises(ShapeError, match="more than 3 rows; take a part of them"):
        parse_csv(["1,2"] * 4)


IRIS = """\ufeffsepal;petal;species
5,1;1,4;setosa
7,0;4,7;versicolor

6,3;6,0;virginica
4,9;1,4;setosa
"""


def test_a_table_of_a_spreadsheet_has_names_decimal_commas_and_classes(tmp_path: Path) -> None:
    file = tmp_path / "iris.csv"
    file.write_text(IRIS, encoding="utf-8")
    found = read_table(file)
    assert [(column.name, column.classes) for column in found.columns] == [
        ("sepal", None),
        ("petal", None),
        ("species", ("setosa", "versicolor", "virginica")),
    ]
    x, y, classes = found.choose(["petal", "sepal"], ["species"])
    np.testing.assert_array_equal(x, [[1.4, 5.1], [4.7, 7.0], [6.0, 6.3], [1.4, 4.9]])
    np.testing.assert_array_equal(y, [0, 1, 2, 0])
    assert classes == ("setosa", "versicolor", "virginica")
    assert found.rows == 4


def test_two_classes_are_0_and_1_of_one_output_and_more_are_an_input_each() -> None:
    found = parse_table(b"colour\tsize\tgood\nred\t1.5\tyes\nblue\t2\tno\ngreen\t3,5\tyes\n")
    x, y, classes = found.choose(["colour", "size"], ["good"])
    np.testing.assert_array_equal(x, [[0, 0, 1, 1.5], [1, 0, 0, 2], [0, 1, 0, 3.5]])
    np.testing.assert_array_equal(y, [[1], [0], [1]])
    assert classes == ("no", "yes")
    assert found.choose(["size"]).y is None


def test_columns_without_names_are_counted_and_quotes_may_contain_separators() -> None:
    found = parse_table(b'n,"a, b"\n3,"say ""c"""\n4,d\n')
    assert [(column.name, column.classes) for column in found.columns] == [("n", None), ("a, b", ("d", 'say "c"'))]
    plain = parse_table(b"1,2\n3,4\n")
    assert [column.name for column in plain.columns] == ["1", "2"]


@pytest.mark.parametrize(
    ("content", "fault", "place", "message"),
    [
        (b"a,b\n1,\xff", "encoding", (2, None), "it is not UTF-8; save the file as CSV in UTF-8"),
        (b'a,b\n1,"x" y', "quotes", (2, None), "a quoted text does not end as it should"),
        (b"", "empty", (None, None), "there is no row"),
        (b"\n ;; \n", "empty", (None, None), "there is no row"),
        (b"a,b\n", "empty", (None, None), "it has names and no row of values"),
        (b"a,b,a\n1,2,3", "names", (1, 3), "the name of column 1 occurs again"),
        (b"a,,c\n1,2,3", "names", (1, 2), "this column has no name"),
        (b"a,b\n1,2\n\n3,4,5", "ragged", (4, None), "expected 2 cells, as in the first row, got 3"),
        (b"a,b\n1,2\n3,N/A", "missing", (3, 2), "the value is missing; give it one, or leave out the row"),
        (b"a,b\n1,x\n3,", "missing", (3, 2), "the value is missing"),
        (b"a,b\n1,2\n3,x", "number", (3, 2), "expected a finite number, as in the rows before"),
        (b"a,b\n1,2\n3,1e999", "number", (3, 2), "expected a finite number"),
        (b"a\n1,5", "ragged", (2, None), "expected 1 cells"),
    ],
)
def test_a_fault_has_its_place_and_a_remedy(
    content: bytes, fault: str, place: tuple[int | None, int | None], message: str
) -> None:
    with pytest.raises(TableError, match=message) as raised:
        parse_table(content)
    assert (raised.value.fault, (raised.value.row, raised.value.column)) == (fault, place)


@pytest.mark.parametrize(
    ("x", "y", "fault", "message"),
    [
        (["a"], ["d"], "unknown", "it has no column of that name; it has 'a', 'b', 'c', 'text'"),
        ([], ["a"], "empty", "choose at least one column for x"),
        (["a"], ["c"], "classes", "all rows have one class, 'no': nothing can be learned"),
        (["a"], ["a", "b"], "classes", "'b' has classes; choose it alone as the target"),
        (["text"], ["a"], "text", "'text' has more than 100 different texts"),
    ],
)
def test_columns_that_cannot_be_used_so_are_refused(x: list[str], y: list[str], fault: str, message: str) -> None:
    rows = "".join(f"{n},{n % 3}x,no,text {n}\n" for n in range(101))
    found = parse_table(f"a,b,c,text\n{rows}".encode())
    with pytest.raises(TableError, match=message) as raised:
        found.choose(x, y)
    assert raised.value.fault == fault


def test_a_table_can_have_no_more_columns_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MAX_COLUMNS", 2)
    assert len(parse_table(b"1,2\n").columns) == 2
    with pytest.raises(TableError, match="more than 2 columns"):
        parse_table(b"1,2,3\n")
