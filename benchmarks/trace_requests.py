"""How many traces per second the service returns, compared with a JSON echo of the same size by the same server.

    python benchmarks/trace_requests.py [--seconds 3] [--rounds 5]

Both run in one server process on one core, measured in turn by wrk (Debian's package `wrk`), so that other load on the
machine affects both alike. The echo takes a JSON body as long as the answer, and returns it through FastAPI.
"""

import argparse
import json
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REACH = 0.5

SERVER = """
from typing import Annotated, Any
from fastapi import Body
from fastapi.responses import JSONResponse
from app.main import create_app

app = create_app()


@app.post("/echo")
async def echo(body: Annotated[Any, Body()]) -> JSONResponse:
    return JSONResponse(body)

"""

WRK = """
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
local file = io.open("{body}", "rb")
wrk.body = file:read("*all")
file:close()
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=3, help="how long each measurement lasts")
    parser.add_argument("--rounds", type=int, default=5, help="how often the two are measured in turn")
    options = parser.parse_args()
    if shutil.which("wrk") is None:
        sys.exit("wrk is missing; install Debian's package of that name: apt-get install wrk")
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), options.seconds, options.rounds)


def measure(folder: Path, seconds: int, rounds: int) -> None:
    (folder / "server.py").write_text(SERVER, "utf-8")
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "uvicorn", "server:app", "--port", str(port), "--log-level", "warning"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{folder}", "TINYML_DATA": str(folder)},
    )
    try:
        base = f"http://127.0.0.1:{port}"
        document = json.dumps(example(f"{base}/api/examples/chapter")["document"]).encode()
        answer = post(f"{base}/api/trace", document)
        assert (
            post(f"{base}/echo", answer)
            == json.dumps(json.loads(answer), ensure_ascii=False, separators=(",", ":")).encode()
        )
        bodies = {"/api/trace": document, "/echo": answer}
        rates: dict[str, list[float]] = {path: [] for path in bodies}
        for _ in range(rounds):
            for path, body in bodies.items():
                rates[path].append(rate(folder, base + path, body, seconds))
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(10)
    trace, echo = (statistics.median(rates[path]) for path in ("/api/trace", "/echo"))
    print(f"POST /api/trace  {trace:8,.0f} requests/s  (median of {rounds} × {seconds} s, {len(answer):,} bytes)")
    print(f"POST /echo       {echo:8,.0f} requests/s")
    print(f"ratio            {trace / echo:8.2f}  (to reach: {REACH})")


def rate(folder: Path, url: str, body: bytes, seconds: int) -> float:
    """Requests per second, all of them successful."""
    (folder / "body").write_bytes(body)
    (folder / "post.lua").write_text(WRK.format(body=folder / "body"), "utf-8")
    command = ["wrk", "-t1", "-c4", f"-d{seconds}s", "-s", str(folder / "post.lua"), url]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in output or "Socket errors" in output:
        sys.exit(f"{url} did not answer well:\n{output}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", output)
    assert found is not None, output
    return float(found[1])


def example(url: str) -> dict[str, object]:
    """Wait for the first answer of the server, and return it."""
    for _ in range(100):
        try:
            with urllib.request.urlopen(url) as response:
                answer: dict[str, object] = json.load(response)
                return answer
        except OSError:
            time.sleep(0.1)
    sys.exit("the server did not start")


def post(url: str, body: bytes) -> bytes:
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as response:
        answer: bytes = response.read()
        return answer


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


if __name__ == "__main__":
    main()
