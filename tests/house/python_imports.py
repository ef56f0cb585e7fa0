"""Which modules of Python packages import each other: anywhere in a file, including type-only imports."""

import ast
from collections.abc import Iterator
from pathlib import Path


def modules_of(root: Path, *packages: str) -> dict[str, Path]:
    """The files of some packages in a folder, by module name."""
    files = [path for package in packages for path in sorted((root / package).rglob("*.py"))]
    return {_name(path.relative_to(root)): path for path in files}


def imports_of(root: Path, *packages: str) -> dict[str, list[str]]:
    """The modules of these packages that each module imports. ImportError if an imported module does not exist.

    `from tinyml.net import Sequential` imports `tinyml.net`, and `from tinyml import net` imports `tinyml.net` too. The
    package of a module counts only if it is named: a package imports its modules, and these each other.
    """
    modules = modules_of(root, *packages)
    return {name: sorted(set(_imported(name, path, modules)) - {name}) for name, path in modules.items()}


def _name(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imported(name: str, path: Path, modules: dict[str, Path]) -> Iterator[str]:
    own = {module.partition(".")[0] for module in modules}
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            imported = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            source = _source(name, path, node)
            inner = [f"{source}.{alias.name}" for alias in node.names]
            # Names that are no modules are names of the package itself.
            imported = [module if module in modules else source for module in inner]
        else:
            continue
        for module in imported:
            if module.partition(".")[0] in own:
                if module not in modules:
                    raise ImportError(f"{name} imports {module}, which is not there.")
                yield module


def _source(name: str, path: Path, node: ast.ImportFrom) -> str:
    """The module in `from module import …`, including relative imports."""
    if not node.level:
        return node.module or ""
    package = name.split(".")[: None if path.name == "__init__.py" else -1]
    base = package[: len(package) - node.level + 1]
    return ".".join([*base, *([node.module] if node.module else [])])
