"""Arrays to .npz and back: numpy reads what we write, and we read what numpy writes."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.arrays import NAMED, Arrays, npy, same, written, zipped
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
    # zipfile itself cuts a name at a zero byte, so the byte is inserted afterwards.
    data = zipped([(name.replace("\0", "?") + ".npy", ONE)]).replace(b"a?b", b"a\0b")
    with pytest.raises(FormatError, match="an array.* rename it before saving") as error:
        read_npz(written(tmp_path, "a.npz", data))
    assert "\x1b" not in str(error.value)
    with pytest.raises(FormatError, match="an array.*; rename it"):
        write_npz(tmp_path / "b.npz", {name: np.ones(2)})
    assert not (tmp_path / "b.npz").exists()


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_one_name_stands_for_one_array(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="'a' occurs twice"):
        read_npz(written(tmp_path, "a.npz", zipped([("a.npy", ONE), ("a.npy", ONE)])))


def test_only_arrays_are_members(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="'a' occurs twice, or is not a .npy member; write it with numpy.savez"):
        read_npz(written(tmp_path, "a.npz", zipped([("a", ONE)])))
    with pytest.raises(FormatError, match="'a' does not begin with numpy's header"):
        read_npz(written(tmp_path, "a.npz", zipped([("a.npy", b"\x80\4\x95 a pickle")])))


def test_more_arrays_than_the_limit_are_neither_read_nor_written(tmp_path: Path) -> None:
    data = zipped([(f"{i}.npy", ONE) for i in range(1025)])
    with pytest.raises(FormatError, match="claims 1,025 members in .* bytes, and at most 1,024 in 262,144 are read"):
        read_npz(written(tmp_path, "a.npz", data))
    many = {str(i): np.ones(2) for i in range(1025)}
    with pytest.raises(FormatError, match="a file holds at most 1,024 arrays, got 1,025; use several"):
        write_npz(tmp_path / "b.npz", many)


def test_as_many_arrays_as_the_limit_with_the_longest_names_come_back(tmp_path: Path) -> None:
    many = {f"{i:0128}": np.ones((1,) * 32) for i in range(1024)}
    write_npz(tmp_path / "a.npz", many)
    same(read_npz(tmp_path / "a.npz"), many)


def test_every_beginning_of_a_file_is_refused(tmp_path: Path) -> None:
    write_npz(tmp_path / "whole.npz", TWO)
    whole = (tmp_path / "whole.npz").read_bytes()
    for length in range(len(whole)):
        with pytest.raises(FormatError):
            read_npz(written(tmp_path, "part.npz", whole[:length]))


def test_more_than_zip_holds_is_not_written(tmp_path: Path) -> None:
    huge = np.broadcast_to(1.0, (2**28,))  # takes no memory, but would take space in the file
    with pytest.raises(FormatError, match="a .npz takes 2,143,289,344 bytes, but .* 2,147,483,648; use a .safetensors"):
        write_npz(tmp_path / "a.npz", {"a": huge})


def test_what_unpacks_to_more_than_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    np.savez_compressed(tmp_path / "a.npz", a=np.zeros(100_000))
    assert (tmp_path / "a.npz").stat().st_size < 2000
    assert read_npz(tmp_path / "a.npz")["a"].shape == (100_000,)
    monkeypatch.setattr(npz, "MAX_INFLATED_BYTES", 700_000)
    with pytest.raises(FormatError, match="unpacked it is more than 700,000 bytes larger; save it with numpy.savez"):
        read_npz(tmp_path / "a.npz")
