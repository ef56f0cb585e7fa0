"""The files of figures: other software opens each, and a name that means something in a format is text there."""

import io
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image
from pypdf import PdfReader

from app import limits
from app.export.figure import Text
from tests.app.conftest import Client, example
from tests.app.test_figures import SVG, figure, made

# Names that mean something in XML, LaTeX, PDF, a spreadsheet or a terminal, or turn the direction of texts.
ATTACKS = (
    "\"><script>alert(1)</script>]]><!--&lt;&amp;'",
    "\\end{document}\\input{/etc/passwd}%$&#_^{}~\\\\",
    "^^5cinput{x}\r\n\\write18{id}\u2028\\relax",
    ") Tj ET endstream endobj <</JS (app.alert(1))>>",
    "=cmd|' /C calc'!A0",
    "abc \u202egnp.exe \u2066x\u2069 שלום 网络 \U0001f600",
    "x" * limits.MAX_NAME_LENGTH,
)


@pytest.mark.parametrize("slug", ["two-layers", "digits-cnn"])
def test_other_software_opens_every_format(slug: str) -> None:
    document = example(slug)
    drawing = figure(document)
    root = ElementTree.fromstring(made(document, "svg"))
    assert root.findtext(f"{SVG}title") == drawing.title
    assert root.findtext(f"{SVG}desc") == drawing.description
    assert "var(" not in ElementTree.tostring(root, "unicode")
    with Image.open(io.BytesIO(made(document, "png"))) as image:
        assert image.format == "PNG"
        assert image.width / image.height == pytest.approx(drawing.width / drawing.height, rel=0.01)
        assert len(image.convert("RGB").getcolors(maxcolors=1_000_000) or []) > 10
    (page,) = PdfReader(io.BytesIO(made(document, "pdf"))).pages
    assert float(page.mediabox.width) == pytest.approx(drawing.width, abs=0.01)
    found = page.extract_text()
    for shape in drawing.shapes:
        if isinstance(shape, Text) and shape.kind != "symbol" and "^" not in shape.content:
            assert shape.content in found


@pytest.mark.parametrize("name", ATTACKS, ids=range(len(ATTACKS)))
def test_a_name_is_text_in_every_format(name: str, tmp_path: Path) -> None:
    document = {**example("chapter"), "name": name}
    root = ElementTree.fromstring(made(document, "svg"))
    title = root.findtext(f"{SVG}title") or ""
    assert title.endswith(": sample 1 of 1")
    assert not set(title) & set("\u202e\u2066\u2069\u2028\r\n")
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        *("svg", "title", "desc", "style", "rect", "g", "line", "polyline", "circle", "text", "tspan")
    }
    reader = PdfReader(io.BytesIO(made(document, "pdf")))
    assert reader.metadata
    assert reader.metadata.title == title
    assert reader.open_destination is None
    assert b"/OpenAction" not in made(document, "pdf")
    tex = made(document, "tikz").decode()
    named = [line for line in tex.splitlines() if title in line]
    assert named == [f"% {title}"]
    plain = made({**document, "name": "plain"}, "tikz").decode()
    assert tex.splitlines()[1:] == plain.splitlines()[1:]
    with Image.open(io.BytesIO(made(document, "png"))) as image:
        image.verify()


def test_a_name_of_ten_thousand_characters_is_refused(client: Client) -> None:
    refused = client.post("/api/export/figure/svg", {"document": {**example("chapter"), "name": "x" * 10_000}})
    assert (refused.status_code, refused.json()["limit"]) == (422, "MAX_NAME_LENGTH")


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="no TeX is installed")
def test_tikz_compiles_alone_and_within_a_document(tmp_path: Path) -> None:
    pages = []
    for number, (slug, wish) in enumerate(
        [("two-layers", {}), ("softmax-classifier", {"theme": "grey"}), ("digits-cnn", {"numbers": "gradients"})]
    ):
        document = {**example(slug), "name": ATTACKS[number]}
        (tmp_path / f"figure{number}.tex").write_bytes(made(document, "tikz", figure=wish))
        pages.append(rf"\input{{figure{number}.tex}}\newpage")
    whole = (
        "\\documentclass{article}\\usepackage{amsmath,tikz}\\begin{document}\n" + "\n".join(pages) + "\\end{document}"
    )
    (tmp_path / "whole.tex").write_text(whole, "utf-8")
    for name in ("figure0", "whole"):
        ran = subprocess.run(
            ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", f"{name}.tex"],
            cwd=tmp_path,
            capture_output=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stdout.decode(errors="replace")[-2_000:]
    alone = PdfReader(tmp_path / "figure0.pdf").pages
    assert len(alone) == 1
    assert float(alone[0].mediabox.width) == pytest.approx(figure(example("two-layers")).width, abs=1)
    assert "0.8265" in alone[0].extract_text()
    assert len(PdfReader(tmp_path / "whole.pdf").pages) == 3
