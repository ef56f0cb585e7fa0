"""The project's rules, checked in the code itself."""

import ast
import importlib
import pkgutil
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MOST_LINES = 300
# Files that are longer, each with the reason why splitting it would not help.
LONGER: dict[str, str] = {}
SOURCES = sorted(
    path for folder in ("app", "tinyml") for path in (ROOT / folder).rglob("*.py") if "__pycache__" not in path.parts
)
# The allowed imports, in one direction: app → tinyml → numpy.
ALLOWED = {
    "tinyml": {"tinyml", "numpy", "cupy", "cupyx", "sklearn", "tqdm"},
    "app": {
        "app",
        "tinyml",
        "fastapi",
        "starlette",
        "pydantic",
        "pydantic_core",
        "reportlab",
        "resvg_py",
        "sqlalchemy",
        "alembic",
        "psycopg",
        "orjson",
        "uvicorn",
        "httptools",
        "xlsxwriter",
    },
}
# The file that chooses the array library is the only one of the engine that may name it, except for its types.
NUMPY = {"tinyml/core/backend.py"}
# The file that knows numpy's file format uses numpy's own reader, whatever library computes.
HEADERS = {"tinyml/saving/npy_header.py"}
PRINTERS = {
    "app/cli.py",
    "app/print_openapi.py",
    "app/export_command.py",
    "app/verify_command.py",
    "tinyml/compat/callbacks.py",
    "tinyml/compat/logger.py",
}
# Output of tools: installed, built or generated.
MADE = {"node_modules", "dist", "__pycache__", "schema.d.ts"}
# Python's tools build into the root; the page has a folder of that name, too.
BUILT = ROOT / "build"


@cache
def parsed(path: Path) -> ast.Module:
    """A file's syntax tree, which several rules read."""
    return ast.parse(path.read_text("utf-8"))


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """Every module that a file imports, by its first name, including imports under TYPE_CHECKING."""
    for node in ast.walk(parsed(path)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        for name in names:
            yield name.partition(".")[0], name


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_one_way(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    foreign = {
        full for top, full in imports(path) if top not in sys.stdlib_module_names and top not in ALLOWED[package]
    }
    assert not foreign


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_arrays_are_the_backends(path: Path) -> None:
    name = path.relative_to(ROOT).as_posix()
    allowed = {"numpy.typing", "numpy.random"} if name not in NUMPY else {"numpy", "numpy.typing"}
    allowed |= {"numpy.lib"} if name in HEADERS else set()
    assert {full for top, full in imports(path) if top == "numpy"} <= allowed


def test_packages_list_what_they_offer_in_order_and_document_it() -> None:
    import tinyml

    for found in pkgutil.walk_packages(tinyml.__path__, "tinyml."):
        module = importlib.import_module(found.name)
        assert module.__doc__, f"{found.name} has no docstring"
        if not found.ispkg:
            continue
        offered = module.__all__
        # ruff's order: CONSTANTS, then Classes, then functions.
        assert offered == sorted(offered, key=order), found.name
        for name in offered:
            value = getattr(module, name)
            if isinstance(value, type) or callable(value):
                assert value.__doc__, f"{found.name}.{name} has no docstring"


def order(name: str) -> tuple[int, str]:
    return (0 if name.isupper() and len(name) > 1 else 1 if name[0].isupper() else 2, name)


def undocumented(tree: ast.Module) -> Iterator[str]:
    """Public classes, functions and methods without a docstring; a method that implements a base class's need not
    repeat it.
    """
    definitions: list[tuple[ast.AST, ast.stmt]] = [(tree, statement) for statement in tree.body]
    while definitions:
        owner, node = definitions.pop()
        if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) or node.name.startswith("_"):
            continue
        inherited = isinstance(owner, ast.ClassDef) and owner.bases
        if not ast.get_docstring(node) and not inherited:
            yield f"{node.name} in line {node.lineno}"
        if isinstance(node, ast.ClassDef):
            definitions += [(node, statement) for statement in node.body]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_public_name_has_a_docstring(path: Path) -> None:
    tree = parsed(path)
    assert ast.get_docstring(tree), "the file has no docstring"
    assert list(undocumented(tree)) == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_what_talks_to_a_terminal_prints(path: Path) -> None:
    calls = [node for node in ast.walk(parsed(path)) if isinstance(node, ast.Call)]
    prints = [call.lineno for call in calls if isinstance(call.func, ast.Name) and call.func.id == "print"]
    assert not prints or path.relative_to(ROOT).as_posix() in PRINTERS


def written_files() -> Iterator[Path]:
    """Every file that people write, without the output of tools."""
    folders = [ROOT]
    while folders:
        for path in sorted(folders.pop().iterdir()):
            if path.is_dir() and path.name not in MADE and path != BUILT and not path.name.startswith("."):
                folders.append(path)
            elif path.suffix in {".py", ".ts", ".tsx", ".css"} and path.name not in MADE:
                yield path


def test_no_file_is_longer_than_a_sitting() -> None:
    lengths = {path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines()) for path in written_files()}
    assert len(lengths) > 50
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES and name not in LONGER} == {}
    assert all(lengths[name] > MOST_LINES for name in LONGER), "a file in LONGER is short now; take it off the list"
