"""The time saved by sending the hash of a known document: `python -m benchmarks.known_documents`.

The service is called in this process, through all of its layers except the socket.
"""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

import httpx
import numpy as np

from app.examples import examples
from app.main import create_app
from app.settings import Settings

ROUNDS = 30
REFS = ("fc_1.output[0,5]", "fc_1.w.grad[3,5]", "fc_1.output.grad[0,1]", "x.grad[0,7]", "fc_2.w.next[5,3]", "loss")
# The limit for explaining one number of 784-128-10 if the document is known, in milliseconds.
REACH = 5.0

Document = dict[str, Any]


def digits() -> Document:
    """A 784-128-10 network on two samples."""
    rng = np.random.default_rng(0)
    return {
        "input_shape": [784],
        "layers": [
            {"type": "Linear", "name": "fc_1", "output_dim": 128},
            {"type": "ReLu", "name": "relu_1"},
            {"type": "Linear", "name": "fc_2", "output_dim": 10},
        ],
        "loss": {"type": "softmax_cross_entropy"},
        "optimizer": {"type": "sgd", "lr": 0.1},
        "x": rng.normal(size=(2, 784)).tolist(),
        "y": [3, 4],
    }


async def milliseconds(work: Callable[[], Awaitable[Any]], rounds: int = ROUNDS) -> float:
    """The median of the processor's time, of all threads."""
    taken = []
    for _ in range(rounds):
        begun = process_time()
        await work()
        taken.append(process_time() - begun)
    return median(taken) * 1e3


async def measured(client: httpx.AsyncClient, forget: Callable[[], None]) -> float:
    """Print the results, and return the slowest explanation by hash."""

    async def post(path: str, body: bytes) -> bytes:
        answer = await client.post(path, content=body, headers={"Content-Type": "application/json"})
        return answer.raise_for_status().content

    sent = digits()
    known = json.loads(await post("/api/trace", json.dumps(sent).encode()))
    document, digest = known.get("document", sent), known["hash"]
    slowest = 0.0
    print("milliseconds of the processor's time")
    print(f"{'one number of 784-128-10':>26}{'unknown':>10}{'sent again':>12}{'by hash':>10}")
    for ref in REFS:
        whole = json.dumps({"document": document, "ref": ref}).encode()
        short = json.dumps({"document": {"hash": digest}, "ref": ref}).encode()

        async def first(whole: bytes = whole) -> None:
            forget()
            await post("/api/explain", whole)

        unknown = await milliseconds(first, 7)
        again = await milliseconds(lambda whole=whole: post("/api/explain", whole), 7)  # type: ignore[misc]
        by_hash = await milliseconds(lambda short=short: post("/api/explain", short))  # type: ignore[misc]
        slowest = max(slowest, by_hash)
        print(f"{ref:>26}{unknown:>10.1f}{again:>12.1f}{by_hash:>10.2f}")
    chapter, number = examples()["chapter"]["document"], count(1)

    def edited() -> Awaitable[bytes]:
        return post("/api/trace", json.dumps({**chapter, "x": [[0.1, next(number) / 1e6]]}).encode())

    print(f"{'trace of the chapter':>26}{await milliseconds(edited, 500):>10.3f}", end="")
    whole, short = (json.dumps(one).encode() for one in (chapter, {"hash": json.loads(await edited())["hash"]}))
    for body in (whole, short):
        print(f"{await milliseconds(lambda body=body: post('/api/trace', body), 500):>11.3f}", end="")  # type: ignore[misc]
    print()
    return slowest


async def main() -> int:
    """Fail if an explanation takes longer than the limit."""
    with TemporaryDirectory() as folder:
        app = create_app(Settings(Path(folder)))
        known = type(app.state.known)

        def forget() -> None:
            app.state.known = known()

        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as client:
            return int(await measured(client, forget) > REACH)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
