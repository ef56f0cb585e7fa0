"""A real server process, started as a user starts it."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Server:
    """A running server: its process and its address."""

    def __init__(self, process: "subprocess.Popen[str]", url: str) -> None:
        self.process = process
        self.url = url

    def memory(self) -> int:
        """The peak memory of the process so far, in bytes."""
        status = Path(f"/proc/{self.process.pid}/status").read_text("ascii")
        line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024


@contextmanager
def running(
    data: Path, before: str = "", *, port: int = 0, log: Path | None = None, options: Sequence[str] = ()
) -> Iterator[Server]:
    """The command `tinyml-explorer` on a free or the given port, after some statements, with a file for its log and
    more options; terminated normally at the end.
    """
    with ExitStack() as opened:
        process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                f"{before}\nfrom app.cli import main; main()",
                "--port",
                f"{port}",
                "--data",
                f"{data}",
                *options,
            ],
            cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=None if log is None else opened.enter_context(log.open("w", encoding="utf-8")),
            text=True,
        )
    try:
        assert process.stdout is not None
        message = process.stdout.readline()
        assert "http://" in message, f"the server said {message!r} and ended with {process.poll()}"
        yield Server(process, "http://" + message.split("http://")[1].split()[0])
    finally:
        process.terminate()
        process.wait(10)
        assert process.stdout is not None
        process.stdout.close()
