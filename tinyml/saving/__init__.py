"""Saving and loading without pickle: arrays by name in `.npz` and `.safetensors` files, and a network's own.

A file may be damaged or malicious, so its claims are not trusted: names, types and sizes are compared with the actual
content before memory is allocated, and every fault is a FormatError.
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
