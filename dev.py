#!/usr/bin/env python3
"""Backprop Explorer's only script: installs what a command needs, then runs it.

It needs Python 3.11 or newer with its venv module, and nothing else. It installs into .venv and static/node_modules;
only `install`, `test` and `shots`, and only with the rights for it, install a package on the machine: the browser.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import inspect
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NoReturn

if sys.version_info < (3, 11):  # noqa: UP036 - checked before anything that fails in an older one
    sys.exit(f"dev.py: Python 3.11 or newer is needed, and this is {sys.version.split()[0]}")
if os.name != "posix":
    sys.exit("dev.py: this script needs Linux or macOS; elsewhere `pip install .` gives the command tinyml-explorer")

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "made-from"
PYPROJECT = ROOT / "pyproject.toml"
LOCKS = ROOT / "requirements"
PAGE = [str(PYTHON), str(ROOT / "static" / "build_hook.py")]  # builds the page; with arguments: npm with these
# One version for every platform and Python, so that everyone gets what CI tested.
LOCKING = ["--quiet", "--universal", "--python-version", "3.11", "--fork-strategy", "fewest", "--generate-hashes"]
# An idle process takes over tests that wait for another; modules of browser tests are not even imported.
PARALLEL = ["--numprocesses=auto", "--dist=worksteal", "--ignore=tests/browser"]
# Two browsers, each with a server; an idle one takes the next file, whose tests share a page.
BROWSER_TESTS = ["tests/browser", "-m", "browser", "--numprocesses=2", "--dist=loadfile", "--no-loadscope-reorder"]
# Without windows and menus, which no test needs, the first takes about a quarter less time for the same pages.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


class Failure(Exception):
    """An error for the user: one line that says what to do."""


# ---- The commands: --help shows the first line of each docstring. ----


def run(*arguments: str) -> NoReturn:
    """build what changed and start the server; takes the options of tinyml-explorer (--port, --open, …)"""
    prepare("run")
    if call(PAGE).returncode:
        say("the page could not be built, see above; starting with the API alone")
    # Replaces this process, so that a signal to it stops the server.
    os.execv(PYTHON, [str(PYTHON), str(VENV / "bin" / "tinyml-explorer"), *arguments])  # noqa: S606


def test(*arguments: str) -> int:
    """run all tests, as root also installing a browser for them; with arguments: only pytest, with these"""
    install()
    if arguments:
        return do({"page": PAGE, "tests": tool("pytest", *arguments)})
    # Browser tests sometimes wait: other tests run meanwhile at a lower priority, and afterwards on every processor.
    others = {"front-end tests": [*PAGE, "test"], "tests": tool("pytest", *PARALLEL, "-m", "not browser")}
    patient = {name: ["nice", *command] for name, command in others.items()}
    return do({"page": PAGE}) | do({"browser tests": tool("pytest", *BROWSER_TESTS)}, beside=patient)


def install() -> int:
    """install what the tests and the other commands need, as root also a browser"""
    with ThreadPoolExecutor(1) as aside:  # the environment waits for one processor, a browser for the network
        browser = aside.submit(bring_browser)
        prepare("dev")
        browser.result()
    return 0


def fuzz(*arguments: str) -> int:
    """search for failing examples at random, --minutes 10 long; other arguments go to pytest"""
    prepare("dev")
    return do({"fuzz": tool("tests.support.fuzz", *arguments, *PARALLEL)})


def soak(*arguments: str) -> int:
    """prove that the service stays up and loses nothing, for about an hour; --only kills, --share 0.1: shorter"""
    prepare("dev")
    return do({"page": PAGE, "proofs": tool("tests.soak", *arguments)})


def check() -> int:
    """what every commit must pass: format, lint, types and spelling on both sides, and the fast tests"""
    prepare("dev")
    python, front_end = readers()
    fast = tool("pytest", *PARALLEL, "-m", "not browser and not slow")
    return do(python | {"fast tests": fast}, beside=front_end | {"front-end tests": [*PAGE, "test"]})


def lint() -> int:
    """the static part of check: format, lint, types and spelling on both sides"""
    prepare("dev")
    return do(*readers())


def readers() -> tuple[Steps, Steps]:
    """The steps of both sides that check the code without running it."""
    return (
        {"format": tool("ruff", "format", "--check"), "lint": tool("ruff", "check"), "types": tool("mypy")},
        {"spelling": tool("codespell_lib"), "words": tool("tests.house.plain_words"), "page": PAGE}
        | {"front-end format, lint and types": [*PAGE, "run", "check"]},
    )


def format() -> int:  # noqa: A001 - the command's name
    """put the code of both sides into the project's format, mending what the linters can mend"""
    prepare("dev")
    python = {"mending": tool("ruff", "check", "--fix"), "format": tool("ruff", "format")}
    return do(python | {"front-end packages": PAGE, "front-end format": [*PAGE, "run", "format"]})


def build() -> int:
    """build the page into static/dist, if its sources changed"""
    prepare("run")
    return do({"page": PAGE})


def types() -> int:
    """regenerate the front end's types of the API from the service's OpenAPI schema"""
    prepare("dev")
    return do({"front-end packages": PAGE, "types of the API": [*PAGE, "run", "types"]})


def shots(*arguments: str) -> int:
    """take the README's screenshots again, in a real browser"""
    install()
    return do({"page": PAGE, "pictures": tool("static.shots", *arguments)})


def bench(*arguments: str) -> int:
    """measure the engine beside PyTorch and others and write docs/benchmarks.md; --quick, --only W3: just tell"""
    prepare("dev")
    return do({"benchmarks": tool("benchmarks", *arguments)})


def lock(*arguments: str) -> int:
    """regenerate the lock files of both sides from pyproject.toml and package.json; --upgrade: newer Python packages"""
    prepare("run")
    options = ["--custom-compile-command", "python3 dev.py lock", *arguments]
    steps: Steps = {}
    # In this order, each constrained by the one before: a package has the same version in every file.
    for name, sources in {
        "uv": ["--group", "uv"],
        "runtime": [PYPROJECT.name, "--extra", "postgres", "--extra", "export"],
        "dev": [PYPROJECT.name, "--group", "dev", "--constraints", "requirements/runtime.txt"],
        "build": ["--group", "build", "--constraints", "requirements/dev.txt"],
    }.items():
        target = f"requirements/{name}.txt"
        steps[target] = tool("uv", "pip", "compile", *LOCKING, "--output-file", target, *sources, *options)
    steps["static/package-lock.json"] = [*PAGE, "install", "--package-lock-only", "--ignore-scripts", "--no-audit"]
    return do(steps)


COMMANDS: dict[str, Callable[..., int]] = {
    command.__name__: command
    for command in (run, install, test, fuzz, soak, check, lint, format, build, types, shots, bench, lock)
}


# ---- Implementation of the commands. ----

Steps = dict[str, list[str]]


def do(steps: Steps, beside: Steps | None = None) -> int:
    """Run every step, also after one has failed, and return the exit code of all.

    The steps in `beside` run one after the other at the same time; their output is printed at the end.
    """
    failed, beside, aside = [], beside or {}, ThreadPoolExecutor(1)
    try:
        kept = {name: aside.submit(call, command, subprocess.PIPE) for name, command in beside.items()}
        for name, command in (steps | beside).items():
            say(name)
            done = kept[name].result() if name in kept else call(command)
            print(done.stdout or "", end="", flush=True)
            if done.returncode:
                failed.append(name)
    finally:
        aside.shutdown(cancel_futures=True)
    # If only the last step failed, its last line has just said so.
    if failed and failed != [name]:
        say(f"failed: {', '.join(failed)}")
    return 1 if failed else 0


def tool(name: str, *arguments: str) -> list[str]:
    """Return the command for a Python program of the environment."""
    return [str(PYTHON), "-m", name, *arguments]


def call(command: list[str], output: int | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command; its output goes to the terminal or, with `output=PIPE`, is returned."""
    # Compiled modules are kept whatever the shell sets, because the steps start Python about a hundred times.
    variables = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    errors = output and subprocess.STDOUT
    return subprocess.run(command, cwd=ROOT, env=variables, check=False, text=True, stdout=output, stderr=errors)


def must(command: list[str], otherwise: str) -> None:
    if call(command).returncode:
        raise Failure(otherwise)


def say(line: str) -> None:
    print(f"dev.py: {line}", flush=True)


# ---- The environment. ----


def prepare(need: str) -> None:
    """Install the locked packages into .venv: for `run` the runtime and build packages, for `dev` all of them."""
    origin = f"Python {sys.version_info.major}.{sys.version_info.minor} in {sys.base_prefix} for {VENV}"
    locked = digest([PYPROJECT, *sorted(LOCKS.glob("*.txt"))])
    stamp = STAMP.read_text().splitlines() if STAMP.is_file() else []
    if stamp in ([origin, locked, need], [origin, locked, "dev"]):
        return
    # Without its stamp it is left from an interrupted run; with another origin it belongs to another Python or folder.
    if stamp[:1] != [origin]:
        make_environment()
    STAMP.unlink(missing_ok=True)
    say("installing the locked packages")
    offline = "see above; is the package index within reach? Then run this again"
    pip = [*tool("pip", "install"), "--quiet", "--disable-pip-version-check", "--only-binary=:all:", "--require-hashes"]
    must([*pip, "-r", str(LOCKS / "uv.txt")], f"uv could not be installed, {offline}")
    uv = [*tool("uv", "pip", "install"), "--quiet", "--python", str(PYTHON), "--no-python-downloads"]
    files = ["dev.txt"] if need == "dev" else ["runtime.txt", "build.txt"]
    requirements = [word for file in files for word in ("-r", str(LOCKS / file))]
    must([*uv, "--require-hashes", *requirements], f"the packages could not be installed, {offline}")
    must([*uv, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)], "the project could not be installed")
    STAMP.write_text("\n".join([origin, locked, need]))


def make_environment() -> None:
    """Make an empty .venv with the Python that runs this script."""
    if Path(sys.prefix) == VENV:
        raise Failure(f"this is the Python of {VENV}, which must be made again; run dev.py with the machine's python3")
    # Debian's python3 has only half of the venv module, which would fail later and less clearly.
    if not all(map(importlib.util.find_spec, ("venv", "ensurepip"))):
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        raise Failure(f"{sys.executable} lacks its venv module; as root: apt-get install {package}")
    say(f"making {VENV} with Python {sys.version.split()[0]}")
    must([sys.executable, "-m", "venv", "--clear", str(VENV)], f"{VENV} could not be made, see above")


def digest(files: list[Path]) -> str:
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def bring_browser() -> None:
    """Install Debian's Chromium if there is none and we are root; otherwise the browser tests report that."""
    if os.environ.get("CHROMIUM") or any(map(shutil.which, BROWSERS)):
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        say(f"no Chromium here, which the browser tests need; on Debian, as root: apt-get install {BROWSERS[0]}")
        return
    say("installing Chromium")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "--yes", "--no-install-recommends", BROWSERS[0]]):
        done = subprocess.run(["apt-get", "-qq", *words], env=quiet, capture_output=True, text=True, check=False)
        if done.returncode:
            say(f"apt-get {words[0]} failed, so the browser tests will too: {done.stderr.strip()}")
            return


# ---- The command line. ----


def parse(words: list[str]) -> tuple[Callable[..., int], list[str]]:
    parser = argparse.ArgumentParser(prog="dev.py", description=__doc__, allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", title="commands")
    for name, command in COMMANDS.items():
        commands.add_parser(name, help=command.__doc__, description=command.__doc__, allow_abbrev=False)
    options, arguments = parser.parse_known_args(words)
    chosen = COMMANDS[options.command]
    if arguments and not inspect.signature(chosen).parameters:
        parser.error(f"{options.command} takes no arguments, got: {' '.join(arguments)}")
    return chosen, arguments


if __name__ == "__main__":
    try:
        command, words = parse(sys.argv[1:])
        sys.exit(command(*words))
    except Failure as failure:
        sys.exit(f"dev.py: {failure}")
    except KeyboardInterrupt:
        sys.exit(130)
