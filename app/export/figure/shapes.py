"""What a figure consists of. Every format draws the same shapes, in this order; lengths are in points, y downwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# Half the width of an arrow head.
HEAD = 3.5
Kind = Literal["symbol", "number", "name"]


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle; `double` has a second outline within, `dashed` an interrupted one."""

    x: float
    y: float
    r: float
    fill: str
    outline: str | None = None
    dashed: bool = False
    double: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line with an arrow head at its end."""

    x1: float
    y1: float
    x2: float
    y2: float
    colour: str
    width: float
    dashed: bool = False

    @property
    def head(self) -> tuple[tuple[float, float], tuple[float, float], tuple[float, float]]:
        """The points of the arrow head."""
        across, down = self.x2 - self.x1, self.y2 - self.y1
        length = (across**2 + down**2) ** 0.5 or 1.0
        across, down = HEAD * across / length, HEAD * down / length
        x, y = self.x2 - 1.6 * across, self.y2 - 1.6 * down
        return (x - down, y + across), (self.x2, self.y2), (x + down, y - across)


@dataclass(frozen=True, slots=True)
class Cells:
    """Squares of one colour, each by its upper left corner."""

    size: float
    fill: str
    corners: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: a ground behind a text, or an outline."""

    x: float
    y: float
    width: float
    height: float
    fill: str | None
    outline: str | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text around x, with its base line at y. `content` is a symbol such as `h_1^(1)`, a number such as
    `1.5×10^−9`, or the name of a layer.
    """

    x: float
    y: float
    size: float
    content: str
    kind: Kind
    colour: str


Shape = Circle | Line | Cells | Box | Text


@dataclass(frozen=True, slots=True)
class Group:
    """Shapes that draw one thing: the `ref` of its number, and what it is in words."""

    ref: str
    says: str
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure: its title and its numbers in words, for readers who do not see it."""

    width: float
    height: float
    title: str
    description: str
    language: str
    groups: tuple[Group, ...]

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """All shapes in the order in which they are drawn."""
        return tuple(shape for group in self.groups for shape in group.shapes)
