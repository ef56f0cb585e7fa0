"""Estimates the memory of a known document from its parts, so that counting costs almost nothing."""

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel

from app.documents import Experiment
from tinyml.core import Array, Backend
from tinyml.trace import Trace

# The bytes of a Python object of each kind without its contents; measured, and checked by a test.
_LIST, _NUMBER, _MODEL, _ARRAY, _LAYER, _STAGE = 80, 32, 500, 160, 1_200, 500
# An entry of the cache with its keys, its locks and all other parts of constant size.
ENTRY = 7_000


def document_bytes(value: Any) -> int:
    """The bytes of a validated document, or of a part of it. Numbers of one list have one type."""
    # Most values have exactly these types, which is faster to check than isinstance.
    kind = type(value)
    if kind is float or kind is int or value is None:
        return _NUMBER
    if kind is str:
        return 80 + 4 * len(value)
    if kind is list:
        if value and isinstance(value[0], list | dict | str | BaseModel):
            return _LIST + sum([8 + document_bytes(inner) for inner in value])
        return _LIST + _NUMBER * len(value)
    if isinstance(value, BaseModel):
        return _MODEL + sum([document_bytes(inner) for inner in vars(value).values()])
    if isinstance(value, dict):
        return 300 + sum([200 + document_bytes(inner) for inner in value.values()])
    return _NUMBER


def network_bytes(experiment: Experiment) -> int:
    """The bytes of a network without plans, and of its batch."""
    parameters = [parameter for layer in experiment.model.layers for parameter in layer.parameters().values()]
    own = [(of.tensor, of.gradient, of.state) for of in parameters]
    rows = experiment.supply
    # A set is shared by all documents that have it.
    batch = experiment.x, experiment.y, experiment.scaled, *(() if rows.drawn else (rows.given, rows.targets))
    return sum(array.nbytes for array in arrays((own, batch))) + _LAYER * len(experiment.model.layers)


def trace_bytes(recorded: Trace, own: Iterable[Array]) -> int:
    """The bytes of a trace with its arrays, without the network from which it was recorded."""
    sizes = sum(array.nbytes + _ARRAY for array in own)
    return sizes + _LAYER * len(recorded.layers) + _STAGE * len(recorded.stages)


def trace_arrays(recorded: Trace) -> list[Array]:
    """All arrays of a trace."""
    return arrays(recorded._replace(stages=()))


def arrays(record: Any) -> list[Array]:
    """The arrays in nested tuples, lists and dicts; an array that occurs several times is listed once."""
    found, inner = dict[int, Array](), [record]
    while inner:
        value = inner.pop()
        if isinstance(value, Backend.ndarray):
            found[id(value)] = value
        elif isinstance(value, tuple | list):
            inner.extend(value)
        elif isinstance(value, dict):
            inner.extend(value.values())
    return list(found.values())
