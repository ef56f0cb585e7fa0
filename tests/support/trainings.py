"""Trainings over HTTP: a network to train, and what a client does with a training."""

import json
import time
from collections.abc import Iterator
from typing import Any

import httpx
import numpy as np

PATIENCE = 30.0
RNG = np.random.default_rng(0)
PLANE = {
    "input_shape": [2],
    "layers": [
        {"type": "Linear", "output_dim": 4},
        {"type": "Tanh", "name": "tanh_1"},
        {"type": "Linear", "output_dim": 1},
    ],
    "loss": {"type": "binary_cross_entropy"},
    "optimizer": {"type": "sgd", "lr": 0.05, "momentum": 0.5},
    "x": (x := RNG.uniform(-1, 1, (40, 2))).tolist(),
    "y": (x[:, :1] * x[:, 1:] > 0).astype(float).tolist(),
    "seed": 3,
}
FOREVER = {"steps": 100_000_000}


def stored(client: httpx.Client, document: dict[str, Any] = PLANE) -> str:
    answer = client.post("/api/networks", json=document)
    assert answer.status_code == 201, answer.text
    return f"/api/networks/{answer.json()['id']}"


def begun(client: httpx.Client, network: str, until: dict[str, Any], **more: Any) -> str:
    answer = client.post(f"{network}/trainings", json={"until": until, **more})
    assert answer.status_code == 202, answer.text
    where: str = answer.headers["Location"]
    return where


def events(client: httpx.Client, training: str, last: int = 0, **query: Any) -> Iterator[tuple[int, str, Any]]:
    headers = {"Last-Event-ID": str(last)} if last else {}
    with client.stream("GET", f"{training}/events", params=query, headers=headers) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        found: dict[str, str] = {}
        for line in stream.iter_lines():
            if line:
                name, _, value = line.partition(": ")
                found[name] = value
            elif "data" in found:
                yield int(found["id"]), found["event"], json.loads(found["data"])
                found = {}


def until(read: Any, holds: Any) -> Any:
    end = time.monotonic() + PATIENCE
    while not holds(value := read()):
        assert time.monotonic() < end, value
        time.sleep(0.02)
    return value


def ended(client: httpx.Client, training: str) -> dict[str, Any]:
    of_state = {"done", "cancelled", "diverged", "failed"}
    answer: dict[str, Any] = until(lambda: client.get(training).json(), lambda found: found["state"] in of_state)
    return answer


def advanced(client: httpx.Client, document: dict[str, Any], steps: int) -> dict[str, Any]:
    answer: dict[str, Any] = client.post("/api/advance", json={"document": document, "steps": steps}).json()
    return answer["document"] | {}
