"""Saving and loading without pickle: arrays by name in `.npz` and `.safetensors` files, and a network's own.

A file is data and may be damaged or made to do harm, so that nothing it claims is believed: names, types and sizes are
held against what is really there before memory is taken, and whatever is wrong is a FormatError.
"""

from tinyml.saving.npz import read_npz, write_npz
from tinyml.saving.parameters import export_parameters, load_parameters
from tinyml.saving.safetensors import read_safetensors, write_safetensors

__all__ = [
    "export_parameters",
    "load_parameters",
    "read_npz",
    "read_safetensors",
    "write_npz",
    "write_safetensors",
]
