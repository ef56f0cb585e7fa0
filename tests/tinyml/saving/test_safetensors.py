"""Arrays to .safetensors and back, compared with the format's own library and with recorded bytes."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.arrays import NAMED, Arrays, same, tensors, written
from tinyml.core import FormatError
from tinyml.saving import read_safetensors, write_safetensors

TWO = {"a": np.arange(6.0).reshape(2, 3), "b": np.ones(3, dtype=np.float32)}
# The output of the format's own library, version 0.8.0, for {"b": float32 [1, 2], "a": float64 [[0.15]]}.
RECORDED = tensors(
    '{"a":{"dtype":"F64","shape":[1,1],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}  ',
    bytes.fromhex("333333333333c33f0000803f00000040"),
)


def test_the_recorded_bytes_are_read_and_written(tmp_path: Path) -> None:
    arrays = {"b": np.array([1, 2], dtype=np.float32), "a": np.array([[0.15]])}
    same(read_safetensors(written(tmp_path, "theirs.safetensors", RECORDED)), arrays)
    write_safetensors(tmp_path / "ours.safetensors", arrays)
    assert (tmp_path / "ours.safetensors").read_bytes() == RECORDED


@given(NAMED)
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, arrays: Arrays) -> None:
    path = tmp_path_factory.mktemp("safetensors") / "arrays.safetensors"
    write_safetensors(path, arrays)
    same(read_safetensors(path), arrays)
    data = path.read_bytes()
    assert int.from_bytes(data[:8], "little") % 8 == 0


@pytest.mark.slow
@given(NAMED, st.dictionaries(st.text(max_size=5), st.text(max_size=5)))
def test_the_formats_own_library_agrees(
    tmp_path_factory: pytest.TempPathFactory, arrays: Arrays, notes: dict[str, str]
) -> None:
    theirs = pytest.importorskip("safetensors.numpy")
    path = tmp_path_factory.mktemp("safetensors") / "arrays.safetensors"
    write_safetensors(path, arrays)
    same(theirs.load_file(path), arrays)
    plain = {
        name: np.ascontiguousarray(a.astype(a.dtype.newbyteorder("<"))).reshape(a.shape) for name, a in arrays.items()
    }
    path.write_bytes(theirs.save(plain, metadata=notes or None))
    same(read_safetensors(path), arrays)


def test_what_is_read_can_be_written_to(tmp_path: Path) -> None:
    read_safetensors(written(tmp_path, "a.safetensors", RECORDED))["a"][0, 0] = 7


def entry(dtype: object = "F64", shape: object = (2,), data_offsets: object = (0, 16), **others: object) -> str:
    fields = {"dtype": dtype, "shape": shape, "data_offsets": data_offsets, **others}
    return '{"a":' + json.dumps(fields) + "}"


def test_the_entry_that_the_next_tests_spoil_is_a_good_one(tmp_path: Path) -> None:
    same(read_safetensors(written(tmp_path, "a.safetensors", tensors(entry(), b"\0" * 16))), {"a": np.zeros(2)})


NO_JSON = "its header is not JSON as safetensors defines it"
NO_ENTRY = "'a' must have a dtype, a shape and two data_offsets, and nothing else; save the file again"


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("", NO_JSON),
        ("{", NO_JSON),
        ("[]", NO_JSON),
        (" " + entry(), NO_JSON),
        (entry() + "}", NO_JSON),
        (entry().encode("utf-16"), NO_JSON),
        ("\ufeff" + entry(), NO_JSON),
        (b'{"\xff":0}', NO_JSON),
        ('{"a":' * 50_000, NO_JSON),
        ('{"a":' + "[" * 200_000, NO_JSON),
        ('{"a":NaN}', NO_JSON),
        ('{"a":' + "9" * 5000 + "}", NO_JSON),
        (entry()[:-1] + "," + entry()[1:], NO_JSON),
        ('{"a":{"dtype":"F64","shape":[2],"shape":[2],"data_offsets":[0,16]}}', NO_JSON),
        ('{"a":[]}', NO_ENTRY),
        ('{"a":{}}', NO_ENTRY),
        (entry(dtype=["F64"]), NO_ENTRY),
        (entry(shape=2), NO_ENTRY),
        (entry(shape=[2.0]), NO_ENTRY),
        (entry(shape=[True, 2]), NO_ENTRY),
        (entry(shape=[-2]), NO_ENTRY),
        (entry(shape=["2"]), NO_ENTRY),
        (entry(data_offsets=[0]), NO_ENTRY),
        (entry(data_offsets=[0, 16, 16]), NO_ENTRY),
        (entry(data_offsets=[-16, 0]), NO_ENTRY),
        (entry(data_offsets=[0, 1.6e1]), NO_ENTRY),
        (entry(data_offsets=[0, float("1e999")]).replace("Infinity", "1e999"), NO_ENTRY),
        (entry(more=1), NO_ENTRY),
        (entry(dtype="f64"), "'a' must have one of the types F64, F32, F16, I64, .*; convert it before saving"),
        (entry(dtype="BF16", shape=[8]), "must have one of the types"),
        (entry(dtype="BOOL", shape=[16]), "must have one of the types"),
        (entry(shape=[3]), "'a' claims 24 bytes from 0 on, but its place is 0 to 16"),
        (entry(data_offsets=[16, 0]), "claims 16 bytes from 0 on, but its place is 16 to 0"),
        (entry(data_offsets=[1, 17]), "claims 16 bytes from 0 on, but its place is 1 to 17"),
        (entry(shape=[1], data_offsets=[0, 8]), "its arrays claim 8 bytes, but 16 follow the header"),
        (entry(shape=[4], data_offsets=[0, 32]), "its arrays claim 32 bytes, but 16 follow the header"),
        ("{}", "its arrays claim 0 bytes, but 16 follow the header"),
        (entry(shape=[1] * 33), "has 33 dimensions, and at most 32 are read"),
        (entry(shape=[0, 2**62, 2**62], data_offsets=[0, 0]), "claims more numbers than any memory has"),
        (entry(shape=[10**4000]), "claims more numbers than any memory has"),
        (entry()[:-1] + "," + entry()[1:].replace('"a"', '"b"'), "'b' claims 16 bytes from 16 on, but its place is 0"),
        (entry().replace('"a"', '"../a"'), "an array's name is empty, or a path to another folder; rename it"),
        (entry().replace('"a"', '"\\ud800"'), "an array's name contains characters that cannot be printed"),
        ('{"__metadata__":{"a":1}}', "__metadata__ must map names to strings"),
        ('{"__metadata__":[]}', "__metadata__ must map names to strings"),
        ("{" + ",".join(f'"{i}":0' for i in range(1026)) + "}", "claims 1,026 arrays, and at most 1,024 are read"),
    ],
)
def test_a_header_that_is_not_right_is_refused(tmp_path: Path, header: str | bytes, message: str) -> None:
    path = written(tmp_path, "a.safetensors", tensors(header, b"\0" * 16))
    with pytest.raises(FormatError, match=message) as error:
        read_safetensors(path)
    assert str(error.value).startswith(f"{path}: ")
    assert len(str(error.value)) < len(str(path)) + 300


def test_every_beginning_of_a_file_is_refused_and_so_is_more_after_its_end(tmp_path: Path) -> None:
    for length in range(len(RECORDED)):
        with pytest.raises(FormatError):
            read_safetensors(written(tmp_path, "part.safetensors", RECORDED[:length]))
    with pytest.raises(FormatError, match="its arrays claim 16 bytes, but 17 follow"):
        read_safetensors(written(tmp_path, "more.safetensors", RECORDED + b"\0"))


@pytest.mark.parametrize("array", [np.array([True]), np.array([1j]), np.array(["a"]), np.array([None])], ids=str)
def test_only_real_numbers_are_written(tmp_path: Path, array: np.ndarray) -> None:
    with pytest.raises(FormatError, match="'a' must hold real numbers .*, but has the type .*; convert it with astype"):
        write_safetensors(tmp_path / "a.safetensors", {"a": array})
    assert list(tmp_path.iterdir()) == []


def test_a_header_that_could_not_be_read_is_not_written(tmp_path: Path) -> None:
    # In JSON a quotation mark takes two bytes.
    many = {f"{i:04}" + '"' * 124: np.ones(1) for i in range(1024)}
    with pytest.raises(FormatError, match="its header would have .* at most 262,144 are written; use shorter names"):
        write_safetensors(tmp_path / "a.safetensors", many)
    assert list(tmp_path.iterdir()) == []


def test_arrays_of_33_dimensions_are_not_written(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="'a' has 33 dimensions, and at most 32 are written; reshape it"):
        write_safetensors(tmp_path / "a.safetensors", {"a": np.ones((1,) * 33)})
