"""The examples of a property test are the same in whichever process it runs, after whichever other tests."""

import importlib.util
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

# Such as a module of ours has; the strategies below may draw each of them.
CONSTANTS = [1000.5 + n for n in range(200)]


def drawn() -> list[float]:
    """The examples of a property test."""
    found: list[float] = []

    @settings(max_examples=200, derandomize=True, database=None)
    @given(st.floats(0, 1e6))
    def collect(x: float) -> None:
        found.append(x)

    collect()
    return found


def test_a_module_that_is_imported_changes_no_example(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = drawn()
    path = tmp_path / "of_the_project.py"
    path.write_text(f"CONSTANTS = {CONSTANTS}\n")
    spec = importlib.util.spec_from_file_location("of_the_project", path)
    monkeypatch.setitem(sys.modules, "of_the_project", importlib.util.module_from_spec(spec))
    assert drawn() == before
    assert not set(before) & set(CONSTANTS)
