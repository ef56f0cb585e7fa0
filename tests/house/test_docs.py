"""The documentation is true: every example in it is run, every route, limit and setting is in it."""

import contextlib
import io
import json
import re
from pathlib import Path

import pytest

from app import limits
from app.answers.numbers import to_json
from app.documents import build, filled
from app.main import create_app
from app.schemas.document import NetworkDocument
from app.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
API = (ROOT / "docs" / "api.md").read_text("utf-8")


def test_the_request_in_the_readme_gives_the_answer_in_the_readme() -> None:
    body = re.search(r"-d '(\{.*?\})'", README, re.DOTALL)
    assert body is not None
    recorded = build(NetworkDocument.model_validate_json(body[1])).trace()
    gradient = recorded.layers[0].parameters["w"].gradient
    said = [
        float(number.replace("−", "-"))
        for number in re.findall(r"−?\d+\.\d+", README.split("answers the output")[1].split(", and")[0])
    ]
    assert said == pytest.approx([*recorded.output[0], recorded.loss.value, *gradient.flatten()], abs=1e-12)


def test_the_program_in_the_readme_prints_what_the_readme_says() -> None:
    program = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert program is not None
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(program[1], {})
    assert printed.getvalue().strip() == program[1].rsplit("# ", 1)[1].strip()


def test_what_to_read_first_is_there_and_under_500_lines_in_all() -> None:
    section = README.split("## Read the code")[1]
    files = [name for name in re.findall(r"\]\((\S+?)\)", section) if not name.endswith(".md") and name != "LICENSE"]
    assert len(files) == 5
    assert sum(len((ROOT / name).read_text("utf-8").splitlines()) for name in files) < 500


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_and_picture_is_there(path: Path) -> None:
    targets = re.findall(r"\]\(([^)]+)\)", path.read_text("utf-8"))
    files = [target.partition("#")[0] for target in targets if not target.startswith("http")]
    assert [file for file in files if not (path.parent / file).exists()] == []


def test_every_route_is_documented_and_no_other() -> None:
    paths = create_app(Settings(Path("unused"))).openapi()["paths"]
    routes = {f"{method.upper()} {path}" for path, operations in paths.items() for method in operations}
    assert set(re.findall(r"^\| `([A-Z]+ /api/\S+?)` \|", API, re.MULTILINE)) == routes


def test_every_limit_is_documented_with_its_value_and_no_other() -> None:
    told = {
        name: int(value.replace(",", ""))
        for name, value in re.findall(r"^\| `(MAX_\w+)` \| ([\d,]+) \|", API, re.MULTILINE)
    }
    assert told == {name: value for name, value, _ in limits.table()}


def test_every_setting_is_documented() -> None:
    read = set(re.findall(r"\"(TINYML_\w+)\"", (ROOT / "app" / "settings.py").read_text("utf-8")))
    assert read == set(re.findall(r"^\| `(TINYML_\w+)` \|", API, re.MULTILINE))


def test_the_document_in_the_docs_is_one() -> None:
    example = re.search(r"```json\n(.*?)```", API, re.DOTALL)
    assert example is not None
    document = json.loads(example[1])
    parsed = NetworkDocument.model_validate(document)
    assert json.loads(to_json(filled(parsed, build(parsed).trace()))) == document
