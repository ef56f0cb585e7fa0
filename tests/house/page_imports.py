"""The imports of TypeScript files: static, type-only, re-exported, dynamic and of workers."""

import os
import re
from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

COMMENT = re.compile(r"^\s*(?://|\*|/\*).*$", re.MULTILINE)
IMPORT = re.compile(r"""(?:\bfrom\s*|\bimport\s*\(\s*|^import\s*|\bnew URL\(\s*)['"]([^'"\n]+)['"]""", re.MULTILINE)
SUFFIXES = ("", ".ts", ".tsx", ".d.ts", "/index.ts")


def imports_of(folder: Path) -> dict[str, list[str]]:
    """The files of a folder that each TypeScript file imports; styles and packages are left out."""
    files = sorted(path for kind in ("*.ts", "*.tsx") for path in folder.rglob(kind))
    return {
        path.relative_to(folder).as_posix(): sorted(
            {
                target
                for imported in IMPORT.findall(COMMENT.sub("", path.read_text("utf-8")))
                for target in _resolved(folder, path, imported)
            }
        )
        for path in files
    }


def _resolved(folder: Path, path: Path, imported: str) -> list[str]:
    if imported.startswith("@/"):
        target = folder / imported[2:]
    elif imported.startswith("."):
        target = Path(os.path.normpath(path.parent / imported))
    else:
        return []
    if target.suffix in {".css", ".json"} or not target.is_relative_to(folder):
        return []
    for suffix in SUFFIXES:
        found = Path(f"{target}{suffix}")
        if found.is_file():
            return [found.relative_to(folder).as_posix()]
    raise FileNotFoundError(f"{path}: {imported}")


def circles(imports: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """The names in import cycles; empty if each can come after all that it imports."""
    left = {name: set(others) - {name} for name, others in imports.items()}
    found = []
    while True:
        try:
            TopologicalSorter(left).prepare()
        except CycleError as error:
            circle = set(error.args[1])
            found.append(sorted(circle))
            for name in circle:
                left[name] -= circle
        else:
            return found
