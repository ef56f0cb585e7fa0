"""A workbook computes the training step: after numbers were changed in it, it has the numbers of the changed network.
Two spreadsheets compute it, IronCalc and, where it is installed, LibreOffice.
"""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import ironcalc
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import limits
from app.answers.numbers import to_json
from app.documents import filled
from app.examples import examples
from app.export.workbook import formula, workbook
from app.export.workbook.names import CellNames
from app.known import KnownDocument
from app.schemas.document import NetworkDocument
from tests.app.conftest import Client, example
from tests.support.documents_at_random import KINDS, ON_ROWS, documents
from tests.support.networks import LOSSES, Document
from tests.support.reaching import reaches
from tests.support.spreadsheets import by_ironcalc, by_libreoffice
from tinyml.explain import step_formulas
from tinyml.explain.layers import EXPLANATIONS
from tinyml.layers import Linear
from tinyml.trace import Trace

OFFICE = shutil.which("soffice")
SMALL = [slug for slug in examples() if slug != "digits-cnn"]
SETTINGS: dict[str, Document] = {
    "Linear": {"output_dim": 3},
    "Dropout": {"probability": 0.4, "seed": 3},
    "Conv1D": {"n_filter": 2, "w_filter": 2, "padding": 1},
    "Conv2D": {"n_filter": 1, "h_filter": 2, "w_filter": 2, "padding": 1},
    "Deconv2D": {"n_filters": 1, "h_filter": 2, "w_filter": 2, "stride": 2},
    # Its windows overlap.
    "MaxPool2D": {"size": 2, "stride": 1},
    "AvgPool2D": {"size": 2, "stride": 1},
}


def recorded(document: Document) -> tuple[NetworkDocument, Trace]:
    """A document and its training step."""
    known = KnownDocument(NetworkDocument.model_validate(document))
    return known.document, known.trace()


def numbers(trace: Trace) -> dict[str, float]:
    """All numbers of a training step by their refs."""
    return {one.ref: one.value for tensor in step_formulas(trace) for one in tensor.numbers()}


def written(document: Document) -> tuple[bytes, dict[str, str]]:
    """The workbook of a document, and the name of the cell of each ref."""
    found, trace = recorded(document)
    names = CellNames()
    return workbook(found.name, step_formulas(trace), "en"), {ref: names[ref] for ref in numbers(trace)}


def moved(document: Document, seed: int, share: float = 0.5) -> tuple[Document, dict[str, float]]:
    """The document with other parameters and inputs, and these by their refs."""
    found, trace = recorded(document)
    whole, changes = json.loads(to_json(filled(found, trace))), dict[str, float]()
    rng = np.random.default_rng(seed)

    def drawn(name: str, values: Any) -> Any:
        array = np.array(values, float)
        other = array * rng.uniform(-1.5, 1.5, array.shape)
        array = np.where(rng.uniform(size=array.shape) < share, other, array)
        for at in np.ndindex(array.shape):
            changes[f"{name}[{','.join(map(str, at))}]"] = float(array[at])
        return array.tolist()

    for layer, one in zip(whole["layers"], trace.layers, strict=True):
        layer |= {name: drawn(f"{layer['name']}.{name}", layer[name]) for name in one.parameters}
    if trace.scaled is None and "data" not in whole:
        whole["x"] = drawn("x", whole["x"])
    return whole, changes


def agree(found: Mapping[str, Any], expected: Mapping[str, float]) -> None:
    """Compare all numbers, relative to the largest of a tensor."""
    assert found.keys() == expected.keys()
    largest: dict[str, float] = {}
    for ref, value in expected.items():
        tensor = ref.partition("[")[0]
        largest[tensor] = max(largest.get(tensor, 1e-3), abs(value))
    for ref, value in expected.items():
        assert isinstance(found[ref], int | float), (ref, found[ref])
        assert abs(found[ref] - value) <= 1e-9 * largest[ref.partition("[")[0]], (ref, found[ref], value)


@pytest.mark.parametrize("slug", SMALL)
def test_a_workbook_follows_numbers_that_are_changed_in_it(slug: str, tmp_path: Path) -> None:
    content, names = written(example(slug))
    (tmp_path / "step.xlsx").write_bytes(content)
    after, changes = moved(example(slug), 1)
    expected = numbers(recorded(after)[1])
    assert expected["loss"] != numbers(recorded(example(slug))[1])["loss"]
    agree(by_ironcalc(tmp_path / "step.xlsx", names, changes), expected)


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", ["small", *KINDS])
def test_libreoffice_computes_the_same(kind: str, tmp_path: Path) -> None:
    document = example("softmax-classifier") if kind == "small" else of_kind(kind)
    content, names = written(document)
    (tmp_path / "step.xlsx").write_bytes(content)
    after, changes = moved(document, 3)
    agree(by_libreoffice(tmp_path / "step.xlsx", names, changes), numbers(recorded(after)[1]))


@pytest.mark.parametrize("kind", KINDS)
def test_that_of_every_layer_does(kind: str, tmp_path: Path) -> None:
    document = of_kind(kind)
    content, names = written(document)
    (tmp_path / "step.xlsx").write_bytes(content)
    after, changes = moved(document, 4)
    expected = numbers(recorded(after)[1])
    assert expected["loss"] != numbers(recorded(document)[1])["loss"]
    agree(by_ironcalc(tmp_path / "step.xlsx", names, changes), expected)


def of_kind(kind: str) -> Document:
    """A document with a layer of this kind, on rows if it takes these, with others of parameters around it."""
    rows = kind in ON_ROWS
    before = (
        {"type": "Linear", "output_dim": 4} if rows else {"type": "Conv2D", "n_filter": 1, "h_filter": 2, "w_filter": 2}
    )
    sequence = kind == "Conv1D"
    layers = [
        *([] if sequence else [before]),
        {"type": kind, "name": "own", **SETTINGS.get(kind, {})},
        {"type": "Flatten"},
    ]
    shape = [3] if rows else [1, 6] if sequence else [1, 4, 3]
    rng = np.random.default_rng(5)
    return {
        "input_shape": shape, "layers": [*layers, {"type": "Linear", "output_dim": 2}],
        "loss": {"type": "mean_squared_error"}, "optimizer": {"type": "sgd", "lr": 0.1, "momentum": 0.9},
        "x": rng.uniform(-2, 2, (2, *shape)).tolist(), "y": rng.uniform(-1, 1, (2, 2)).tolist(), "seed": 1,
    }  # fmt: skip


@settings(max_examples=8, deadline=None)
@given(document=documents(shapes=((3,), (1, 3, 3), (2, 3)), batches=st.integers(1, 2)), seed=st.integers(0, 999))
def test_that_of_any_network_does(tmp_path_factory: pytest.TempPathFactory, document: Document, seed: int) -> None:
    if "norm" in document["optimizer"].get("clip", {}):
        del document["optimizer"]["clip"]
    file = tmp_path_factory.mktemp("any") / "step.xlsx"
    content, names = written(document)
    file.write_bytes(content)
    after, changes = moved(document, seed)
    expected = numbers(recorded(after)[1])
    whole = all(map(np.isfinite, [*expected.values(), *numbers(recorded(document)[1]).values()]))
    reaches(0.5, "all numbers are finite", whole)
    if whole:
        agree(by_ironcalc(file, names, changes), expected)


WEIGHTED: list[Document] = [
    {"type": "softmax_cross_entropy", "label_smoothing": 0.1, "weight": [1.0, 2.0, 0.5]},
    {"type": "binary_cross_entropy", "pos_weight": [1.0, 2.0, 0.5]},
]


@pytest.mark.parametrize("fields", [*({"type": loss} for loss in sorted(LOSSES)), *WEIGHTED])
def test_that_of_every_loss_does(fields: Document, tmp_path: Path) -> None:
    loss, document = fields["type"], {**example("softmax-classifier"), "loss": fields}
    # Targets of each loss's kind, with a prediction on each side of a kink.
    document["y"] = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.5, 0.25, 0.25]] * 2
    if loss == "hinge":
        document["y"] = [[1.0, -1.0, -1.0], [-1.0, 1.0, -1.0]] * 3
    elif loss == "output":
        del document["y"]
    content, names = written(document)
    (tmp_path / "step.xlsx").write_bytes(content)
    after, changes = moved(document, 2)
    agree(by_ironcalc(tmp_path / "step.xlsx", names, changes), numbers(recorded(after)[1]))


@pytest.mark.parametrize("optimizer", ["rmsprop", "adam", "adamw", "adagrad"])
def test_that_of_every_optimizer_does(optimizer: str, tmp_path: Path) -> None:
    clip = {"value": 0.05}
    document = {**example("xor"), "optimizer": {"type": optimizer, "lr": 0.1, "weight_decay": 0.1, "clip": clip}}
    document["penalty"] = {"l1": 0.1, "l2": 0.2}
    content, names = written(document)
    (tmp_path / "step.xlsx").write_bytes(content)
    after, changes = moved(document, 2)
    agree(by_ironcalc(tmp_path / "step.xlsx", names, changes), numbers(recorded(after)[1]))


def test_a_workbook_is_a_file_over_http_and_never_makes_a_formula_of_a_name(client: Client, tmp_path: Path) -> None:
    for name in ("=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "<b>&amp;</b>", "\u202ex\u0001", "a" * 200):
        for language, sheets in (("en", "Definition"), ("zh", "定义")):
            document = {**example("chapter"), "name": name}
            answer = client.post("/api/export/workbook/xlsx", {"document": document, "language": language})
            assert answer.status_code == 200
            (tmp_path / "named.xlsx").write_bytes(answer.content)
            model = ironcalc.load_from_xlsx(str(tmp_path / "named.xlsx"))
            assert model.get_worksheets_properties()[0]["name"] == sheets
            assert model.get_cell_formula(0, 1, 1) is None
            assert model.get_cell_value(0, 1, 1) == name


def test_a_cell_is_named_after_its_number_with_characters_that_a_spreadsheet_allows() -> None:
    names = CellNames()
    expected = {
        "fc_1.w.grad[0,1]": "fc_1.w.grad_0_1", "x[0,0]": "x_0_0", "loss": "loss", "Loss": "Loss_", "A1": "A1_",
        "r": "r_", "r1c2": "r1c2_",
    }  # fmt: skip
    for _ in range(2):
        assert {ref: names[ref] for ref in expected} == expected


def test_a_long_sum_has_its_terms_in_other_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formula, "LONGEST", 40)
    document = example("softmax-classifier")
    content, names = written(document)
    (tmp_path / "step.xlsx").write_bytes(content)
    model = ironcalc.load_from_xlsx(str(tmp_path / "step.xlsx"))
    assert "Terms" in [one["name"] for one in model.get_worksheets_properties()]
    after, changes = moved(document, 6)
    agree(by_ironcalc(tmp_path / "step.xlsx", names, changes), numbers(recorded(after)[1]))


def test_what_a_workbook_cannot_have_is_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    chapter = example("chapter")
    huge = {**chapter, "x": [[1e200] * len(chapter["x"][0])], "loss": {"type": "mean_squared_error"}}
    clipped = {**chapter, "optimizer": {**chapter["optimizer"], "clip": {"norm": 1.0}}}
    for document, key in ((clipped, "workbook_clip"), (huge, "workbook_not_finite")):
        refused = client.post("/api/export/workbook/xlsx", {"document": document})
        assert (refused.status_code, refused.json()["key"]) == (422, key)
    monkeypatch.delitem(EXPLANATIONS, Linear)
    refused = client.post("/api/export/workbook/xlsx", {"document": {**chapter, "seed": 77}})
    assert (refused.status_code, refused.json()["key"]) == (422, "no_workbook")


def test_a_workbook_has_as_many_terms_as_the_limit_and_no_more(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for most, status in ((26, 200), (25, 422)):
        monkeypatch.setattr(limits, "MAX_WORKBOOK_TERMS", most)
        answer = client.post("/api/export/workbook/xlsx", {"document": example("chapter")})
        assert answer.status_code == status
    problem = answer.json()
    assert (problem["limit"], problem["asked"], problem["allowed"]) == ("MAX_WORKBOOK_TERMS", 26, 25)
    assert (problem["key"], problem["values"]["instead"]) == ("export_size_instead", "code/numpy")
