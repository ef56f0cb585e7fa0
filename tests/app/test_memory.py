"""The memory of a request is estimated before it is computed: at least what it takes, and not ten times that."""

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.soak.heavy import explanations
from tests.soak.requests import document
from tests.support.server import ROOT

pytestmark = pytest.mark.slow

# Answers each request in a fork of a process that has answered a small one, as the server's processes do. It writes the
# status, the estimate, and by how many bytes the memory grew at most.
MEASURE = """
import asyncio, json, os, pickle, sys
from pathlib import Path
from app.work import Here, Job
from app.worker import _service, answered

def memory(name):
    lines = Path("/proc/self/status").read_text().splitlines()
    return 1024 * next(int(line.split()[1]) for line in lines if line.startswith(name))

def answer(path, body):
    job = pickle.loads(pickle.dumps(Job("POST", path, b"", [(b"content-type", b"application/json")], body, "id")))
    done = asyncio.new_event_loop().run_until_complete(answered(_service(), job, None))
    pickle.dumps(done)
    return done.status

small, *requests = json.load(sys.stdin)
answer(small[0], json.dumps(small[1]).encode())
for path, content in requests:
    if os.fork() == 0:
        seen = []
        Here.admit = lambda self, cost, elsewhere: seen.append(cost.memory)
        body = json.dumps(content).encode()
        Path("/proc/self/clear_refs").write_text("5")
        before = memory("VmRSS")
        status = answer(path, body)
        print(json.dumps([status, max(seen), memory("VmHWM") - before]), flush=True)
        os._exit(0)
    os.wait()
"""


def net(inputs: int, *widths: int, samples: int = 1, optimizer: str = "sgd") -> dict[str, Any]:
    return document() | {
        "input_shape": [inputs],
        "layers": [{"type": "Linear", "output_dim": width} for width in widths],
        "x": [[0.1234567890123456] * inputs] * samples,
        "y": [[0.5] * widths[-1]] * samples,
        "optimizer": {"type": optimizer, "lr": 1e-9},
    }


def paths() -> dict[str, Any]:
    asked = explanations()
    return asked | {"wishes": [{**asked["wishes"][0], "terms": 300}, asked["wishes"][-1]]}


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of a process's memory is read from /proc")
def test_no_request_takes_more_memory_than_its_estimate_nor_a_tenth_of_it() -> None:
    requests = [
        ("/api/trace", document()),
        ("/api/trace", net(784, 128, 10, samples=8, optimizer="adam")),
        ("/api/trace", net(190, 2, samples=4_000)),
        ("/api/gradient-check", {"document": net(95, 80, 20)}),
        ("/api/explanations", paths()),
        ("/api/receipts", {"document": document(), "steps": 150}),
        ("/api/advance", {"document": net(784, 300, 10, optimizer="adam"), "steps": 2}),
    ]
    run = [sys.executable, "-c", MEASURE]
    done = subprocess.run(run, cwd=ROOT, input=json.dumps(requests), capture_output=True, text=True, check=True)
    seen = [json.loads(line) for line in done.stdout.splitlines()]
    assert [status for status, *_ in seen] == [200] * (len(requests) - 1)
    for (path, _), (_, estimate, measured) in zip(requests[1:], seen, strict=True):
        assert measured <= estimate <= 10 * measured, (path, estimate, measured)
