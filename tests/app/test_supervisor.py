"""Several processes serve one data folder, or one database, on one address."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from app.options import parser
from app.store import SqliteStore, troubles
from app.store.folder import LOCK_NAME, Folder
from app.store.sqlite import FILE_NAME
from tests.app.conftest import example
from tests.soak.processes import family
from tests.support.engines import Engine
from tests.support.server import Server, running


def test_a_lent_lock_opens_the_same_folder_and_no_other(tmp_path: Path) -> None:
    first = SqliteStore(tmp_path / "data")
    lock = first.share()
    assert lock is not None
    worker = SqliteStore(tmp_path / "data")
    worker.adopt(lock)
    network = worker.create("some-key", b"a document")
    assert first.get("some-key") == network
    # Another folder, and one in the place of the first.
    for folder in (tmp_path / "other", tmp_path / "data"):
        if folder.exists():
            folder.rename(tmp_path / "elsewhere")
        folder.mkdir()
        (folder / LOCK_NAME).touch()
        with pytest.raises(troubles.TakenStoreError):
            Folder(folder, folder / FILE_NAME, lock)
    first.close()
    worker.close()


@pytest.mark.parametrize(("text", "wrong"), [("0", True), ("1", False), ("64", False), ("65", True), ("two", True)])
def test_the_number_of_workers_is_read(text: str, wrong: bool, capsys: pytest.CaptureFixture[str]) -> None:
    if wrong:
        with pytest.raises(SystemExit):
            parser().parse_args(["--workers", text])
        assert "--workers" in capsys.readouterr().err
    else:
        assert parser().parse_args(["--workers", text]).workers == int(text)


@pytest.fixture
def server(engine: Engine) -> Iterator[Server]:
    with running(engine.folder, options=["--workers", "2", *database(engine)]) as started:
        yield started


def database(engine: Engine) -> list[str]:
    url = engine.settings().database
    return [] if url is None else ["--database", url]


def workers(server: Server) -> list[int]:
    """The processes that serve, and not those that they compute in. Python starts one more, which cleans up."""
    pid = server.process.pid
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    return [int(child) for child in children if b"spawn_main" in command(child)]


def command(pid: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""  # it has ended meanwhile


def gone(pid: int) -> bool:
    """Whether a process has ended; it may not have been waited for."""
    try:
        return re.search(r"^State:\s+Z", Path(f"/proc/{pid}/status").read_text("ascii"), re.MULTILINE) is not None
    except FileNotFoundError:
        return True


@pytest.mark.slow
def test_workers_lose_no_change_of_each_other_and_one_that_is_killed_is_replaced(
    server: Server, engine: Engine
) -> None:
    before = workers(server)
    assert len(before) == 2
    address = httpx.post(f"{server.url}/api/networks", json=example("batch-of-three")).headers["Location"]
    step = {"by": "term", "count": 1}

    def stepped(_: int) -> httpx.Response:
        # A connection for each request: the kernel gives it to one of the workers.
        return httpx.post(f"{server.url}{address}/step", json=step, headers={"If-Match": "*"}, timeout=60)

    with ThreadPoolExecutor(8) as pool:
        answers = [*pool.map(stepped, range(40))]
    assert {answer.status_code for answer in answers} == {200}
    assert sorted(answer.json()["cursor"] for answer in answers) == [*range(1, 41)]
    # A second server on the same folder.
    if not database(engine):
        command = [
            sys.executable,
            "-c",
            "from app.cli import main; main()",
            "--port",
            "0",
            "--data",
            str(engine.folder),
        ]
        second = subprocess.run(command, capture_output=True, text=True, timeout=60)
        assert (second.returncode, troubles.TakenStoreError.detail in second.stderr) == (1, True)
    os.kill(before[0], signal.SIGKILL)
    while before[0] in (now := workers(server)) or len(now) < 2:
        time.sleep(0.05)
    assert httpx.get(f"{server.url}{address}", timeout=60).headers["ETag"] == '"41"'
    # Workers do not outlive the command, however that ends.
    left = family(server.process.pid)[1:]
    server.process.kill()
    until = time.monotonic() + 30
    while not all(map(gone, left)):
        assert time.monotonic() < until
        time.sleep(0.05)
    store = engine.store()
    network = store.get(address.rpartition("/")[2])
    assert network is not None
    assert network.version == 41


@pytest.mark.slow
def test_workers_stop_in_good_order(tmp_path: Path) -> None:
    with running(tmp_path, options=["--workers", "2"]) as started:
        httpx.post(f"{started.url}/api/networks", json=example("chapter"))
        pids = family(started.process.pid)
    assert started.process.returncode == 0
    # The processes that compute notice the end of theirs by themselves, within a second.
    until = time.monotonic() + 1
    while not all(map(gone, pids)):
        assert time.monotonic() < until
        time.sleep(0.02)
    names = ["networks.lock", "networks.reserve", "networks.sqlite3"]
    assert sorted(path.name for path in tmp_path.iterdir()) == names


@pytest.mark.slow
def test_without_a_usable_folder_no_worker_starts(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"not a database at all" * 100)
    command = [sys.executable, "-c", "from app.cli import main; main()", "--port", "0", "--workers", "2"]
    ended = subprocess.run([*command, "--data", str(tmp_path)], capture_output=True, text=True, timeout=60)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.splitlines() == [f"tinyml-explorer: {troubles.CorruptStoreError.detail}"]
