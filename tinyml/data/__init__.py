"""Data to train on: toy sets in the plane, CSV files, handwritten digits."""

from tinyml.data.digits import digits
from tinyml.data.table import parse_csv, read_csv
from tinyml.data.toys import circle, gauss, moons, plane, spiral, xor

__all__ = ["circle", "digits", "gauss", "moons", "parse_csv", "plane", "read_csv", "spiral", "xor"]
