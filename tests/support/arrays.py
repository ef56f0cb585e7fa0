"""Dictionaries of arrays by name, for tests of saving and loading."""

import zipfile
from io import BytesIO
from pathlib import Path

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst
from numpy.typing import NDArray

from tinyml.saving import read_npz, read_safetensors, write_npz, write_safetensors

Arrays = dict[str, NDArray[np.generic]]
READERS = {".npz": read_npz, ".safetensors": read_safetensors}
WRITERS = {".npz": write_npz, ".safetensors": write_safetensors}
TYPES = ["f8", "f4", "f2", "i8", "i4", "i2", "i1", "u8", "u4", "u2", "u1"]

ORDERS = [np.ascontiguousarray, np.asfortranarray, lambda a: np.repeat(a[None], 2, axis=0)[1], lambda a: a[..., ::-1]]


@st.composite
def arrays(draw: st.DrawFn) -> NDArray[np.generic]:
    """Any array of real numbers, including empty ones, ∞ and NaN, in any memory layout."""
    of = np.dtype(draw(st.sampled_from(TYPES))).newbyteorder(draw(st.sampled_from("<>")))
    made = draw(npst.arrays(of, npst.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)))
    return draw(st.sampled_from(ORDERS if made.ndim else ORDERS[:1]))(made)


NAMES = st.text("abwz_.09ñλ层 '\"{}", min_size=1, max_size=20).filter(lambda name: name not in {".", ".."})
NAMED = st.dictionaries(NAMES, arrays(), max_size=5)


def same(ours: Arrays, theirs: Arrays) -> None:
    """Assert that the names, dtypes, shapes and bytes are the same."""
    assert ours.keys() == theirs.keys()
    for name, array in ours.items():
        other = theirs[name].astype(theirs[name].dtype.newbyteorder("<"))
        assert (array.dtype, array.shape, array.tobytes()) == (other.dtype, other.shape, other.tobytes()), name


def npy(descr: str, shape: str, content: bytes = b"", order: str = "False") -> bytes:
    """An array's member as numpy writes it, with a header that claims the given values."""
    text = f"{{'descr': {descr}, 'fortran_order': {order}, 'shape': {shape}, }}\n".encode("latin-1")
    return b"\x93NUMPY\1\0" + len(text).to_bytes(2, "little") + text + content


def zipped(members: list[tuple[str, bytes]], packing: int = zipfile.ZIP_STORED) -> bytes:
    """A zip file of these members."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", packing) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, packing)
    return file.getvalue()


def patched(data: bytes, at: int, value: int, width: int) -> bytes:
    """The bytes with an integer of `width` bytes written at `at`, counted from the end if negative."""
    start = at % len(data)
    return data[:start] + value.to_bytes(width, "little") + data[start + width :]


def tensors(header: bytes | str, content: bytes = b"") -> bytes:
    """A safetensors file with this header."""
    text = header if isinstance(header, bytes) else header.encode()
    return len(text).to_bytes(8, "little") + text + content


def written(folder: Path, name: str, data: bytes) -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(data)
    return path
