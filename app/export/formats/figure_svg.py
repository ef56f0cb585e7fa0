"""The figure as an SVG file: plain attributes, texts that can be selected, and the fonts within."""

from __future__ import annotations

import base64
from functools import cache
from xml.sax.saxutils import escape, quoteattr

from app.export.figure import FILES, Box, Cells, Circle, Drawing, Group, Line, Shape, Text, drawn, runs
from app.export.format import Format
from app.export.subject import Subject

FAMILY = "Explorer Figure"
FAMILIES = f"'{FAMILY}', 'STIX Two Text', 'Times New Roman', serif"


def write(subject: Subject) -> bytes:
    """The file."""
    return svg(drawn(subject), fonts=True).encode()


def svg(drawing: Drawing, *, fonts: bool) -> str:
    """A drawing as SVG, with or without its fonts."""
    size = f'width="{_n(drawing.width)}" height="{_n(drawing.height)}"'
    faces = _faces() if fonts else ""
    return "".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>\n',
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} ',
            f'viewBox="0 0 {_n(drawing.width)} {_n(drawing.height)}" role="img" xml:lang="{drawing.language}" ',
            'aria-labelledby="title desc">\n',
            f'<title id="title">{escape(drawing.title)}</title>\n',
            f'<desc id="desc">{escape(drawing.description)}</desc>\n',
            faces,
            f'<rect {size} fill="#ffffff"/>\n',
            *(_group(group) for group in drawing.groups),
            "</svg>\n",
        ]
    )


@cache
def _faces() -> str:
    rules = [
        f"@font-face{{font-family:'{FAMILY}';font-style:{face};"
        f"src:url(data:font/ttf;base64,{base64.b64encode(file.read_bytes()).decode()})}}"
        for face, file in FILES.items()
    ]
    return f"<style>{''.join(rules)}</style>\n"


def _group(group: Group) -> str:
    inner = "".join(map(_shape, group.shapes))
    if not group.ref:
        return f"<g>{inner}</g>\n"
    return f"<g data-ref={quoteattr(group.ref)}><title>{escape(group.says)}</title>{inner}</g>\n"


def _shape(shape: Shape) -> str:
    match shape:
        case Circle(x, y, r, fill, outline, dashed, double):
            ink = "" if outline is None else f' stroke="{outline}" stroke-width="1.2"'
            dashes = ' stroke-dasharray="4 3"' if dashed else ""
            at = f'cx="{_n(x)}" cy="{_n(y)}"'
            inner = f'<circle {at} r="{_n(r - 3)}" fill="none"{ink}/>' if double else ""
            return f'<circle {at} r="{_n(r)}" fill="{fill}"{ink}{dashes}/>{inner}'
        case Line():
            return _line(shape)
        case Cells(size, fill, corners):
            side = _n(size)
            path = "".join(f"M{_n(x)} {_n(y)}h{side}v{side}h-{side}z" for x, y in corners)
            return f'<path fill="{fill}" shape-rendering="crispEdges" d="{path}"/>'
        case Box(x, y, width, height, fill, outline):
            ink = "" if outline is None else f' stroke="{outline}" stroke-width="0.8"'
            at = f'x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"'
            return f'<rect {at} fill="{fill or "none"}"{ink}/>'
        case Text():
            return _text(shape)


def _line(line: Line) -> str:
    dashes = ' stroke-dasharray="5 3"' if line.dashed else ""
    ends = f'x1="{_n(line.x1)}" y1="{_n(line.y1)}" x2="{_n(line.x2)}" y2="{_n(line.y2)}"'
    head = " ".join(f"{_n(x)},{_n(y)}" for x, y in line.head)
    ink = f'stroke="{line.colour}"'
    return (
        f'<line {ends} {ink} stroke-width="{_n(line.width)}"{dashes}/>'
        f'<polyline points="{head}" fill="none" {ink} stroke-width="1"/>'
    )


def _text(text: Text) -> str:
    spans = "".join(
        f'<tspan x="{_n(run.x)}" y="{_n(run.y)}" font-size="{_n(run.size)}" font-style="{run.face}">'
        f"{escape(run.characters)}</tspan>"
        for run in runs(text)
    )
    return f'<text font-family="{FAMILIES}" fill="{text.colour}">{spans}</text>'


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


FORMATS = (
    Format(
        *("figure", "svg", "image/svg+xml", "figure.svg", write),
        takes=frozenset({"cursor", "figure"}),
        limit="MAX_FIGURE_NUMBERS",
        milliseconds=(20, 0.05),
        bytes=(60_000, 400),
    ),
)
