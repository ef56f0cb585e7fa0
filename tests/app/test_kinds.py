"""Each kind of problem occurs in the code, and the page has a wording for it in both languages."""

import ast
import re
from pathlib import Path

import pytest

from app import limits
from app.kinds import KINDS
from tests.app.conftest import Client
from tests.support.networks import Document

ROOT = Path(__file__).parents[2]
APP = {path: path.read_text("utf-8") for path in (ROOT / "app").rglob("*.py") if path.name != "kinds.py"}
LANGUAGES = ("en", "zh")
# What the page itself refuses, and other wordings of a kind.
OF_THE_PAGE = {"suggested", "limit_unknown", "not_saved", "frame_key"}
# Terms that the service uses for programs only, never for people.
SYNTAX = re.compile(r"\w\[|_|MAX|\bsend\b|JSON|/api|null")
# Limits of requests that the page never makes so large, or that only programs send.
ELSEWHERE = {
    "MAX_ADVANCE_BYTES", "MAX_CHAIN_STEPS", "MAX_CHECKED_REFS", "MAX_EDITS", "MAX_EXPLAINED_PARTS",
    "MAX_EXPLAINED_REFS", "MAX_EXPLAINED_TERMS", "MAX_EXPORTED_NUMBERS", "MAX_FIGURE_NUMBERS", "MAX_GRAPH_EDGES",
    "MAX_WORKBOOK_TERMS",
    "MAX_KEPT_STEPS", "MAX_KEPT_BYTES",
    "MAX_KNOWN_BYTES", "MAX_KNOWN_DOCUMENTS",
    "MAX_MATRIX_ENTRIES", "MAX_NONFINITE", "MAX_PASSES",
    "MAX_PATCH_DEPTH", "MAX_PATH_FACTORS", "MAX_POINTS_PER_DECADE", "MAX_RECEIPT_BYTES", "MAX_RECEIPTS",
    "MAX_REF_LENGTH", "MAX_REMEMBERED", "MAX_ROUNDING_ZEROS", "MAX_STEPS_LISTED", "MAX_TRACED_ACTIVATIONS",
    "MAX_WINDOW_PLACES", "MAX_HEAD_BYTES", "MAX_HEADERS", "MAX_HEAD_SECONDS", "MAX_STALL_SECONDS",
    "MAX_CONNECTIONS", "MAX_BODIES_IN_FLIGHT", "MAX_ANSWERS_IN_FLIGHT", "MAX_IDEMPOTENCY_KEY", "MAX_REPEAT_SECONDS",
    "MAX_REPEATABLE", "MAX_COMPUTING", "MAX_COMPUTING_LONG", "MAX_WORKING_BYTES",
    "MAX_SHORT_MILLISECONDS", "MAX_WAITING",
    "MAX_TRAINING_STEPS", "MAX_TRAINING_SPEED", "MAX_TRAINING_PAUSE",
        "MAX_TRAININGS", "MAX_TRAININGS_KEPT", "MAX_GUEST_TRAININGS", "MAX_TRAINING_BYTES",
    "MAX_TRAINING_LOSSES", "MAX_TRAINING_POINTS",
    "MAX_FRAME_RATE", "MAX_FRAME_LOSSES", "MAX_FRAME_PARAMETERS", "MAX_MEASURED_ROWS",
    "MAX_SURFACE",
}  # fmt: skip


def section(language: str, name: str) -> dict[str, str]:
    """The wordings of one part of the page's refusals."""
    text = (ROOT / "static" / "src" / "texts" / language / "refusals.ts").read_text("utf-8")
    found = re.search(rf"^  {name}: \{{\n(.*?)^  \}},", text, re.DOTALL | re.MULTILINE)
    assert found
    entries = re.findall(r"^    (\w+|''):\s+(['\"])(.*?)\2,$", found[1], re.MULTILINE)
    return {key: wording for key, _, wording in entries}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_a_wording_for_every_kind(language: str) -> None:
    assert section(language, "kinds").keys() == {*KINDS, *OF_THE_PAGE}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_a_word_for_every_limit_that_one_meets(language: str) -> None:
    assert section(language, "limits").keys() | ELSEWHERE >= limits.MEANINGS.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_wording_speaks_of_fields_and_constants(language: str) -> None:
    for name in ("kinds", "limits", "places", "expected"):
        texts = [re.sub(r"\{\w+\}", "", words) for words in section(language, name).values()]
        assert [words for words in texts if SYNTAX.search(words)] == []


def test_both_languages_name_the_same_values() -> None:
    english, chinese = (section(language, "kinds") for language in LANGUAGES)
    for key, text in english.items():
        assert sorted(re.findall(r"\{\w+\}", text)) == sorted(re.findall(r"\{\w+\}", chinese[key])), key


def test_every_kind_is_answered_somewhere() -> None:
    constants = {
        node.value for text in APP.values() for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant)
    }
    assert [kind for kind in KINDS if kind not in constants] == []


def test_every_problem_in_the_code_names_its_kind() -> None:
    without = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path, text in APP.items()
        for call in ast.walk(ast.parse(text))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in {"Problem", "ShapeMismatch"}
        and "key" not in {keyword.arg for keyword in call.keywords}
    ]
    assert without == []


@pytest.mark.parametrize(
    ("changes", "key", "values"),
    [
        ({"optimizer": {"type": "sgd", "lr": -1}}, "at_least", {"bound": 0.0}),
        ({"optimizer": {"type": "SGD", "lr": 1}}, "unknown", {"what": "name"}),
        ({"lr": 1}, "unknown", {"what": "field"}),
        ({"seed": 0.5}, "expected", {"expected": "whole"}),
        ({"loss": None}, "expected", {"expected": "object"}),
        ({"layers": [{"type": "Linear", "output_dim": 2, "bias": False, "b": [1, 2]}]}, "no_bias", {}),
        ({"layers": [{"type": "Linear", "output_dim": 2, "bias": False, "frozen": ["b"]}]}, "no_bias", {}),
        ({"layers": [{"type": "ReLu", "frozen": []}]}, "misplaced", {}),
        ({"layers": [{"type": "LayerNorm", "bias": True}]}, "misplaced", {}),
        ({"layers": [{"type": "Linear", "output_dim": 2, "b": None}]}, "misplaced", {}),
        ({"input_shape": [3]}, "shape", {}),
        ({"x": [[1] * 5000]}, "limit", {}),
        (
            {"layers": [{"type": "MaxPool2D", "size": 2, "stride": 2}]},
            "needs_image",
            {"layer": "max_pool_1", "shape": [2]},
        ),
        (
            {
                "input_shape": [1, 1, 2],
                "x": [[[[1, 2]]]],
                "layers": [{"type": "ReLu"}, {"type": "Flatten"}, {"type": "MaxPool2D", "size": 2, "stride": 2}],
            },
            "needs_image",
            {"layer": "max_pool_1", "shape": [2], "flattened": 1},
        ),
    ],
)
def test_a_problem_has_its_kind_as_a_field(
    client: Client, chapter: Document, changes: Document, key: str, values: Document
) -> None:
    problem = client.post("/api/trace", chapter | changes).json()
    assert (problem["key"], problem["values"]) == (key, values)
