"""Two layers that the service does not know are traced, explained, narrated in both languages, checked and
given receipts.
"""

import subprocess
import sys

from tests.support.server import ROOT

SCRIPT = """
from tests.support import toy_layers; toy_layers.install()
import json
import httpx, asyncio
from app.main import create_app
from tinyml.verify import verify

DOCUMENT = {
    "input_shape": [1, 4, 4], "x": [[[[1, 2, 3, 4], [2, 1, 0, -1], [3, -2, 1, 2], [0, 1, 2, -3]]]], "y": [[0.5, 1.0]],
    "layers": [
        {"type": "SumPool2D", "name": "sum_1", "size": 2, "stride": 1}, {"type": "LogSigmoid", "name": "logsig_1"},
        {"type": "Flatten"}, {"type": "Linear", "name": "fc_1", "output_dim": 2},
    ],
    "loss": {"type": "half_squared_error"}, "optimizer": {"type": "sgd", "lr": 0.1},
}

async def ask():
    transport = httpx.ASGITransport(app=create_app())
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        trace = (await client.post("/api/trace", json=DOCUMENT)).json()
        pool, logsig = trace["layers"][:2]
        assert pool["window"] == {"size": [2, 2], "stride": 1, "dilation": 1, "padding": 0, "transposed": False,
                                  "across": False}, pool
        assert (pool["connects"], logsig["connects"], logsig["symbol"]) == ("window", "place", "LogSigmoid")
        refs = [f"{name}[0,0,0,0]" for name in ("sum_1.output", "logsig_1.output", "logsig_1.output.grad",
                                                "sum_1.output.grad", "x.grad")]
        for ref in refs:
            for notation in ("scalar", "chain"):
                asked = {"document": DOCUMENT, "ref": ref, "notation": notation}
                answer = await client.post("/api/explain", json=asked)
                assert answer.status_code == 200, answer.text
        for language in ("en", "zh"):
            answer = await client.post("/api/steps", json={"document": DOCUMENT, "by": "node", "language": language})
            assert answer.status_code == 200, answer.text
            assert all(step["sentence"] for step in answer.json()["steps"])
        answer = (await client.post("/api/equations", json={"document": DOCUMENT})).json()
        written = {one["id"]: one for one in answer["equations"]}
        pool, logsig, back = (written[f"{id}"] for id in ("sum_1 forward", "logsig_1 forward", "logsig_1 back"))
        assert (pool["title"]["key"], pool["right"]["function"], pool["right"]["over"]) == (
            "title.equation.windows", "SumPool2D", "ij"), pool
        assert (logsig["title"]["key"], logsig["right"]["function"], logsig["right"]["args"][0]["meets"]) == (
            "title.equation.entrywise", "LogSigmoid", "crs"), logsig
        assert (back["right"]["op"], back["right"]["args"][1]["variant"]) == ("times", "derivative"), back
        receipt = (await client.post("/api/receipt", json=DOCUMENT)).json()
        assert verify(receipt).ok, verify(receipt)
        line = next(line for line in receipt["lines"] if line["ref"] == "logsig_1.output[0,0,0,0]")
        line["value"] *= 1 + 1e-9
        assert verify(receipt).line == receipt["lines"].index(line) + 1
        check = (await client.post("/api/gradient-check", json={"document": DOCUMENT})).json()
        assert (check["checked"], check["failed"]) == (36, 0), check

asyncio.run(ask())
"""


def test_layers_of_tests_go_through_the_whole_service() -> None:
    command = [sys.executable, "-c", SCRIPT]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
