"""Arrays to .npz and back: numpy reads what we write, and we read what numpy writes."""

import struct
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.arrays import NAMED, Arrays, npy, patched, same, written, zipped
from tinyml.core import FormatError
from tinyml.saving import npz, read_npz, write_npz

ONE = npy("'<f8'", "(2,)", b"\0" * 16)
TWO = {"a": np.arange(6.0).reshape(2, 3), "b": np.ones(3, dtype=np.float32)}


@given(NAMED)
def test_what_is_written_is_read_by_us_and_by_numpy(tmp_path_factory: pytest.TempPathFactory, arrays: Arrays) -> None:
    path = tmp_path_factory.mktemp("npz") / "arrays.npz"
    write_npz(path, arrays)
    same(read_npz(path), arrays)
    with np.load(path, allow_pickle=False) as theirs:
        same(dict(theirs), read_npz(path))


@given(NAMED.filter(lambda named: "file" not in named), st.sampled_from([np.savez, np.savez_compressed]))
def test_what_numpy_writes_is_read(tmp_path_factory: pytest.TempPathFactory, arrays: Arrays, save) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path_factory.mktemp("npz") / "arrays.npz"
    little = {name: array.astype(array.dtype.newbyteorder("<"), order="K") for name, array in arrays.items()}
    save(path, **little)
    same(read_npz(path), little)


def test_the_same_arrays_give_the_same_bytes(tmp_path: Path) -> None:
    write_npz(tmp_path / "one.npz", TWO)
    write_npz(tmp_path / "two.npz", TWO)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_what_is_read_can_be_written_to(tmp_path: Path) -> None:
    write_npz(tmp_path / "one.npz", TWO)
    read_npz(tmp_path / "one.npz")["a"][0, 0] = 7


@pytest.mark.parametrize("version", [(1, 0), (2, 0), (3, 0)])
def test_every_version_of_the_header_is_read(tmp_path: Path, version: tuple[int, int]) -> None:
    path = tmp_path / "arrays.npz"
    with zipfile.ZipFile(path, "w") as archive, archive.open("a.npy", "w") as member:
        np.lib.format.write_array(member, TWO["a"], version=version)
    same(read_npz(path), {"a": TWO["a"]})


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
    ("descr", "shape", "said"),
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
        ("True", "(2,)", "must hold real numbers"),
        ("'<f8'", "(__import__('os').getpid(),)", "has no plain header"),
        ("'<f8'", "(2,), 'shape': (2,)", "has no plain header"),
        ("'<f8'", "(1,)", "has 84 bytes, but its header claims 76; it is damaged, so save it again"),
        ("'<f8'", "(3,)", "but its header claims 92"),
        ("'<f8'", f"({'1,' * 33})", "has 33 dimensions, and at most 32 are read"),
        ("'<f8'", "(0, 1000000000000000, 1000000000000000)", "claims more numbers than any memory has"),
        ("'<f8'", f"({'9' * 5000},)", "has a header of 5,0.. bytes, and at most 4,096 are read"),
    ],
)
def test_a_header_that_is_not_of_plain_numbers_is_refused(tmp_path: Path, descr: str, shape: str, said: str) -> None:
    path = written(tmp_path, "a.npz", zipped([("a.npy", npy(descr, shape, b"\0" * 16))]))
    with pytest.raises(FormatError, match=said):
        read_npz(path)


def test_nothing_is_unpickled(tmp_path: Path) -> None:
    class Harm:
        def __reduce__(self) -> tuple[object, ...]:
            return Path.touch, (tmp_path / "harm",)

    np.savez(tmp_path / "a.npz", a=np.array([Harm()], dtype=object), allow_pickle=True)
    with pytest.raises(FormatError, match="must hold real numbers"):
        read_npz(tmp_path / "a.npz")
    assert not (tmp_path / "harm").exists()


@pytest.mark.parametrize(
    "name",
    [
        "/etc/a",
        "../a",
        "a/../b",
        "a//b",
        "C:\\a",
        "a\\b",
        "a\nb",
        "a\0b",
        "a\x1b[2J",
        "",
        ".",
        "n" * 129,
        "__metadata__",
    ],
)
def test_odd_names_are_neither_read_nor_written(tmp_path: Path, name: str) -> None:
    # zipfile itself cuts a name at a zero byte, which therefore is put in afterwards.
    data = zipped([(name.replace("\0", "?") + ".npy", ONE)]).replace(b"a?b", b"a\0b")
    with pytest.raises(FormatError, match="an array.* rename it before saving") as error:
        read_npz(written(tmp_path, "a.npz", data))
    assert "\x1b" not in str(error.value)
    with pytest.raises(FormatError, match="an array.*; rename it"):
        write_npz(tmp_path / "b.npz", {name: np.ones(2)})
    assert not (tmp_path / "b.npz").exists()


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_one_name_stands_for_one_array(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="'a' is there twice"):
        read_npz(written(tmp_path, "a.npz", zipped([("a.npy", ONE), ("a.npy", ONE)])))


def test_only_arrays_are_members(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="'a' is there twice, or not as a .npy member; write it with numpy.savez"):
        read_npz(written(tmp_path, "a.npz", zipped([("a", ONE)])))
    with pytest.raises(FormatError, match="'a' does not begin as an array of numpy does"):
        read_npz(written(tmp_path, "a.npz", zipped([("a.npy", b"\x80\4\x95 a pickle")])))


def test_more_arrays_than_the_limit_are_neither_read_nor_written(tmp_path: Path) -> None:
    data = zipped([(f"{i}.npy", ONE) for i in range(1025)])
    with pytest.raises(FormatError, match="claims 1,025 members in .* bytes, and at most 1,024 in 262,144 are read"):
        read_npz(written(tmp_path, "a.npz", data))
    many = {str(i): np.ones(2) for i in range(1025)}
    with pytest.raises(FormatError, match="a file holds at most 1,024 arrays, but 1,025 came; use several"):
        write_npz(tmp_path / "b.npz", many)


def test_as_many_arrays_as_the_limit_with_the_longest_names_come_back(tmp_path: Path) -> None:
    many = {f"{i:0128}": np.ones((1,) * 32) for i in range(1024)}
    write_npz(tmp_path / "a.npz", many)
    same(read_npz(tmp_path / "a.npz"), many)


@pytest.mark.parametrize(
    ("at", "value", "width", "said"),
    [
        (-22, 0, 4, "does not end as a zip file does"),
        (-18, 1, 2, "its zip directory contradicts itself or the file"),
        (-14, 3, 2, "contradicts itself"),
        (-12, 3, 2, "contradicts itself"),
        (-12, 0xFFFF, 2, "of the 64-bit form, for more than 2 GiB; use a .safetensors file"),
        (-10, 1, 4, "contradicts itself"),
        (-6, 1, 4, "contradicts itself"),
        (-6, 0xFFFFFFFF, 4, "of the 64-bit form"),
        (-2, 1, 2, "does not end as a zip file does"),
        (0, 0, 4, "contradicts itself"),
    ],
)
def test_a_directory_that_contradicts_the_file_is_refused(
    tmp_path: Path, at: int, value: int, width: int, said: str
) -> None:
    data = zipped([("a.npy", ONE), ("b.npy", ONE)])
    with pytest.raises(FormatError, match=said):
        read_npz(written(tmp_path, "a.npz", patched(data, at, value, width)))


@pytest.mark.parametrize(
    ("field", "value", "width", "said"),
    [
        (8, 1, 2, "encrypted, or packed in an unusual way"),
        (10, 12, 2, "packed in an unusual way; write it with numpy.savez"),
        (16, 7, 4, "content is not what the zip directory says"),
        (20, 1, 4, "contradicts itself"),
        (24, 1, 4, "contradicts itself"),
        (28, 500, 2, "contradicts itself"),
        (42, 0, 4, "contradicts itself"),
        (42, 2**31, 4, "refers to byte 2,147,483,678, but ends after"),
    ],
)
def test_an_entry_that_contradicts_the_file_is_refused(
    tmp_path: Path, field: int, value: int, width: int, said: str
) -> None:
    data = zipped([("a.npy", ONE), ("b.npy", ONE)])
    second = data.index(b"PK\1\2", data.index(b"PK\1\2") + 1)
    with pytest.raises(FormatError, match=said):
        read_npz(written(tmp_path, "a.npz", patched(data, second + field, value, width)))


def with_directory(data: bytes, directory: bytes, count: int) -> bytes:
    """The zip file with another directory."""
    start = data.index(b"PK\1\2")
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(directory), start, 0)
    return data[:start] + directory + end


def directory_of(data: bytes) -> bytes:
    return data[data.index(b"PK\1\2") : -22]


def test_a_member_within_another_is_refused(tmp_path: Path) -> None:
    # So a small file can claim an enormous content without packing anything.
    inner = zipped([("b.npy", ONE)])
    record = inner[: inner.index(b"PK\1\2")]
    head = npy("'|u1'", f"({len(record)},)")
    outer = zipped([("a.npy", head + record)])
    listed = patched(directory_of(inner), 42, outer.index(record), 4)
    both = with_directory(outer, directory_of(outer) + listed, 2)
    with pytest.raises(FormatError, match="contradicts itself"):
        read_npz(written(tmp_path, "a.npz", both))
    alone = with_directory(outer, listed, 1)
    same(read_npz(written(tmp_path, "b.npz", alone)), {"b": np.zeros(2)})


def test_a_member_that_reaches_into_the_directory_is_refused(tmp_path: Path) -> None:
    data = zipped([("a.npy", ONE)])
    longer = (len(ONE) + 8).to_bytes(4, "little") * 2
    listed = directory_of(data)
    with pytest.raises(FormatError, match="contradicts itself"):
        read_npz(written(tmp_path, "a.npz", with_directory(data, listed[:20] + longer + listed[28:], 1)))


def test_a_directory_with_more_than_its_entries_is_refused(tmp_path: Path) -> None:
    data = zipped([("a.npy", ONE)])
    with pytest.raises(FormatError, match="contradicts itself"):
        read_npz(written(tmp_path, "a.npz", with_directory(data, directory_of(data) + b"more", 1)))


def test_a_member_that_calls_itself_otherwise_than_the_directory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="contradicts itself"):
        read_npz(written(tmp_path, "a.npz", zipped([("a.npy", ONE)]).replace(b"a.npy", b"c.npy", 1)))


def test_every_beginning_of_a_file_is_refused(tmp_path: Path) -> None:
    write_npz(tmp_path / "whole.npz", TWO)
    whole = (tmp_path / "whole.npz").read_bytes()
    for length in range(len(whole)):
        with pytest.raises(FormatError):
            read_npz(written(tmp_path, "part.npz", whole[:length]))


def test_more_than_zip_holds_is_not_written(tmp_path: Path) -> None:
    huge = np.broadcast_to(1.0, (2**28,))  # takes no memory, but would in the file
    with pytest.raises(FormatError, match="a .npz takes 2,143,289,344 bytes, but .* 2,147,483,648; use a .safetensors"):
        write_npz(tmp_path / "a.npz", {"a": huge})


def test_what_unpacks_to_more_than_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    np.savez_compressed(tmp_path / "a.npz", a=np.zeros(100_000))
    assert (tmp_path / "a.npz").stat().st_size < 2000
    assert read_npz(tmp_path / "a.npz")["a"].shape == (100_000,)
    monkeypatch.setattr(npz, "MAX_INFLATED_BYTES", 700_000)
    with pytest.raises(FormatError, match="unpacked it is more than 700,000 bytes larger; save it with numpy.savez"):
        read_npz(tmp_path / "a.npz")
