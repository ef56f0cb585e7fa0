"""The documentation is true: its examples are run, and it contains every route, limit and setting."""

import base64
import contextlib
import io
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app import limits
from app.answers.numbers import to_json
from app.answers.tensors import ENCODED_FROM, encoded
from app.answers.trace import trace_answer
from app.documents import build, filled
from app.known import KnownDocument
from app.main import create_app
from app.schemas.document import NetworkDocument
from app.schemas.trace import TraceAnswer
from app.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").glob("*.md"))]
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
API = (ROOT / "docs" / "api.md").read_text("utf-8")


def test_the_request_in_the_readme_gives_the_answer_in_the_readme() -> None:
    body = re.search(r"-d '(\{.*?\})'(.*?)\n\n##", README, re.DOTALL)
    assert body is not None
    document = NetworkDocument.model_validate_json(body[1])
    answer = json.loads(trace_answer(KnownDocument(document)))
    documented = re.findall(r"`([\w.]+)` is (\[\[[^`]*?\]\])", body[2])
    assert {name for name, _ in documented} == {"fc_1.output", "fc_1.w.grad", "fc_1.w.next"}
    for name, numbers in documented:
        expected = np.array(json.loads(numbers.replace("−", "-")))
        np.testing.assert_allclose(answer["tensors"][name], expected, rtol=0, atol=1e-12)
    value = re.search(r"`loss`, whose value is ([\d.]+)\. ", body[2])
    assert value is not None
    assert answer["loss"]["value"] == pytest.approx(float(value[1]), abs=1e-12)


def test_the_docs_describe_every_field_of_a_trace_and_how_to_read_its_bytes() -> None:
    section = API.split("\n## A trace\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (`.*?`) \|", section.partition("| tensor |")[0], re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"`(\w+)`", row)} == set(TraceAnswer.model_fields)
    assert f"of {ENCODED_FROM} numbers and more (`ENCODED_FROM`)" in section
    program = re.search(r"```python\n(.*?)```", section, re.DOTALL)
    assert program is not None
    scope: dict[str, Any] = {"np": np, "base64": base64}
    exec(program[1], scope)
    numbers = np.array([[0.1, -0.0, np.nan], [np.inf, 5e-324, 1e308]])
    read = scope["array"](json.loads(json.dumps(encoded(numbers))))
    assert (read.shape, read.tobytes()) == (numbers.shape, numbers.tobytes())


def test_the_tensors_in_the_docs_are_those_of_traces() -> None:
    document = NetworkDocument.model_validate(
        {
            "input_shape": [2],
            "layers": [
                {"type": "Linear", "output_dim": 2},
                {"type": "BatchNorm", "name": "bn_1"},
                {"type": "Dropout", "name": "drop_1", "probability": 0.5},
            ],
            "loss": {"type": "softmax_cross_entropy"},
            "optimizer": {"type": "sgd", "lr": 0.1, "momentum": 0.9},
            "x": [[1, 2], [3, 4]],
            "y": [0, 1],
        }
    )
    experiment = build(document)
    after = NetworkDocument.model_validate_json(to_json(filled(document, experiment.trace(), updated=True)))
    names = json.loads(trace_answer(KnownDocument(after)))["tensors"]
    table = API.split("| tensor | is |")[1].split("\n\n")[0]
    documented = {
        name for row in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE) for name in re.findall(r"`([\w.]+)`", row)
    }
    assert len(documented) > 15
    assert documented <= set(names)


def test_the_program_in_the_readme_prints_the_output_shown_there() -> None:
    program = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert program is not None
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(program[1], {})
    assert printed.getvalue().strip() == program[1].rsplit("# ", 1)[1].strip()


def test_what_to_read_first_is_there_and_under_600_lines_in_all() -> None:
    section = README.split("## Read the code")[1]
    files = [name for name in re.findall(r"\]\((\S+?)\)", section) if not name.endswith(".md") and name != "LICENSE"]
    assert len(files) == 5
    assert sum(len((ROOT / name).read_text("utf-8").splitlines()) for name in files) < 600


@pytest.mark.parametrize("package", ["tinyml", "app"])
def test_every_folder_of_the_code_has_a_line_in_the_table(package: str) -> None:
    table = ARCHITECTURE.split("| folder | has |")[1].split("\n\n")[0]
    folders = [file.parent.name for file in (ROOT / package).glob("*/__init__.py")]
    assert len(folders) > 5
    assert not [name for name in folders if not re.search(rf"`({package}/)?{name}`", table)]


def test_a_file_has_what_the_docs_say_it_has() -> None:
    lines = [*ARCHITECTURE.split("## Where something comes from")[1].splitlines(), *README.splitlines()]
    # A link, and in code after a comma, a colon or "and" the names that are in the file.
    said = re.findall(r"\[[^]]+\]\((\S+?)\)((?:(?:, | and |: )`[^`]+`)+)", "\n".join(lines))
    assert len(said) > 35
    wrong = [
        f"{name} has no {part}"
        for name, parts in said
        for content in [(ROOT / "docs" / name if name.startswith("..") else ROOT / name).read_text("utf-8")]
        for part in re.findall(r"`([^`]+)`", parts)
        if not re.search(rf"(?<![\w-]){re.escape(part)}(?![\w-])", content)
    ]
    assert not wrong, "correct the name in docs/architecture.md or README.md: " + "; ".join(wrong)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_and_picture_is_there(path: Path) -> None:
    targets = re.findall(r"\]\(([^)]+)\)", path.read_text("utf-8"))
    files = [target.partition("#")[0] for target in targets if not target.startswith("http")]
    assert [file for file in files if not (path.parent / file).exists()] == []


def test_every_route_is_documented_and_no_other() -> None:
    paths = create_app(Settings(Path("unused"))).openapi()["paths"]
    routes = {f"{method.upper()} {path}" for path, operations in paths.items() for method in operations}
    assert set(re.findall(r"^\| `([A-Z]+ /\S+?)` \|", API, re.MULTILINE)) == routes


def test_every_limit_is_documented_with_its_value_and_no_other() -> None:
    documented = {
        name: int(value.replace(",", ""))
        for name, value in re.findall(r"^\| `(MAX_\w+)` \| ([\d,]+) \|", API, re.MULTILINE)
    }
    assert documented == {name: value for name, value, _ in limits.table()}


def test_every_setting_is_documented() -> None:
    read = set(re.findall(r"\"(TINYML_\w+)\"", (ROOT / "app" / "settings.py").read_text("utf-8")))
    assert read == set(re.findall(r"^\| `(TINYML_\w+)` \|", API, re.MULTILINE))


def test_the_document_in_the_docs_is_one() -> None:
    example = re.search(r"```json\n(.*?)```", API, re.DOTALL)
    assert example is not None
    document = json.loads(example[1])
    parsed = NetworkDocument.model_validate(document)
    assert json.loads(to_json(filled(parsed, build(parsed).trace()))) == document
