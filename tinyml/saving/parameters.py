"""Saving and loading a network's parameters and its layers' running state."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Protocol

from tinyml.core import Array, Backend, DuplicateNameError, FormatError, overflow_allowed
from tinyml.layers import Layer
from tinyml.saving.npz import read_npz, write_npz
from tinyml.saving.safetensors import read_safetensors, write_safetensors

# Programs for the original library call their files .tnn; here these are .npz files.
_READERS = {".npz": read_npz, ".safetensors": read_safetensors, ".tnn": read_npz}
_WRITERS = {".npz": write_npz, ".safetensors": write_safetensors, ".tnn": write_npz}


class Layered(Protocol):
    """A network: anything with layers."""

    @property
    def layers(self) -> Sequence[Layer]:
        """The layers, each with a unique name."""


def export_parameters(model: Layered, path: str | os.PathLike[str]) -> None:
    """Write every parameter as `<layer>.<parameter>`, and the layers' running state, in the library's own orientation.
    `path` ends in .npz or .safetensors, or in .tnn, which is also a .npz. An existing file is replaced when the new
    one is complete.
    """
    _WRITERS[_suffix(path)](path, _arrays(model))


def load_parameters(model: Layered, path: str | os.PathLike[str]) -> None:
    """Load every parameter and the layers' running state from a file that `export_parameters` wrote. Raises
    FormatError, and changes nothing, if one is missing, has another shape or is not in the network. Parameters keep
    their dtype; gradients and optimizer state are not changed.
    """
    saved, own = _READERS[_suffix(path)](path), _arrays(model)
    who = os.fspath(path)
    if missing := own.keys() - saved.keys():
        raise FormatError(
            f"{who}: the network needs {_some(missing)}, not in the file; was it saved from this network?"
        )
    if extra := saved.keys() - own.keys():
        raise FormatError(f"{who}: it holds {_some(extra)}, not in the network; was it saved from this network?")
    # All are prepared before the first is set.
    ready = {name: _fitted(who, name, saved[name], array) for name, array in own.items()}
    for layer in model.layers:
        for name, parameter in layer.parameters().items():
            parameter.tensor = ready[f"{layer.name}.{name}"]
        for name, array in layer.buffers().items():
            array[...] = ready[f"{layer.name}.{name}"]


def _suffix(path: str | os.PathLike[str]) -> str:
    suffix = PurePath(path).suffix.lower()
    if suffix not in _READERS:
        raise FormatError(f"{os.fspath(path)}: the name must end in .npz or .safetensors, which says the format.")
    return suffix


def _arrays(model: Layered) -> dict[str, Array]:
    """The arrays that make up the network, by their names in a file."""
    arrays: dict[str, Array] = {}
    for layer in model.layers:
        tensors = {name: parameter.tensor for name, parameter in layer.parameters().items()}
        for name, array in (*tensors.items(), *layer.buffers().items()):
            key = f"{layer.name}.{name}"
            if key in arrays:
                raise DuplicateNameError(f"Sequential: two arrays are called '{key}'; give each layer a unique name.")
            arrays[key] = array
    return arrays


def _fitted(who: str, name: str, saved: Array, own: Array) -> Array:
    """The saved array in the network's dtype."""
    if saved.shape != own.shape:
        raise FormatError(
            f"{who}: '{name}' must have shape {own.shape}, got {saved.shape}; was it saved from this network?"
        )
    with overflow_allowed():
        fitted = saved.astype(own.dtype)
    if (Backend.isfinite(saved) & ~Backend.isfinite(fitted)).any():
        raise FormatError(
            f"{who}: '{name}' has numbers that {own.dtype} cannot hold; build the network in {saved.dtype}."
        )
    return fitted


def _some(names: Iterable[str]) -> str:
    """A few of the names, in order, and how many more."""
    first, *others = sorted(names)
    return f"'{first}'" + (f" and {len(others)} more" if others else "")
