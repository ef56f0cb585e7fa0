"""A training step saved as a web page: its answers are those of the routes, and only its own scripts run."""

import json
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from app import limits, page_files
from app.export.page.packing import Packing
from tests.app.conftest import Client, example
from tests.support.networks import Document
from tests.support.saved import SavedPage

PROGRAM, STYLE = "globalThis.ran = true; // </script>", "p { color: red }"
# Enough of each kind: more samples than one, a sum of more than twelve terms, a number that is not finite.
WIDE: Document = {
    "format": "tinyml-network/1",
    "name": "Wide",
    "input_shape": [14],
    "layers": [{"type": "Linear", "name": "fc", "output_dim": 1}],
    "loss": {"type": "half_squared_error"},
    "optimizer": {"type": "sgd", "lr": 0.1},
    "x": [[0.125 * place for place in range(14)]],
    "y": [[1.0]],
    "seed": 3,
}
CLASSES: Document = {
    **WIDE,
    "input_shape": [2],
    "layers": [{"type": "Linear", "name": "fc", "output_dim": 2, "w": [[0.3, -0.2], [0.1, 1.7]], "b": [0.5, 0.0]}],
    "loss": {"type": "softmax_cross_entropy"},
    "x": [[0.5, -1.25], [1.5, 0.75]],
    "y": [0, 1],
}
NAMES = [
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "]]>&amp;\u2028\u2029\u202e",
    "{title} %s \\u0001",
    "\x7f\u00a0" + "𝄞" * 90,
]


@pytest.fixture(autouse=True)
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A built page, with a program of one line."""
    folder = tmp_path / "app" / "static" / "saved"
    folder.mkdir(parents=True)
    (folder.parent / "index.html").write_text("<!doctype html>", "utf-8")
    (folder / "page.css").write_text(STYLE, "utf-8")
    (folder.parent / "THIRD-PARTY.txt").write_text("Licences", "utf-8")
    for language in ("en", "zh"):
        (folder / f"{language}.js").write_text(f"{PROGRAM} // {language}", "utf-8")
    monkeypatch.setattr(page_files, "PACKAGE", tmp_path / "app")
    return folder


def saved(client: Client, document: Document, **options: Any) -> SavedPage:
    answer = client.post("/api/export/page/html", {"document": document, **options})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return SavedPage(answer.text)


def asked(client: Client, document: Document, name: str, language: str) -> Any:
    """The route's answer to the question with this name."""
    kind, *words = name.split(" ")
    match kind, words:
        case "trace", [sample]:
            address = f"/api/trace?sample={sample}&encoding=base64&products=1"
            return json.loads(client.post(address, document).text)  # as it was sent
        case "steps", [by, sample]:
            wish = {"by": by, "sample": int(sample), "limit": limits.MAX_STEPS_LISTED, "language": language}
            return client.post("/api/steps", {"document": document, **wish}).json()
        case "explanation", [ref, notation, terms]:
            wish = {"ref": ref, "notation": notation, "terms": int(terms), "language": language}
            return client.post("/api/explain", {"document": document, **wish}).json()
        case "check", [epsilon]:
            wish = {"epsilon": float(epsilon), "sample": {"seed": 0}}
            return client.post("/api/gradient-check", {"document": document, **wish}).json()
        case "curve", [ref]:
            return client.post("/api/gradient-check/curve", {"document": document, "ref": ref}).json()
        case (("equations" | "flow"), []):
            address = {"equations": "/api/equations", "flow": "/api/gradient-flow"}[kind]
            return client.post(address, {"document": document}).json()
    raise AssertionError(name)


def read(answer: Any) -> Any:
    """The route's answer without the fields that the page does not read."""
    dropped = {"title", "sentence"} if "steps" in answer else {"law", "text"} if "law_text" in answer else set()
    if "steps" in answer:
        steps = [{name: value for name, value in step.items() if name not in dropped} for step in answer["steps"]]
        return answer | {"steps": steps}
    return {name: value for name, value in answer.items() if name not in dropped}


@pytest.mark.parametrize(("document", "language"), [(CLASSES, "zh"), (WIDE, "en")])
def test_every_answer_in_a_page_is_that_of_the_route(client: Client, document: Document, language: str) -> None:
    answers = saved(client, document, language=language).answers()
    opening, licences = answers.pop("opening"), answers.pop("licences")
    assert licences == "Licences"
    whole = opening["document"]
    names = list(answers)
    kinds = {name.split(" ")[0] for name in names}
    assert kinds == {"trace", "steps", "explanation", "check", "curve", "equations", "flow"}
    # Of explanations every fifth: the routes take their time.
    chosen = [name for place, name in enumerate(names) if not name.startswith("explanation") or place % 5 == 0]
    assert len(chosen) > 20
    for name in chosen:
        assert answers[name] == read(asked(client, whole, name, language)), name


def test_every_number_has_its_explanation_in_every_notation_and_with_all_its_terms(client: Client) -> None:
    answers = saved(client, WIDE).answers()
    explained = {name: answer for name, answer in answers.items() if name.startswith("explanation")}
    for answer in list(explained.values()):
        for notation in answer["notations"]:
            assert f"explanation {answer['ref']} {notation} 12" in explained
    assert (
        explained["explanation fc.output[0,0] scalar 12"]["expression"]
        != (explained["explanation fc.output[0,0] scalar 48"]["expression"])
    )
    assert "explanation fc.w.grad[13,0] scalar 12" in explained


@pytest.mark.parametrize("name", NAMES)
def test_a_name_never_leaves_its_place(client: Client, name: str) -> None:
    page = saved(client, {**example("chapter"), "name": name})
    assert page.title == name
    assert page.tags.count("script") == 4
    assert page.answers()["opening"]["document"]["name"] == name


def test_what_runs_is_named_in_the_policy_and_nothing_is_loaded(client: Client) -> None:
    page = saved(client, example("chapter"), language="zh")
    program = page.unpacked("program")
    assert (program, page.unpacked("style")) == (f"{PROGRAM} // zh", STYLE)
    hashes = {f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in [program, *page.scripts]}
    directives = dict(one.split(" ", 1) for one in page.policy.split("; "))
    assert set(directives["script-src"].split(" ")) == hashes
    assert directives["default-src"] == "'none'"
    assert len(page.scripts) == 1


def test_a_page_opens_at_the_step_and_the_cursor_of_the_request(client: Client) -> None:
    opening = saved(client, example("chapter"), step=3, cursor=5).answers()["opening"]
    assert (opening["step"], opening["cursor"]) == (4, 5)
    stepped = client.post("/api/advance", {"document": example("chapter"), "steps": 3}).json()["document"]
    assert opening["document"]["layers"] == stepped["layers"]


def test_parts_that_repeat_are_written_once_and_a_group_that_does_not_fit_is_left_out() -> None:
    number, part = 0.123456789012345, {"longer text": [0.123456789012345, "a longer text"], "empty": [{}, [], None]}
    packing = Packing()
    assert packing.add({"one": [part, part, number, -0.0, 0.5, 1, True, "short"]}, 10_000)
    size = packing.size
    assert not packing.add({"large": [str(place) * 9 for place in range(900)]}, size + 500)
    assert packing.size == size
    assert packing.add({"two": {"again": part, "new": "another longer text"}}, 10_000)
    page = SavedPage(f'<script id="answers">{b64encode(packing.packed()).decode()}</script>')
    assert page.unpacked("answers").count("a longer text") == 1
    assert page.unpacked("answers").count(str(number)) == 1
    found = page.answers()
    assert found == {
        "one": [part, part, number, 0.0, 0.5, 1, True, "short"],
        "two": {"again": part, "new": "another longer text"},
    }
    assert str(found["one"][3]) == "-0.0"


@pytest.mark.parametrize("limit", ["MAX_SAVED_NUMBERS", "MAX_SAVED_BYTES"])
def test_a_page_has_as_many_numbers_and_bytes_as_the_limits_and_no_more(
    client: Client, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    def refused(most: int) -> dict[str, Any]:
        monkeypatch.setattr(limits, limit, most)
        answer = client.post("/api/export/page/html", {"document": example("chapter")})
        assert answer.status_code in (200, 422)
        assert answer.status_code == 422 or len(answer.content) <= limits.MAX_SAVED_BYTES
        return {} if answer.status_code == 200 else answer.json()

    problem = refused(9)
    asked = problem["asked"]
    assert (problem["limit"], problem["allowed"], asked > 9) == (limit, 9, True)
    assert refused(asked) == {}
    assert refused(asked - 1)["asked"] == asked


def test_a_service_without_its_page_says_so(client: Client, built: Path) -> None:
    (built / "page.css").unlink()
    answer = client.post("/api/export/page/html", {"document": example("chapter")})
    assert (answer.status_code, answer.json()["key"]) == (503, "page_not_built")
