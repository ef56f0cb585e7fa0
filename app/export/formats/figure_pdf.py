"""The figure as a PDF file of one page, as large as the figure, with texts that can be selected."""

from __future__ import annotations

import io
from importlib.util import find_spec
from typing import Any

from app.export.figure import FILES, Box, Cells, Circle, Line, Shape, Text, drawn, runs
from app.export.format import Format
from app.export.subject import Subject


def write(subject: Subject) -> bytes:
    """The file."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    for face, file in FILES.items():
        if face not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(face, file))
    drawing = drawn(subject)
    output = io.BytesIO()
    # `invariant`: the same figure is the same file.
    canvas: Any = Canvas(output, (drawing.width, drawing.height), invariant=True, lang=drawing.language)
    canvas.setTitle(drawing.title)
    canvas.setSubject(drawing.description)
    canvas.setCreator("Backprop Explorer")
    canvas.setAuthor("")
    # The origin of PDF is below.
    canvas.translate(0, drawing.height)
    for shape in drawing.shapes:
        _draw(canvas, shape)
    canvas.save()
    return output.getvalue()


def _draw(canvas: Any, shape: Shape) -> None:
    canvas.saveState()
    match shape:
        case Circle(x, y, r, fill, outline, dashed, double):
            canvas.setFillColor(fill)
            canvas.setStrokeColor(outline or fill)
            canvas.setLineWidth(1.2)
            if dashed:
                canvas.setDash(4, 3)
            canvas.circle(x, -y, r, stroke=int(outline is not None), fill=1)
            if double:
                canvas.circle(x, -y, r - 3, stroke=1, fill=0)
        case Line():
            canvas.setStrokeColor(shape.colour)
            canvas.setLineWidth(shape.width)
            if shape.dashed:
                canvas.setDash(5, 3)
            canvas.line(shape.x1, -shape.y1, shape.x2, -shape.y2)
            canvas.setDash()
            canvas.setLineWidth(1)
            (x1, y1), (x2, y2), (x3, y3) = shape.head
            canvas.lines([(x1, -y1, x2, -y2), (x2, -y2, x3, -y3)])
        case Cells(size, fill, corners):
            canvas.setFillColor(fill)
            path = canvas.beginPath()
            for x, y in corners:
                path.rect(x, -y - size, size, size)
            canvas.drawPath(path, stroke=0, fill=1)
        case Box(x, y, width, height, fill, outline):
            canvas.setFillColor(fill or "#ffffff")
            canvas.setStrokeColor(outline or "#ffffff")
            canvas.setLineWidth(0.8)
            canvas.rect(x, -y - height, width, height, stroke=int(outline is not None), fill=int(fill is not None))
        case Text():
            canvas.setFillColor(shape.colour)
            for run in runs(shape):
                canvas.setFont(run.face, run.size)
                canvas.drawString(run.x, -run.y, run.characters)
    canvas.restoreState()


FORMATS = (
    Format(
        *("figure", "pdf", "application/pdf", "figure.pdf", write),
        takes=frozenset({"cursor", "figure"}),
        limit="MAX_FIGURE_NUMBERS",
        milliseconds=(60, 0.05),
        bytes=(60_000, 200),
    ),
) if find_spec("reportlab") else ()  # fmt: skip
