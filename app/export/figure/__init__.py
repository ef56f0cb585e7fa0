"""A figure of a training step, laid out once: `app/export/formats/figure_*.py` write the same shapes in each format."""

from app.export.figure.drawn import drawn
from app.export.figure.shapes import Box, Cells, Circle, Drawing, Group, Line, Shape, Text
from app.export.figure.texts import FILES, Run, escaped, latex, runs

__all__ = [
    "FILES",
    "Box",
    "Cells",
    "Circle",
    "Drawing",
    "Group",
    "Line",
    "Run",
    "Shape",
    "Text",
    "drawn",
    "escaped",
    "latex",
    "runs",
]
