"""A property test fails if too few of its examples reach its case, and each one counts its case or is listed."""

import ast
import json
from collections.abc import Iterator

from tests.house.test_rules import ROOT, parsed
from tests.house.uncounted import UNCOUNTED
from tests.support.reaching import rare, reaches, start

TESTS = ROOT / "tests"


def test_a_case_that_is_reached_too_rarely_is_named_with_its_counts() -> None:
    for number in range(10):
        reaches(0.2, "even", number % 2 == 0)
        reaches(0.2, "zero", number == 0)
    found = rare()
    start()
    assert found == ["zero: 1 of 10 examples, but at least 20% should"]
    assert rare() == []


def called(node: ast.AST) -> set[str]:
    """The functions that are called by name in a piece of code."""
    return {one.func.id for one in ast.walk(node) if isinstance(one, ast.Call) and isinstance(one.func, ast.Name)}


def property_tests(module: ast.Module) -> Iterator[tuple[str, bool]]:
    """The functions with `@given` in a module, and whether each counts a case, itself or in a helper function."""
    functions = [node for node in ast.walk(module) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    counting = {"reaches"}
    while more := {one.name for one in functions if called(one) & counting} - counting:
        counting |= more
    for one in functions:
        if "given" in {name for decorator in one.decorator_list for name in called(decorator)}:
            yield one.name, bool(called(one) & counting)


def test_every_property_test_counts_its_case_or_is_listed_with_the_reason_why_not() -> None:
    found = {
        f"{path.relative_to(TESTS)}::{name}": counts
        for path in sorted(TESTS.rglob("*.py"))
        if "@given(" in path.read_text("utf-8")
        for name, counts in property_tests(parsed(path))
    }
    assert len(found) > 100
    assert {name for name, counts in found.items() if not counts} == set(UNCOUNTED)
    assert len(UNCOUNTED) == len(set(UNCOUNTED))


def test_one_that_neither_counts_nor_is_listed_is_found() -> None:
    module = ast.parse("@given(st.floats())\ndef test_any(x: float) -> None: ...\n\n\ndef test_one() -> None: ...\n")
    assert list(property_tests(module)) == [("test_any", False)]
    helper = "def count(x: float) -> None:\n    reaches(0.1, 'large', x > 9)\n\n\n"
    module = ast.parse(
        f"{helper}@settings(max_examples=9)\n@given(st.floats())\ndef test_any(x: float) -> None: count(x)\n"
    )
    assert list(property_tests(module)) == [("test_any", True)]


def test_the_page_has_no_generators_whose_cases_would_have_to_be_counted() -> None:
    package = json.loads((ROOT / "static/package.json").read_text("utf-8"))
    assert "fast-check" not in package["devDependencies"]
