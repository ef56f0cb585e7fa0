"""`dev.py test` uses the same examples each time; `dev.py fuzz` uses others, and reports failures."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.fuzz import fuzz

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
# Otherwise pytest has the settings of the folder of the file: none, and it loads every installed plugin.
OF_THE_PROJECT = ["-c", str(ROOT / "pyproject.toml"), "-p", "tests.conftest", "-p", "no:cacheprovider"]
PROPERTY = """
from pathlib import Path
from hypothesis import given, settings, strategies as st

@settings(max_examples=5, database=None)
@given(st.integers())
def test_examples_are_written_down(number):
    with Path(__file__).with_suffix(".txt").open("a") as drawn:
        drawn.write(f"{number}\\n")
    assert PASSES
"""


@pytest.fixture
def property_file(tmp_path: Path) -> Path:
    """A property test that writes its examples into the file beside it."""
    file = tmp_path / "test_drawn.py"
    file.write_text(PROPERTY.replace("PASSES", "True"))
    return file


def pytest_alone(file: Path, **environment: str) -> str:
    """The examples of one run, with the settings of the project's tests."""
    drawn = file.with_suffix(".txt")
    drawn.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", "-q", *OF_THE_PROJECT, str(file)]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=True, capture_output=True)
    return drawn.read_text()


def test_the_tests_take_the_same_examples_each_time(property_file: Path) -> None:
    assert pytest_alone(property_file) == pytest_alone(property_file)


def test_a_search_takes_others(property_file: Path) -> None:
    once = pytest_alone(property_file, HYPOTHESIS_PROFILE="fuzz")
    assert once != pytest_alone(property_file, HYPOTHESIS_PROFILE="fuzz")


def test_a_search_ends_with_what_failed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "test_fails.py"
    file.write_text(PROPERTY.replace("PASSES", "number < 0"))
    assert fuzz(1, [*OF_THE_PROJECT, str(file)]) == 1
    output = capfd.readouterr().out
    assert "test_examples_are_written_down" in output
    assert "assert 0 < 0" in output  # the smallest number that fails
    assert "--hypothesis-seed=" in output


def test_a_search_ends_when_its_time_is_up(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "test_slow.py"
    file.write_text("import pytest, time\n@pytest.mark.hypothesis\ndef test_waits():\n    time.sleep(600)\n")
    assert fuzz(0.05, [*OF_THE_PROJECT, str(file)]) == 0
    assert "0 complete rounds, no example failed" in capfd.readouterr().out
