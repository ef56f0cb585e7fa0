"""Data to train on: toy sets and functions, CSV files, handwritten digits; scaling of columns, and mini-batches."""

from tinyml.data.batches import BatchError, Batches
from tinyml.data.digits import digits
from tinyml.data.functions import gauss_peaks, parabola, sine
from tinyml.data.scaling import Scaled, ScalingError, scale
from tinyml.data.sets import SETS, DataSet, draw
from tinyml.data.table import Chosen, Column, Table, TableError, parse_csv, parse_table, read_csv, read_table
from tinyml.data.toys import circle, gauss, moons, plane, spiral, xor

__all__ = [
    "SETS",
    "BatchError",
    "Batches",
    "Chosen",
    "Column",
    "DataSet",
    "Scaled",
    "ScalingError",
    "Table",
    "TableError",
    "circle",
    "digits",
    "draw",
    "gauss",
    "gauss_peaks",
    "moons",
    "parabola",
    "parse_csv",
    "parse_table",
    "plane",
    "read_csv",
    "read_table",
    "scale",
    "sine",
    "spiral",
    "xor",
]
