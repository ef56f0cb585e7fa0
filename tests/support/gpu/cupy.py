"""A substitute for cupy on a machine without a GPU, as strict as cupy 14.2 where the engine could make mistakes.

It computes with numpy, but its arrays are not numpy's: numpy cannot use them, and a numpy array combined with one is
refused, except by `array` and `asarray`, which copy numbers to the GPU. It has only the names listed here;
of those that the engine might use, cupy has no `errstate`, `frompyfunc` and `vecdot`.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from typing import Any

import numpy

numpy.seterr(all="ignore")  # a GPU gives no warnings

REFUSED = "Unsupported type <class 'numpy.ndarray'>: numpy came behind the Backend's back"


class ndarray:
    """An array "on the GPU"."""

    __array_ufunc__ = None  # numpy's own operators defer to this class, and its functions refuse it
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, host: numpy.ndarray[Any, Any]) -> None:
        self._host = host

    def __array__(self, *_: Any, **__: Any) -> Any:
        raise TypeError("Implicit conversion to a NumPy array is not allowed. Please use `.get()`.")

    def __array_function__(self, *_: Any) -> Any:
        raise TypeError(REFUSED)

    def get(self) -> numpy.ndarray[Any, Any]:
        """A copy for numpy: cupy's method for copying to the host."""
        return self._host.copy()

    def __getitem__(self, index: Any) -> ndarray:
        index = host(index)
        found = self._host[index]
        if not isinstance(found, numpy.ndarray):
            # As in cupy a view without axes, not a number.
            found = self._host[(*(index if isinstance(index, tuple) else (index,)), ...)]
        return ndarray(found)

    def __setitem__(self, index: Any, value: Any) -> None:
        if isinstance(value, numpy.ndarray):
            raise TypeError(f"non-scalar numpy.ndarray cannot be used for fill ({REFUSED})")
        self._host[host(index)] = host(value)

    def __len__(self) -> int:
        return len(self._host)

    def __iter__(self) -> Iterator[ndarray]:
        return (self[i] for i in range(len(self)))

    def __repr__(self) -> str:
        return repr(self._host)

    def dot(self, other: ndarray, out: ndarray | None = None) -> ndarray:
        """The matrix product, with cupy's requirements on the output array."""
        if out is not None:
            if numpy.result_type(self.dtype, other.dtype) != out.dtype:
                raise ValueError("Not supported dtype combination.")
            if not out.flags.c_contiguous:
                raise ValueError("Output array must be C-contiguous")
        return device(self._host.dot(host(other), *(() if out is None else (host(out),))))

    def fill(self, value: Any) -> None:
        """Set all numbers."""
        self._host.fill(host(value))


def host(value: Any) -> Any:
    """The data of an operand; numpy's own arrays are refused."""
    if isinstance(value, ndarray):
        return value._host
    if isinstance(value, numpy.ndarray):
        raise TypeError(REFUSED)
    if isinstance(value, tuple | list):
        return type(value)(host(entry) for entry in value)
    return value


def device(result: Any) -> Any:
    """A result of numpy's as one of cupy's: a single number is an array too, without axes."""
    if isinstance(result, numpy.ndarray | numpy.generic):
        return ndarray(numpy.asarray(result))
    return result


def through(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function or method of numpy's for the arrays of this module."""

    def called(*operands: Any, **named: Any) -> Any:
        answer = function(*map(host, operands), **{name: host(value) for name, value in named.items()})
        return device(answer)

    return called


def ufunc(function: Callable[..., Any]) -> Callable[..., Any]:
    """One that takes its output array last or as `out`, and none of numpy's other settings."""

    def called(*operands: Any, out: ndarray | None = None, dtype: Any = None) -> Any:
        return through(function)(*operands, **({"out": out} if out is not None else {}), dtype=dtype)

    return called


METHODS = "all any argmax argmin argsort astype clip copy cumsum max mean min ravel repeat reshape squeeze std sum"
METHODS += " swapaxes take transpose var view"
for name in METHODS.split():
    setattr(ndarray, name, through(getattr(numpy.ndarray, name)))
# Returned as Python's own values.
for name in ("tolist", "item", "tobytes", "__complex__", "__float__", "__int__", "__bool__", "__index__"):
    setattr(ndarray, name, lambda self, *given, name=name: getattr(self._host, name)(*given))
for name in ("dtype", "flags", "itemsize", "nbytes", "ndim", "shape", "size", "strides"):
    setattr(ndarray, name, property(lambda self, name=name: getattr(self._host, name)))
for name in ("T", "real", "imag"):
    setattr(ndarray, name, property(lambda self, name=name: device(getattr(self._host, name))))
for name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "and", "or", "xor"):
    does, does_in_place = getattr(operator, f"__{name}__"), getattr(operator, f"__i{name}__")
    setattr(ndarray, f"__{name}__", through(does))
    setattr(ndarray, f"__r{name}__", lambda self, other, does=does: through(does)(other, self))

    def changed(self: ndarray, other: Any, does: Callable[..., Any] = does_in_place) -> ndarray:
        """In place, as `+=` does."""
        self._host = does(self._host, host(other))
        return self

    setattr(ndarray, f"__i{name}__", changed)
for name in ("lt", "le", "gt", "ge", "eq", "ne", "neg", "invert", "abs"):
    setattr(ndarray, f"__{name}__", through(getattr(operator, f"__{name}__")))

UFUNCS = "abs add arctan2 bitwise_and bitwise_xor copysign cos divide equal exp expm1 floor fmax greater"
UFUNCS += " greater_equal hypot isfinite isinf isnan less less_equal log log1p logaddexp maximum minimum multiply"
UFUNCS += " negative sign sin sqrt subtract tanh"
FUNCTIONS = "arange argsort ascontiguousarray bincount broadcast_to clip concatenate copyto count_nonzero cumsum"
FUNCTIONS += " empty empty_like eye flatnonzero full moveaxis nan_to_num ones put_along_axis repeat sort stack"
FUNCTIONS += " take_along_axis where zeros"
for name in UFUNCS.split():
    globals()[name] = ufunc(getattr(numpy, name))
for name in FUNCTIONS.split():
    globals()[name] = through(getattr(numpy, name))


# What cupy takes from numpy.
for name in (
    "dtype",
    "finfo",
    "float32",
    "float64",
    "floating",
    "inexact",
    "inf",
    "issubdtype",
    "nan",
    "ndindex",
    "pi",
):
    globals()[name] = getattr(numpy, name)


def array(numbers: Any, dtype: Any = None) -> ndarray:
    """A new array, also from numpy's numbers."""
    return ndarray(numpy.array(numbers if isinstance(numbers, numpy.ndarray) else host(numbers), dtype=dtype))


def asarray(numbers: Any, dtype: Any = None) -> ndarray:
    """The same, but an array that is on the GPU already and has the dtype is not copied."""
    if isinstance(numbers, ndarray):
        return ndarray(numpy.asarray(numbers._host, dtype=dtype))
    return array(numbers, dtype)


def frombuffer(buffer: Any, dtype: Any = float) -> ndarray:
    """An array from bytes: a copy, because the bytes are not on the GPU."""
    return array(numpy.frombuffer(buffer, dtype=dtype))


def matmul(left: ndarray, right: ndarray, *, out: ndarray | None = None) -> ndarray:
    """The matrix product; like cupy's, it raises TypeError if the output array is given by position."""
    return through(numpy.matmul)(left, right, out=out)


def result_type(*given: Any) -> Any:
    """The dtype to which all of them can be converted."""
    return numpy.result_type(*map(host, given))


class random:
    """The part of cupy.random that today's programs use. Its Generator has neither `normal` nor `permutation`."""

    class Generator:
        def __init__(self, seed: Any) -> None:
            self._rng = numpy.random.default_rng(seed)

    @staticmethod
    def default_rng(seed: Any = None) -> random.Generator:
        return random.Generator(seed)


for name in ("random", "uniform", "standard_normal", "integers"):
    setattr(
        random.Generator,
        name,
        lambda self, *given, name=name, **named: device(getattr(self._rng, name)(*given, **named)),
    )
