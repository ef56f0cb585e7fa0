"""A network of units as circles and lines, as the chapter draws it: from left to right, biases on top."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import NamedTuple

from app.export.figure.palette import INK, LINE, NODES, PAPER, SIGNS
from app.export.figure.shapes import Box, Circle, Group, Line, Text
from app.export.figure.texts import width_of
from app.schemas.exports import FigureWish
from tinyml.expression import short
from tinyml.graph import Edge, Graph, Node

ROW, MARGIN = 80.0, 14.0
# Between columns; numbers on the lines need more room.
COLUMN = {"none": 200.0, "values": 270.0, "gradients": 270.0}
# A column of more units shows the first ones, three dots, and the last.
MOST, FIRST, LAST = 10, 6, 2
THIN, THICK = 0.6, 3.0
LABEL = 10.0
# Where on a line its number may be, in parts of its length: the first place that is free.
PLACES = (0.3, 0.22, 0.38, 0.5, 0.15, 0.62, 0.45, 0.7, 0.26, 0.56, 0.34, 0.78, 0.66)


class Showing(NamedTuple):
    """What is shown: the request, whether the number of a ref is computed, and a symbol in words."""

    wish: FigureWish
    known: Callable[[str], bool]
    spoken: Callable[[str], str]

    @property
    def gradient(self) -> bool:
        """Whether gradients are shown in place of values."""
        return self.wish.numbers == "gradients"

    def says(self, label: str, value: float) -> str:
        """A number in words."""
        return f"{self.spoken(f'∂ℓ/∂{label}' if self.gradient else label)} = {short(value)}"


class Placed(NamedTuple):
    """A node with its circle."""

    node: Node
    circle: Circle


def laid_out(graph: Graph, showing: Showing) -> tuple[float, float, list[Group]]:
    """The width, the height and the shapes of a graph."""
    placed, dots, width, height = _places(graph, showing.wish)
    edges = [edge for edge in graph.edges if {edge.source, edge.target} <= placed.keys()]
    return width, height, [*_lines(edges, placed, showing), *(_circle(one, showing) for one in placed.values()), *dots]


def _places(graph: Graph, wish: FigureWish) -> tuple[dict[str, Placed], list[Group], float, float]:
    columns: dict[int, list[Node]] = {}
    for one in graph.nodes:
        columns.setdefault(one.layer, []).append(one)
    shown = {number: _folded(nodes) for number, nodes in columns.items()}
    highest = max(map(len, shown.values()))
    radius = max(_radius(node, wish) for nodes in shown.values() for node in nodes if node is not None)
    middle = MARGIN + radius + ROW * (highest - 1) / 2
    placed: dict[str, Placed] = {}
    dots: list[Group] = []
    for number, column in shown.items():
        x = MARGIN + radius + COLUMN[wish.numbers] * number
        for row, node in enumerate(column):
            y = middle + ROW * (row - (len(column) - 1) / 2)
            if node is None:
                more = tuple(Circle(x, y + 12 * step, 2, INK) for step in (-1, 0, 1))
                dots.append(Group("", "…", more))
                continue
            look = NODES[wish.theme][node.role]
            outline = None if wish.numbers == "none" and wish.theme == "colour" else look.outline
            own = _radius(node, wish)
            placed[node.id] = Placed(node, Circle(x, y, own, look.fill, outline, look.dashed, look.double))
    width = 2 * (MARGIN + radius) + COLUMN[wish.numbers] * max(shown)
    return placed, dots, width, 2 * middle


def _folded(nodes: list[Node]) -> list[Node | None]:
    biases, units = [node for node in nodes if node.index is None], [node for node in nodes if node.index is not None]
    if len(units) <= MOST:
        return [*biases, *units]
    return [*biases, *units[:FIRST], None, *units[-LAST:]]


def _radius(node: Node, wish: FigureWish) -> float:
    if wish.numbers != "none":
        return 30
    return max(24, width_of(_symbol(node, 0, 0, 22)) / 2 + 8)


def _symbol(node: Node, x: float, y: float, size: float) -> Text:
    return Text(x, y, size, node.label, "symbol", INK)


def _circle(placed: Placed, showing: Showing) -> Group:
    node, circle = placed
    ref, value = (node.gradient_ref, node.gradient) if showing.gradient else (node.ref, node.value)
    if showing.wish.numbers == "none":
        return Group(ref, showing.spoken(node.label), (circle, _symbol(node, circle.x, circle.y + 6, 22)))
    shapes = (circle, _symbol(node, circle.x, circle.y - 3, 17))
    if not showing.known(ref):
        return Group(ref, showing.spoken(node.label), shapes)
    number = Text(circle.x, circle.y + 14, LABEL, short(value), "number", INK)
    return Group(ref, showing.says(node.label, value), (*shapes, number))


def _lines(edges: list[Edge], placed: dict[str, Placed], showing: Showing) -> Iterator[Group]:
    """The lines, and then their numbers, which are above all lines."""
    values = [edge.gradient if showing.gradient else edge.weight for edge in edges]
    largest = max((abs(value) for value in values if value is not None and math.isfinite(value)), default=0) or 1.0
    taken = [one.circle for one in placed.values()]
    plates: list[Box] = []
    numbers: list[Group] = []
    for edge, value in zip(edges, values, strict=True):
        ref = (edge.gradient_ref if showing.gradient else edge.ref) or ""
        ends = placed[edge.source].circle, placed[edge.target].circle
        if showing.wish.numbers == "none" or value is None or not showing.known(ref):
            says = showing.spoken(edge.label) if edge.label else ""
            yield Group(ref, says, (_line(*ends, LINE, 0.8, False),))
            continue
        colour = SIGNS[showing.wish.theme][value < 0]
        strength = min(abs(value) / largest, 1) if math.isfinite(value) else 0
        line = _line(*ends, colour, THIN + (THICK - THIN) * strength, value < 0)
        says = showing.says(edge.label or "", value)
        yield Group(ref, says, (line,))
        if found := _plate(line, Text(0, 0, LABEL, short(value), "number", colour), plates, taken):
            plates.append(found[0])
            numbers.append(Group(ref, says, found))
    yield from numbers


def _line(source: Circle, target: Circle, colour: str, width: float, dashed: bool) -> Line:
    across, down = target.x - source.x, target.y - source.y
    length = (across**2 + down**2) ** 0.5
    start, end = source.r / length, 1 - (target.r + 2) / length
    return Line(
        *(source.x + across * start, source.y + down * start, source.x + across * end, source.y + down * end),
        *(colour, width, dashed),
    )


def _plate(line: Line, text: Text, plates: list[Box], taken: list[Circle]) -> tuple[Box, Text] | None:
    """A number on a line with a ground behind it, at the first free place; None if there is none."""
    width, height = width_of(text) + 3, LABEL + 1
    for part in PLACES:
        x, y = line.x1 + (line.x2 - line.x1) * part, line.y1 + (line.y2 - line.y1) * part
        box = Box(x - width / 2, y - height / 2, width, height, PAPER)
        apart = all(
            box.x > other.x + other.width or other.x > box.x + box.width
            or box.y > other.y + other.height or other.y > box.y + box.height
            for other in plates
        )  # fmt: skip
        beside = all(abs(x - one.x) > one.r + width / 2 or abs(y - one.y) > one.r + height / 2 for one in taken)
        if apart and beside:
            return box, Text(x, y + LABEL * 0.34, LABEL, text.content, "number", text.colour)
    return None
