"""Data to train on: toy sets in the plane, CSV files, handwritten digits; and scaling of columns."""

from tinyml.data.digits import digits
from tinyml.data.scaling import Scaled, ScalingError, scale
from tinyml.data.table import parse_csv, read_csv
from tinyml.data.toys import circle, gauss, moons, plane, spiral, xor

__all__ = [
    "Scaled",
    "ScalingError",
    "circle",
    "digits",
    "gauss",
    "moons",
    "parse_csv",
    "plane",
    "read_csv",
    "scale",
    "spiral",
    "xor",
]
