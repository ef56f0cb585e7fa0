"""The built page stays small: the files of the first view, and the fonts."""

import gzip
import json
from pathlib import Path

import brotli
import pytest
from fontTools.ttLib import TTFont

DIST = Path(__file__).parents[2] / "static" / "dist"
SAVED = DIST / "saved"
FIRST_VIEW = 150_000
FONTS = 60_000
COMPRESSED = {".br": brotli.decompress, ".gz": gzip.decompress}


@pytest.fixture(scope="module")
def files() -> list[Path]:
    if not (DIST / "index.html").is_file():
        pytest.fail("The page is not built: run `python3 dev.py build` first.")
    return [path for path in DIST.rglob("*") if path.is_file() and path.suffix not in COMPRESSED]


def test_the_first_view_is_within_its_budget(files: list[Path]) -> None:
    page = (DIST / "index.html").read_text(encoding="utf-8")
    # Other views, and the texts of another language, are loaded when they are opened or chosen.
    counted = [path for path in files if path.suffix != ".woff2" and (path.name in page or path.name == "index.html")]
    assert {".js", ".css", ".html"} <= {path.suffix for path in counted}
    size = sum(len(gzip.compress(path.read_bytes(), 6)) for path in counted)
    assert size <= FIRST_VIEW, f"{size} bytes of gzip"


def test_the_build_leaves_every_text_compressed_too(files: list[Path]) -> None:
    # What saved pages contain is not sent by itself.
    for path in [one for one in files if one.parent != SAVED]:
        forms = {ending: path.with_name(path.name + ending) for ending in COMPRESSED}
        # Of a few dozen bytes the compressed form can be the larger one; a font is compressed already.
        if path.stat().st_size > 500 and path.suffix in {".css", ".html", ".js", ".svg", ".txt"}:
            assert all(form.is_file() for form in forms.values()), path.name
        for ending, form in forms.items():
            if form.is_file():
                assert COMPRESSED[ending](form.read_bytes()) == path.read_bytes()
                assert form.stat().st_size < path.stat().st_size


def test_the_licences_of_all_that_the_page_contains_are_with_it(files: list[Path]) -> None:
    declared = json.loads((DIST.parent / "package.json").read_text("utf-8"))
    fonts = {name: version for name, version in declared["devDependencies"].items() if name.startswith("@fontsource")}
    [licences] = [path.read_text("utf-8") for path in files if path.name == "THIRD-PARTY.txt"]
    for name, version in {**declared["dependencies"], **fonts}.items():
        assert f"\n{name} {version} (" in licences
    assert licences.count("SIL OPEN FONT LICENSE") == len(fonts) == 3
    # What only builds the page is not in it.
    assert "typescript" not in licences.lower()


def test_english_loads_no_words_of_other_languages(files: list[Path]) -> None:
    [chinese] = [path for path in files if path.name.startswith("zh-")]
    assert chinese.name not in (DIST / "index.html").read_text(encoding="utf-8")


def test_other_words_wait_for_nothing_of_the_page(files: list[Path]) -> None:
    """The page waits for them before it runs: importing from the page would wait forever."""
    [chinese] = [path for path in files if path.name.startswith("zh-")]
    assert "import" not in chinese.read_text(encoding="utf-8")


def test_the_fonts_are_within_their_budget(files: list[Path]) -> None:
    fonts = [path for path in files if path.suffix == ".woff2"]
    assert len(fonts) == 3
    assert sum(path.stat().st_size for path in fonts) <= FONTS


def test_the_maths_face_keeps_what_formulas_need(files: list[Path]) -> None:
    [maths] = [TTFont(path) for path in files if path.name.startswith("math")]
    assert "MATH" in maths, "without its MATH table a font cannot set a fraction or a tall brace"
    assert set(map(ord, "𝑥𝑦𝑧ℎ𝑤𝑏𝜂ℓ∇𝜕−·√ˆ0123456789")) <= set(maths.getBestCmap())


def test_nothing_is_loaded_from_elsewhere_and_nothing_runs_inline(files: list[Path]) -> None:
    page = (DIST / "index.html").read_text(encoding="utf-8")
    assert "http://" not in page
    assert "https://" not in page
    assert "<script>" not in page
    for path in files:
        if path.suffix in {".css", ".html"}:
            assert "//fonts." not in path.read_text(encoding="utf-8")
