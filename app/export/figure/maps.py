"""A network with images or sequences: a column of maps for the inputs and for each layer, every number a square."""

from __future__ import annotations

import math
from itertools import pairwise

from app.export.figure.palette import INK, LINE, cell
from app.export.figure.shapes import Box, Cells, Group, Line, Shape, Text
from app.export.figure.texts import width_of
from app.schemas.exports import FigureWish
from tinyml.core import Array, Backend
from tinyml.expression import short
from tinyml.progress import Progress
from tinyml.trace import Trace

MARGIN, GAP, TITLE = 14.0, 60.0, 12.0
# The height of a map with more than a few rows, and the sides of a square.
HEIGHT, SMALLEST, LARGEST = 96.0, 1.5, 16.0
# Of more maps, and of more numbers in a row of units, the first ones are drawn.
MOST, MOST_UNITS = 6, 48
UNIT = 8.0


def laid_out(recorded: Trace, wish: FigureWish, progress: Progress) -> tuple[float, float, list[Group]]:
    """The width, the height and the shapes of the columns for one sample."""
    gradient = wish.numbers == "gradients"
    columns: list[tuple[str, str, Array]] = [
        ("x", "x.grad" if gradient else "x", recorded.input_gradient if gradient else recorded.x)
    ]
    for layer in recorded.ordered:
        name = f"{layer.layer.name}.output"
        columns.append(
            (
                layer.layer.name,
                f"{name}.grad" if gradient else name,
                layer.output_gradient if gradient else layer.output,
            )
        )
    groups: list[Group] = []
    x, bottom = MARGIN, 0.0
    middles: list[tuple[float, float]] = []
    for title, name, values in columns:
        known = progress.known(name)
        entries = Backend.ones(values.shape, dtype=bool) if known is None else known.entries(values)
        group, width, height = _column(title, name, values[wish.sample], entries[wish.sample], x, wish)
        groups.append(group)
        middles.append((x, x + width))
        x, bottom = x + width + GAP, max(bottom, height)
    arrows = tuple(
        Line(right + 8, MARGIN + 80, left - 8, MARGIN + 80, LINE, 1) for (_, right), (left, _) in pairwise(middles)
    )
    return x - GAP + MARGIN, bottom + MARGIN, [Group("", "", arrows), *groups]


def _column(
    title: str, name: str, values: Array, known: Array, left: float, wish: FigureWish
) -> tuple[Group, float, float]:
    """One column, its right width and its lower end."""
    flat = values.ndim == 1
    maps = values.reshape(1, -1, 1) if flat else values.reshape(-1, *values.shape[-2:])
    there = known.reshape(maps.shape)
    finite = Backend.where(Backend.isfinite(maps) & there, maps, 0)
    largest = float(abs(finite).max(initial=0)) or 1.0
    shape = "×".join(map(str, values.shape))
    computed = finite[there]
    numbers = computed.size > 0 and wish.numbers != "none"
    span = f"{short(float(computed.min()))} … {short(float(computed.max()))}" if numbers else ""
    heading = [
        Text(0, MARGIN + TITLE, TITLE, title, "name", INK),
        Text(0, MARGIN + 2 * TITLE, 9, shape, "number", INK),
        *([Text(0, MARGIN + 3 * TITLE, 9, span, "number", INK)] if span else []),
    ]
    rows, across = maps.shape[1:]
    size = min(LARGEST, max(UNIT if flat else SMALLEST, HEIGHT / max(rows, across)))
    rows = min(rows, MOST_UNITS) if flat else rows
    width = max(size * across, *(width_of(text) for text in heading))
    shapes: list[Shape] = [Text(left + width / 2, text.y, text.size, text.content, text.kind, INK) for text in heading]
    y = MARGIN + 3 * TITLE + 10
    x = left + (width - size * across) / 2
    shown = maps if len(maps) <= MOST else maps[: MOST - 1]
    for number, one in enumerate(shown):
        by_colour: dict[str, list[tuple[float, float]]] = {}
        for row in range(rows):
            for column in range(across):
                value = float(one[row, column])
                if numbers and there[number, row, column] and math.isfinite(value):
                    colour = cell(value / largest, wish.theme)
                    by_colour.setdefault(colour, []).append((x + column * size, y + row * size))
        shapes += [Cells(size, colour, tuple(corners)) for colour, corners in by_colour.items()]
        shapes.append(Box(x, y, size * across, size * rows, None, LINE))
        y += size * rows + 10
    if len(shown) < len(maps) or rows < maps.shape[1]:
        count = values.size if flat else len(maps)
        shapes.append(Text(left + width / 2, y + 4, TITLE, f"… {count}", "number", INK))
        y += TITLE
    says = f"{name}: {shape}" + (f", {span}" if span else "")
    return Group(name, says, tuple(shapes)), width, y
