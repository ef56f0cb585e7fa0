"""The code that verifies the engine's numbers shares nothing with the engine."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
SOURCES = sorted((ROOT / "tinyml" / "verify").rglob("*.py"))
# Python's own, and only the modules for computing, counting, reading and hashing JSON, and types.
ALLOWED = {
    "__future__",
    "abc",
    "collections.abc",
    "dataclasses",
    "hashlib",
    "itertools",
    "json",
    "math",
    "re",
    "typing",
}


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Import(names=names):
                yield from (name.name for name in names)
            case ast.ImportFrom(module=module, level=level):
                yield "." * level + str(module)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_verifier_imports_nothing_of_the_engine(path: Path) -> None:
    foreign = {name for name in imported(path) if name not in ALLOWED and not f"{name}.".startswith("tinyml.verify.")}
    assert foreign == set()
    called = {node.id for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Name)}
    assert not called & {"__import__", "eval", "exec"}


def test_the_verifier_runs_without_numpy_and_without_the_engine() -> None:
    program = (
        "import sys; sys.modules['numpy'] = None\n"
        "import tinyml.verify\n"
        "print(sorted(name for name in sys.modules if name.startswith('tinyml.') and 'verify' not in name))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert run.stdout.strip() == "[]"
