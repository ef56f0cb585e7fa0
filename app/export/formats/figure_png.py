"""The figure as a PNG file, at three pixels for each point: the SVG file, painted."""

from __future__ import annotations

from importlib.util import find_spec

from app.export.figure import FILES, drawn
from app.export.format import Format
from app.export.formats.figure_svg import svg
from app.export.subject import Subject

DENSITY, MOST_PIXELS = 3.0, 8_000


def write(subject: Subject) -> bytes:
    """The file."""
    import resvg_py

    drawing = drawn(subject)
    zoom = min(DENSITY, MOST_PIXELS / max(drawing.width, drawing.height))
    fonts = [str(file) for file in FILES.values()]
    text = svg(drawing, fonts=False)
    return bytes(resvg_py.svg_to_bytes(svg_string=text, skip_system_fonts=True, font_files=fonts, zoom=zoom))


FORMATS = (
    Format(
        *("figure", "png", "image/png", "figure.png", write),
        takes=frozenset({"cursor", "figure"}),
        limit="MAX_FIGURE_NUMBERS",
        milliseconds=(100, 0.05),
        bytes=(2_000_000, 400),
    ),
) if find_spec("resvg_py") else ()  # fmt: skip
