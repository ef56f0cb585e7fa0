"""Data to train on: toy sets and functions, CSV files, handwritten digits; scaling of columns, and mini-batches."""

from tinyml.data.batches import BatchError, Batches
from tinyml.data.digits import digits
from tinyml.data.functions import gauss_peaks, parabola, sine
from tinyml.data.scaling import Scaled, ScalingError, scale
from tinyml.data.sets import SETS, DataSet, draw
from tinyml.data.table import parse_csv, read_csv
from tinyml.data.toys import circle, gauss, moons, plane, spiral, xor

__all__ = [
    "SETS",
    "BatchError",
    "Batches",
    "DataSet",
    "Scaled",
    "ScalingError",
    "circle",
    "digits",
    "draw",
    "gauss",
    "gauss_peaks",
    "moons",
    "parabola",
    "parse_csv",
    "plane",
    "read_csv",
    "scale",
    "sine",
    "spiral",
    "xor",
]
