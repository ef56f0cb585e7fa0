"""Makes the fonts of exported figures, `app/export/figure/fonts`, from those of the page's packages: two faces of STIX
Two Text with the glyphs that figures use, as TrueType, which PDF and PNG need. `python -m docs.figure_fonts`, after
`python3 dev.py install`.
"""

import io
import json
from pathlib import Path

from fontTools import subset
from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).parent.parent
FILES = ROOT / "static" / "node_modules" / "@fontsource-variable" / "stix-two-text" / "files"
OUTPUT = ROOT / "app" / "export" / "figure" / "fonts"
# Letters of symbols are italic; digits, signs and names of layers are upright.
GLYPHS = {
    "italic": "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZŷℓ′αβγδεμσ",
    "normal": "".join(map(chr, range(0x20, 0x7F))) + "−…×=′ŷℓ·",
}


def made(face: str) -> bytes:
    """One face, at the weight of text."""
    parts = []
    for script in ("latin", "latin-ext", "greek"):
        part = TTFont(FILES / f"stix-two-text-{script}-wght-{face}.woff2")
        part.flavor = None
        instantiateVariableFont(part, {"wght": 400}, inplace=True)
        options = subset.Options(layout_features=[], name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14], notdef_outline=True)
        options.drop_tables += ["STAT", "DSIG", "GDEF", "GPOS", "GSUB"]
        subsetter = subset.Subsetter(options)
        subsetter.populate(text=GLYPHS[face])
        subsetter.subset(part)
        buffer = io.BytesIO()
        part.save(buffer)
        buffer.seek(0)
        parts.append(buffer)
    whole = Merger().merge(parts)
    whole["head"].modified = whole["head"].created
    names = {1: "Explorer Figure", 2: "Italic" if face == "italic" else "Regular", 6: f"ExplorerFigure-{face}"}
    for number, name in {**names, 4: " ".join(list(names.values())[:2])}.items():
        whole["name"].setName(name, number, 3, 1, 0x409)
        whole["name"].setName(name, number, 1, 0, 0)
    output = io.BytesIO()
    whole.save(output, reorderTables=None)
    return output.getvalue()


def widths(face: bytes) -> dict[str, int]:
    """The width of each glyph, in thousandths of the size."""
    font = TTFont(io.BytesIO(face))
    each, unit = font["hmtx"], font["head"].unitsPerEm
    return {chr(code): round(1000 * each[name][0] / unit) for code, name in sorted(font.getBestCmap().items())}


if __name__ == "__main__":
    faces = {face: made(face) for face in GLYPHS}
    for face, content in faces.items():
        (OUTPUT / f"{face}.ttf").write_bytes(content)
    found = {face: widths(content) for face, content in faces.items()}
    (OUTPUT / "widths.json").write_text(json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
