"""The headers of arrays in a .npz: only those of plain numbers are read."""

import zipfile
from pathlib import Path

import numpy as np
import pytest

from tests.support.arrays import npy, same, written, zipped
from tinyml.core import FormatError
from tinyml.saving import read_npz

TWO = np.arange(6.0).reshape(2, 3)


@pytest.mark.parametrize("version", [(1, 0), (2, 0), (3, 0)])
def test_every_version_of_the_header_is_read(tmp_path: Path, version: tuple[int, int]) -> None:
    path = tmp_path / "arrays.npz"
    with zipfile.ZipFile(path, "w") as archive, archive.open("a.npy", "w") as member:
        np.lib.format.write_array(member, TWO, version=version)
    same(read_npz(path), {"a": TWO})


@pytest.mark.parametrize(
    "header",
    [
        "{'shape':(2,),'fortran_order':False,'descr':'<f8'}",
        '{ "fortran_order" : True , "descr" : "<f8" , "shape" : ( 2 , ) , }   \n',
    ],
)
def test_a_header_may_have_another_order_and_other_spaces(tmp_path: Path, header: str) -> None:
    member = b"\x93NUMPY\1\0" + len(header).to_bytes(2, "little") + header.encode() + np.array([1.0, 2]).tobytes()
    same(read_npz(written(tmp_path, "a.npz", zipped([("a.npy", member)]))), {"a": np.array([1.0, 2])})


@pytest.mark.parametrize(
    ("descr", "shape", "message"),
    [
        ("'|O'", "(2,)", "'a' must hold real numbers, lowest byte first, of the types <f8, .*; convert it with astype"),
        ("'<c16'", "(1,)", "must hold real numbers"),
        ("'>f8'", "(2,)", "must hold real numbers, lowest byte first"),
        ("'|b1'", "(16,)", "must hold real numbers"),
        ("'<U4'", "(1,)", "must hold real numbers"),
        ("'<M8[s]'", "(2,)", "must hold real numbers"),
        ("[('x', '<f8')]", "(2,)", "has no plain header of type, order and shape; save arrays of numbers, not objects"),
        ("'<f8'", "(2)", "has no plain header"),
        ("'<f8'", "[2]", "has no plain header"),
        ("'<f8'", "(-2,)", "has no plain header"),
        ("'<f8'", "(02,)", "has no plain header"),
        ("'<f8'", "(2.0,)", "has no plain header"),
        ("'<f8'", "'2'", "has no plain header"),
        ("True", "(2,)", "has no plain header"),
        ("None", "(2,)", "must hold real numbers|has no plain header"),
        ("'nonsense'", "(2,)", "has no plain header"),
        ("('<f8', (1,))", "(2,)", "has no plain header"),
        ("['<f8']", "(2,)", "has no plain header"),
        ("{}", "(2,)", "has no plain header"),
        ("'<f8,<f8'", "(1,)", "has no plain header"),
        ("'<U99999999999'", "(1,)", "has no plain header"),
        ("'|V16'", "(1,)", "must hold real numbers"),
        ("b'<f8'", "(2,)", "has no plain header|real numbers"),
        ("'<f8'", "(True, 2)", "has no plain header"),
        ("'<f8'", "(2,), 'more': 0", "has no plain header"),
        ("'<f8', 'more': 0", "(2,)", "has no plain header"),
        ("'<f8'", "2", "has no plain header"),
        ("'<f8'", "(2", "has no plain header"),
        ("'<f8'", "(" * 1000 + ")" * 1000, "has no plain header"),
        ("'<f8'", f"({'-' * 3900}2,)", "has no plain header"),
        ("'<f8'", f"({'9' * 3900},)", "claims more numbers than any memory has|has no plain header"),
        ("'\\d'", "(2,)", "has no plain header"),
        ("'<f8'", "(__import__('os').getpid(),)", "has no plain header"),
        ("'<f8'", "(2,), 'shape': (2,)", "has no plain header"),
        ("'<f8'", "(1,)", "has 84 bytes, but its header claims 76; it is damaged, so save it again"),
        ("'<f8'", "(3,)", "but its header claims 92"),
        ("'<f8'", f"({'1,' * 33})", "has 33 dimensions, and at most 32 are read"),
        ("'<f8'", "(0, 1000000000000000, 1000000000000000)", "claims more numbers than any memory has"),
        ("'<f8'", f"({'9' * 5000},)", "has a header of 5,0.. bytes, and at most 4,096 are read"),
    ],
)
def test_a_header_that_is_not_of_plain_numbers_is_refused(tmp_path: Path, descr: str, shape: str, message: str) -> None:
    path = written(tmp_path, "a.npz", zipped([("a.npy", npy(descr, shape, b"\0" * 16))]))
    with pytest.raises(FormatError, match=message):
        read_npz(path)
