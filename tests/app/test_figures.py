"""Figures: every number in them is the trace's, every format has the same, and other software opens each."""

import re
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from app import limits
from app.examples import examples
from app.export import EXPORTS, export
from app.export.figure import Cells, Circle, Drawing, Group, Line, Text, drawn
from app.export.figure.palette import NODES
from app.export.subject import Subject
from app.known import KnownDocument
from app.schemas.document import NetworkDocument
from app.schemas.exports import ExportRequest
from tests.app.conftest import Client, example
from tests.support.documents_at_random import documents
from tests.support.networks import Document
from tests.support.reaching import reaches
from tinyml.expression import short

SVG = "{http://www.w3.org/2000/svg}"
FORMATS = ("svg", "png", "pdf", "tikz")
FLAT = [slug for slug in examples() if len(example(slug)["input_shape"]) == 1]


def subject(document: Document, **request: Any) -> Subject:
    """A document with a request about it."""
    made = NetworkDocument.model_validate(document)
    return Subject(KnownDocument(made), ExportRequest.model_validate({"document": made, **request}))


def figure(document: Document, **wish: Any) -> Drawing:
    """The figure of a document."""
    return drawn(subject(document, figure=wish))


def made(document: Document, format: str, **request: Any) -> bytes:
    """The file of a figure."""
    asked = subject(document, **request)
    return export(asked.known, EXPORTS[f"figure/{format}"], asked.request)


def contents(groups: tuple[Group, ...]) -> dict[str, list[str]]:
    """The texts of each ref."""
    found: dict[str, list[str]] = {}
    for group in groups:
        found.setdefault(group.ref, []).extend(shape.content for shape in group.shapes if isinstance(shape, Text))
    return found


def test_the_figures_of_the_chapter_are_as_in_the_chapter() -> None:
    for slug, columns in (
        ("chapter", [["x_0", "x_1", "x_2"], ["ŷ_1", "ŷ_2"]]),
        ("two-layers", [["x_0", "x_1", "x_2"], ["h_0^(1)", "h_1^(1)", "h_2^(1)"], ["ŷ_1", "ŷ_2"]]),
    ):
        drawing = figure(example(slug), numbers="none")
        circles = {
            group.shapes[1].content: group.shapes[0]
            for group in drawing.groups
            if isinstance(group.shapes[0], Circle) and isinstance(group.shapes[1], Text)
        }
        across = sorted({circle.x for circle in circles.values()})
        for x, labels in zip(across, columns, strict=True):
            there = sorted((circle.y, label) for label, circle in circles.items() if circle.x == x)
            assert [label for _, label in there] == labels
            middle = (there[0][0] + there[-1][0]) / 2
            assert middle == pytest.approx(drawing.height / 2)
        for label, circle in circles.items():
            role = {"x": "input", "h": "hidden", "ŷ": "output"}[label[0]]
            assert circle.fill == NODES["colour"]["bias" if "_0" in label else role].fill
            assert circle.outline is None
        lines = [shape for shape in drawing.shapes if isinstance(shape, Line)]
        # Every node of a column but the bias of the next has a line from each node of the one before.
        assert len(lines) == (6 if slug == "chapter" else 12)
        assert {line.colour for line in lines} == {"#808080"}
        assert all(line.x1 < line.x2 and not line.dashed for line in lines)
        assert contents(drawing.groups).keys() & {"loss"} == set()


@pytest.mark.parametrize("slug", FLAT)
@pytest.mark.parametrize("numbers", ["values", "gradients"])
def test_every_number_of_a_figure_is_that_of_the_trace(client: Client, slug: str, numbers: str) -> None:
    moved = client.post("/api/advance", {"document": example(slug), "steps": 2}).json()["document"]
    tensors = client.post("/api/trace", moved).json()["tensors"]
    later = export_groups(example(slug), step=2, figure={"numbers": numbers})
    compared = 0
    for ref, texts in later.items():
        name, _, index = ref.partition("[")
        if ref in ("", "loss") or ".one" in name:
            continue
        value = tensors[name]
        for place in re.findall(r"\d+", index):
            value = value[int(place)]
        written = [text for text in texts if re.fullmatch(r"[−\d.]+(×10\^−?\d+)?", text)]
        assert written == [short(value)] or not written, ref
        compared += len(written)
        assert name.endswith(".grad") == (numbers == "gradients")
    assert compared > 4
    assert export_groups(example(slug), figure={"numbers": numbers}) != later


def export_groups(document: Document, **request: Any) -> dict[str, list[str]]:
    """The texts of the SVG file by ref, as a reader of XML sees them."""
    root = ElementTree.fromstring(made(document, "svg", **request))
    found: dict[str, list[str]] = {}
    for group in root.iter(f"{SVG}g"):
        texts = ["".join(span.text or "" for span in text) for text in group.iter(f"{SVG}text")]
        # The runs of a power are beside each other.
        texts = [re.sub(r"×10(−?\d+)$", r"×10^\1", text) for text in texts]
        found.setdefault(group.get("data-ref", ""), []).extend(texts)
    return found


def test_a_figure_at_a_cursor_has_what_is_computed_there(client: Client) -> None:
    document = example("two-layers")
    stages = client.post("/api/trace", document).json()["stages"]
    start = next(stage["start"] for stage in stages if stage["phase"] == "backward")
    begin = export_groups(document, cursor=0)
    assert begin["fc_1.w[0,0]"] == ["0.2"]
    assert begin["fc_2.output[0,0]"] == ["ŷ1"]
    assert "loss" not in begin
    forward = export_groups(document, cursor=start)
    assert forward["fc_2.output[0,0]"] == ["ŷ1", "0.8265"]
    assert forward["loss"]
    known = export_groups(document, cursor=start, figure={"numbers": "gradients"})
    assert not known.get("fc_2.w.grad[0,0]")
    beyond = client.post("/api/export/figure/svg", {"document": document, "cursor": 10_000})
    assert (beyond.status_code, beyond.json()["key"], beyond.json()["where"]) == (422, "at_most", "/cursor")


def test_a_wide_layer_has_dots_in_place_of_most_units() -> None:
    document = {
        "input_shape": [3],
        "layers": [{"type": "Linear", "output_dim": 40}, {"type": "Linear", "output_dim": 2}],
        "loss": {"type": "half_squared_error"},
        "x": [[1, 2, 3]],
        "y": [[0, 1]],
    }
    base = {**example("chapter"), **document, "seed": 1}
    drawing = figure(base)
    labels = [shape.content for shape in drawing.shapes if isinstance(shape, Text) and shape.kind == "symbol"]
    assert [label for label in labels if label.startswith("h")] == [
        *("h_0^(1)", "h_1^(1)", "h_2^(1)", "h_3^(1)", "h_4^(1)", "h_5^(1)", "h_6^(1)", "h_39,^(1)", "h_40,^(1)")
    ]
    assert sum(group.says == "…" for group in drawing.groups) == 1
    assert drawing.height < 1_000


def test_in_grey_the_roles_and_signs_are_told_without_colours() -> None:
    looks = NODES["grey"].values()
    assert len({(look.fill, look.dashed, look.double) for look in looks}) == len(looks)
    drawing = figure(example("softmax-classifier"), theme="grey")
    text = made(example("softmax-classifier"), "svg", figure={"theme": "grey"}).decode()
    for colour in re.findall(r'(?:fill|stroke)="#(\w{6})"', text):
        assert colour[:2] == colour[2:4] == colour[4:]
    lines = [shape for shape in drawing.shapes if isinstance(shape, Line)]
    assert any(line.dashed for line in lines)
    assert not all(line.dashed for line in lines)


def test_maps_are_drawn_with_the_sign_and_the_size_of_each_number(client: Client) -> None:
    document = example("convolution")
    image = client.post("/api/trace", document).json()["tensors"]["x"][0][0]
    drawing = figure(document)
    (group,) = [group for group in drawing.groups if group.ref == "x"]
    cells = {corner: shape.fill for shape in group.shapes if isinstance(shape, Cells) for corner in shape.corners}
    ordered = [cells[corner] for corner in sorted(cells, key=lambda corner: (corner[1], corner[0]))]
    values = [value for row in image for value in row]
    assert len(ordered) == len(values) == 9
    for one, colour in zip(values, ordered, strict=True):
        for other, beside in zip(values, ordered, strict=True):
            if one == other:
                assert colour == beside
    assert len(set(ordered)) > 1
    empty = figure(document, numbers="none")
    assert not any(isinstance(shape, Cells) for shape in empty.shapes)


@settings(max_examples=30)
@given(document=documents())
def test_the_figure_of_any_network_is_well_formed_and_within_its_page(document: Document) -> None:
    drawing = figure(document)
    reaches(0.1, "maps", any(isinstance(shape, Cells) for shape in drawing.shapes))
    reaches(0.1, "nodes", any(isinstance(shape, Circle) for shape in drawing.shapes))
    for shape in drawing.shapes:
        match shape:
            case Circle(x, y, r):
                assert r <= x <= drawing.width - r
                assert r <= y <= drawing.height - r
            case Line():
                assert 0 <= min(shape.x1, shape.x2) <= max(shape.x1, shape.x2) <= drawing.width
            case Text():
                assert 0 <= shape.x <= drawing.width
                assert 0 <= shape.y <= drawing.height
    ElementTree.fromstring(made(document, "svg"))


@pytest.mark.parametrize("format", FORMATS)
def test_a_figure_has_as_many_numbers_as_the_limit_and_no_more(
    client: Client, monkeypatch: pytest.MonkeyPatch, format: str
) -> None:
    document = example("chapter")
    size = KnownDocument(NetworkDocument.model_validate(document)).size
    for most, status in ((size, 200), (size - 1, 422)):
        monkeypatch.setattr(limits, "MAX_FIGURE_NUMBERS", most)
        answer = client.post(f"/api/export/figure/{format}", {"document": document})
        assert answer.status_code == status
    problem = answer.json()
    assert (problem["limit"], problem["asked"], problem["allowed"]) == ("MAX_FIGURE_NUMBERS", size, size - 1)


def test_a_sample_that_the_batch_does_not_have_is_refused(client: Client) -> None:
    document = example("batch-of-three")
    for sample, status in ((2, 200), (3, 422)):
        answer = client.post("/api/export/figure/svg", {"document": document, "figure": {"sample": sample}})
        assert answer.status_code == status
    assert (answer.json()["key"], answer.json()["where"]) == ("no_such_sample", "/figure/sample")
