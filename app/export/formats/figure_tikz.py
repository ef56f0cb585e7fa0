"""The figure as a TikZ picture for LaTeX: compiled by itself, or by `\\input` in a document with the package tikz."""

from __future__ import annotations

from app.export.figure import Box, Cells, Circle, Drawing, Line, Shape, Text, drawn, latex
from app.export.format import Format
from app.export.subject import Subject

# A complete document unless another one has begun: `\input` reads only the picture.
BEFORE = r"""\ifdefined\tikzpicture\else
\documentclass{article}
\usepackage{amsmath,amssymb,tikz}
\pagestyle{empty}
\begin{document}
\def\explorerend{\end{document}}
\fi
"""
AFTER = r"""\ifdefined\explorerend\expandafter\explorerend\fi
"""


def write(subject: Subject) -> bytes:
    """The file."""
    return tikz(drawn(subject)).encode()


def tikz(drawing: Drawing) -> str:
    """A drawing as TikZ."""
    words = [drawing.title, *drawing.description.splitlines()]
    colours = sorted({colour for shape in drawing.shapes for colour in _colours(shape)})
    # A page as large as the picture.
    paper = f"\\pdfpagewidth={_n(drawing.width)}bp \\pdfpageheight={_n(drawing.height)}bp"
    return "".join(
        [
            *(f"% {line}\n" for line in words),
            BEFORE,
            f"\\ifdefined\\explorerend {paper} \\hoffset=-1in \\voffset=-1in "
            "\\topmargin=0pt \\headheight=0pt \\headsep=0pt \\oddsidemargin=0pt \\textwidth=\\pdfpagewidth "
            "\\textheight=\\pdfpageheight \\hsize=\\pdfpagewidth \\parindent=0pt \\fi\n",
            *(f"\\definecolor{{{_name(colour)}}}{{HTML}}{{{colour[1:].upper()}}}\n" for colour in colours),
            "\\begin{tikzpicture}[x=1bp, y=-1bp, inner sep=0pt]\n",
            f"\\useasboundingbox (0,0) rectangle ({_n(drawing.width)},{_n(drawing.height)});\n",
            *(f"{_shape(shape)}\n" for shape in drawing.shapes),
            "\\end{tikzpicture}\n",
            AFTER,
        ]
    )


def _shape(shape: Shape) -> str:
    match shape:
        case Circle(x, y, r, fill, outline, dashed, double):
            ink = "" if outline is None else f", draw={_name(outline)}, line width=1.2bp"
            dashes = ", dash pattern=on 4bp off 3bp" if dashed else ""
            at = f"({_n(x)},{_n(y)}) circle[radius="
            inner = f"\n\\path[draw={_name(outline or fill)}, line width=1.2bp] {at}{_n(r - 3)}bp];" if double else ""
            return f"\\path[fill={_name(fill)}{ink}{dashes}] {at}{_n(r)}bp];{inner}"
        case Line():
            dashes = ", dash pattern=on 5bp off 3bp" if shape.dashed else ""
            ends = f"({_n(shape.x1)},{_n(shape.y1)}) -- ({_n(shape.x2)},{_n(shape.y2)})"
            head = " -- ".join(f"({_n(x)},{_n(y)})" for x, y in shape.head)
            ink = f"\\draw[{_name(shape.colour)}, line width="
            return f"{ink}{_n(shape.width)}bp{dashes}] {ends};\n{ink}1bp] {head};"
        case Cells(size, fill, corners):
            cells = " ".join(f"({_n(x)},{_n(y)}) rectangle +({_n(size)},{_n(size)})" for x, y in corners)
            return f"\\fill[{_name(fill)}] {cells};"
        case Box(x, y, width, height, fill, outline):
            paint = ", ".join(
                [*([f"fill={_name(fill)}"] if fill else []), *([f"draw={_name(outline)}"] if outline else [])]
            )
            return f"\\path[{paint}] ({_n(x)},{_n(y)}) rectangle +({_n(width)},{_n(height)});"
        case Text(x, y, size, _, _, colour):
            font = f"\\fontsize{{{_n(size)}bp}}{{{_n(size)}bp}}\\selectfont"
            return f"\\node[anchor=base, text={_name(colour)}] at ({_n(x)},{_n(y)}) {{{font} {latex(shape)}}};"


def _colours(shape: Shape) -> list[str]:
    match shape:
        case Circle() | Box():
            return [colour for colour in (shape.fill, shape.outline) if colour]
        case Cells():
            return [shape.fill]
        case Line() | Text():
            return [shape.colour]


def _name(colour: str) -> str:
    return f"explorer{colour[1:]}"


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


FORMATS = (
    Format(
        *("figure", "tikz", "application/x-tex; charset=utf-8", "figure.tex", write),
        takes=frozenset({"cursor", "figure"}),
        limit="MAX_FIGURE_NUMBERS",
        milliseconds=(20, 0.05),
        bytes=(20_000, 400),
    ),
)
