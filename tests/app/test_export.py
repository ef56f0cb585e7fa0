"""Exported programs print the numbers of the trace when they are run."""

import contextlib
import importlib.util
import io
import json
import keyword
import subprocess
import sys
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given, settings

from app import cli, limits
from app.examples import examples
from app.export.code import Dialect, program
from app.known import KnownDocument
from app.schemas.document import NetworkDocument
from app.schemas.layers import LAYERS as SCHEMAS
from app.schemas.losses import LOSSES as LOSS_SCHEMAS
from tests.app.conftest import Client, example
from tests.support.documents_at_random import documents
from tests.support.networks import Document
from tests.support.reaching import reaches
from tinyml.programs import LAYERS, LOSSES

MODULES = {"numpy": "numpy", "pytorch": "torch", "jax": "jax"}
DIALECTS = get_args(Dialect)
# Fields that change nothing of a pass that has its parameters and its mask, or only the update.
WITHOUT_EFFECT = {
    "type", "name", "frozen", "initialiser", "bias", "momentum", "probability", "seed", "passes", "shared", "lr_factor",
    "n_filter", "n_filters", "h_filter", "w_filter", "output_dim", "features", "axis", "approximate",
    "running_mean", "running_variance",
}  # fmt: skip


def needs(dialect: str) -> None:
    """Skip the test where the program cannot be run."""
    if importlib.util.find_spec(MODULES[dialect]) is None:
        pytest.skip(f"{MODULES[dialect]} is not installed")


def printed(text: str) -> dict[str, Any]:
    """What a program prints, by name."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), np.errstate(all="ignore"):
        exec(compile(text, "program.py", "exec"), {"__name__": "program"})
    lines = (line.partition(" = ") for line in out.getvalue().splitlines())
    return {name: np.array(eval(value, {"nan": np.nan, "inf": np.inf})) for name, _, value in lines}


def of(document: Document) -> tuple[KnownDocument, dict[str, Any]]:
    """A document with its loss and gradients."""
    known = KnownDocument(NetworkDocument.model_validate(document))
    recorded = known.trace()
    numbers: dict[str, Any] = {"loss": recorded.loss.value, "x.grad": recorded.input_gradient}
    for layer in recorded.layers:
        for name, parameter in layer.parameters.items():
            numbers[f"{layer.layer.name}.{name}.grad"] = parameter.gradient
    return known, numbers


def written(known: KnownDocument, dialect: Dialect) -> str:
    """The program of a document."""
    document = known.document
    return program(known.trace(), document.layers, document.loss, document.name, dialect)


def agree(found: dict[str, Any], expected: dict[str, Any]) -> None:
    """Compare all numbers, relative to the largest of each array: a sum of others may be 0 but for rounding."""
    assert found.keys() == expected.keys()
    for name, values in expected.items():
        largest = np.abs(values).max(initial=1e-3)
        np.testing.assert_allclose(found[name], values, rtol=1e-7, atol=1e-9 * largest, err_msg=name)
        assert np.shape(found[name]) == np.shape(values)


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("slug", examples())
def test_the_program_of_every_example_prints_its_numbers(slug: str, dialect: Dialect) -> None:
    needs(dialect)
    known, numbers = of(example(slug))
    agree(printed(written(known, dialect)), numbers)


@pytest.mark.parametrize("dialect", ["numpy", "pytorch"])
@settings(max_examples=60)
@given(document=documents())
def test_the_program_of_any_network_prints_its_numbers(dialect: Dialect, document: Document) -> None:
    needs(dialect)
    known, numbers = of(document)
    whole = all(np.isfinite(values).all() for values in numbers.values())
    reaches(0.5, "all numbers are finite", whole)
    if whole:
        agree(printed(written(known, dialect)), numbers)


def test_every_layer_and_loss_is_known_with_all_its_settings() -> None:
    for schema in SCHEMAS:
        kind = schema.model_fields["type"].annotation
        (name,) = get_args(kind)
        lines = [line for key, line in LAYERS.items() if key.split()[0] == name]
        assert lines, name
        text = " ".join(f"{line.forward} {' '.join(line.backward)}" for line in lines)
        for field in schema.model_fields.keys() - WITHOUT_EFFECT:
            wordings = {f"{{{field}}}", f"{{along_{field}}}", f"{{plus_{field}}}", f"{{{field}_grad}}"}
            wordings |= {"{sides}"} if field == "padding" else set()
            assert any(wording in text for wording in wordings), (name, field)
    for loss in LOSS_SCHEMAS:
        (name,) = get_args(loss.model_fields["type"].annotation)
        for field in loss.model_fields.keys() - {"type"}:
            own = [lines for key, lines in LOSSES.items() if key == name or field in key.split()[1:]]
            assert any(f"{{{field}}}" in lines.value for lines in own), (name, field)
    # A penalty is no part of the loss, nor of these gradients.
    fields = "format name input_shape layers loss penalty optimizer x y data position seed mode"
    assert NetworkDocument.model_fields.keys() == {*fields.split()}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_names_that_a_program_uses_itself_are_no_trouble(dialect: Dialect) -> None:
    needs(dialect)
    names = ["lambda", "np", "torch", "x_grad", "sigmoid", "sum", "x_grad_w", "loss_of", "output", "d_np"]
    layers = [{"type": "Linear", "name": name, "output_dim": 2} for name in names]
    assert keyword.iskeyword(names[0])
    title = '"""\nimport os; os.abort() #\u202e\u2028import os\r\nraise SystemExit\n'
    document = {**example("chapter"), "name": title, "layers": [*layers, {"type": "Sigmoid", "name": "print"}]}
    known, numbers = of(document)
    text = written(known, dialect)
    assert text.splitlines()[0].startswith('# """ import os')
    agree(printed(text), numbers)


def test_a_program_is_a_file_over_http_and_from_the_command(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = example("chapter")
    answer = client.post("/api/export/code/numpy", {"document": document})
    assert answer.headers["Content-Type"] == "text/x-python; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="fully-connected-layer-numpy.py"'
    digest = client.post("/api/trace", document).json()["hash"]
    assert client.post("/api/export/code/numpy", {"document": {"hash": digest}}).content == answer.content
    (tmp_path / "network.json").write_text(json.dumps(document), "utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        cli.main(["export", "code", "numpy", "network.json", "--output", "step.py"])
    assert ended.value.code == 0
    assert (tmp_path / "step.py").read_bytes() == answer.content
    ran = subprocess.run([sys.executable, "step.py"], capture_output=True, text=True, check=True)
    assert ran.stdout.startswith("loss = ")


def test_an_unknown_export_is_refused_with_those_that_there_are(
    client: Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for address in ("code/cobol", "dance/numpy"):
        refused = client.post(f"/api/export/{address}", {"document": example("chapter")})
        assert (refused.status_code, refused.json()["key"]) == (404, "no_such_export")
        assert "code/numpy, code/pytorch, code/jax" in refused.json()["detail"]
    for arguments, reason in (
        (["code", "cobol", "none.json"], "There is no such export"),
        (["code", "jax", "none.json"], "none.json: No such file"),
    ):
        with pytest.raises(SystemExit) as ended:
            cli.main(["export", *arguments])
        assert ended.value.code == 2
        assert reason in capsys.readouterr().err
    (tmp_path / "bad.json").write_text('{"layers": 3}', "utf-8")
    with pytest.raises(SystemExit) as ended:
        cli.main(["export", "code", "jax", str(tmp_path / "bad.json")])
    assert ended.value.code == 2
    assert "is no network document" in capsys.readouterr().err


def test_a_layer_that_programs_do_not_know_is_refused_by_its_type(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(LAYERS, "Linear")
    refused = client.post("/api/export/code/jax", {"document": example("chapter")})
    assert (refused.status_code, refused.json()["key"]) == (422, "no_program")
    assert refused.json()["values"] == {"layer": "Linear"}


def test_a_program_has_as_many_numbers_as_the_limit_and_no_more(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = example("chapter")
    size = KnownDocument(NetworkDocument.model_validate(document)).size
    for most, status in ((size, 200), (size - 1, 422)):
        monkeypatch.setattr(limits, "MAX_EXPORTED_NUMBERS", most)
        answer = client.post("/api/export/code/jax", {"document": document})
        assert answer.status_code == status
    problem = answer.json()
    assert (problem["limit"], problem["asked"], problem["allowed"]) == ("MAX_EXPORTED_NUMBERS", size, size - 1)
    assert problem["key"] == "export_size"
