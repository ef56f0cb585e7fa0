"""Networks in a SQLite file."""

import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    create_engine,
    event,
    select,
)
from sqlalchemy.exc import SQLAlchemyError

from app.store import layout
from app.store.base import NetworkStore, StoredNetwork, StoreError

FILE_NAME = "networks.sqlite3"
ID_BYTES = 16
BUSY_TIMEOUT_MS = 5_000
MAX_ATTEMPTS = 100  # far more than changes of one network that can come at once

_metadata = MetaData()
_networks = Table(
    "networks",
    _metadata,
    Column("id", String, primary_key=True),
    Column("document", LargeBinary, nullable=False),
    Column("cursor", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("step", Integer, nullable=False, server_default="1"),
    Column("first", Integer, nullable=False, server_default="1"),
)
# The documents at the start of the training steps that can be gone back to.
_starts = Table(
    "starts",
    _metadata,
    Column("id", String, primary_key=True),
    Column("step", Integer, primary_key=True),
    Column("document", LargeBinary, nullable=False),
)


class SqliteStore(NetworkStore):
    """A store in `directory`, which is made, with its file, when it is first used."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def create(self, document: bytes) -> StoredNetwork:
        network = StoredNetwork(secrets.token_urlsafe(ID_BYTES), document, cursor=0, version=1)
        with self._writing() as connection:
            connection.execute(_networks.insert().values(**_columns(network)))
        return network

    def get(self, id: str) -> StoredNetwork | None:
        # A read needs no separate transaction; WAL lets it pass beside a writer.
        with _store_errors(), self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            return _read(connection, id)

    def start(self, id: str, step: int) -> bytes | None:
        chosen = select(_starts.c.document).where(_starts.c.id == id, _starts.c.step == step)
        with _store_errors(), self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            document: bytes | None = connection.execute(chosen).scalar()
        return document

    def change(self, id: str, edit: Callable[[StoredNetwork], StoredNetwork]) -> StoredNetwork | None:
        # The edit is worked out with no lock held, so that a slow one blocks no other, and is written only if the
        # network is still the one that it was worked out for.
        for _ in range(MAX_ATTEMPTS):
            network = self.get(id)
            if network is None:
                return None
            edited = edit(network)
            if edited == network:
                return network
            changed = replace(edited, version=network.version + 1, passed=())
            unchanged_since = (_networks.c.id == id) & (_networks.c.version == network.version)
            with self._writing() as connection:
                written = connection.execute(_networks.update().where(unchanged_since).values(**_columns(changed)))
                if written.rowcount and (edited.passed or (edited.step, edited.first) != (network.step, network.first)):
                    _keep_starts(connection, edited)
            if written.rowcount:
                return changed
        raise StoreError(f"{MAX_ATTEMPTS} other changes came first")

    def delete(self, id: str, check: Callable[[StoredNetwork], None]) -> bool:
        with self._writing() as connection:
            network = _read(connection, id)
            if network is None:
                return False
            check(network)
            connection.execute(_networks.delete().where(_networks.c.id == id))
            connection.execute(_starts.delete().where(_starts.c.id == id))
            return True

    def close(self) -> None:
        """Let go of the file."""
        if "_engine" in vars(self):
            self._engine.dispose()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with _store_errors(), self._engine.begin() as connection:
            yield connection

    @cached_property
    def _engine(self) -> Engine:
        self._directory.mkdir(parents=True, exist_ok=True)
        file = self._directory / FILE_NAME
        layout.check(file)
        engine = create_engine(f"sqlite:///{file}", connect_args={"isolation_level": None}, hide_parameters=True)
        event.listen(engine, "connect", _configure)
        event.listen(engine, "begin", _begin)
        with engine.begin() as connection:
            layout.bring_up(connection, file)
            _metadata.create_all(connection)
        return engine


@contextmanager
def _store_errors() -> Iterator[None]:
    """Whatever SQLite or the file system has against it, as an error of the store."""
    try:
        yield
    except (OSError, SQLAlchemyError, sqlite3.Error) as error:
        raise StoreError(str(error)) from error


def _configure(connection: Any, _: object) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={BUSY_TIMEOUT_MS}"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A deferred transaction that turns into a writer ignores the busy timeout; one that begins as a writer waits its
    # turn.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _keep_starts(connection: Connection, network: StoredNetwork) -> None:
    """Keep the starts that were passed; forget those too far before, and those no longer before the training step."""
    outside = (_starts.c.step < network.first) | (_starts.c.step >= network.step)
    connection.execute(_starts.delete().where(_starts.c.id == network.id, outside))
    earliest = network.step - len(network.passed)
    rows = [{"id": network.id, "step": step, "document": of} for step, of in enumerate(network.passed, earliest)]
    if rows:
        connection.execute(_starts.insert(), rows)


def _read(connection: Connection, id: str) -> StoredNetwork | None:
    row = connection.execute(_networks.select().where(_networks.c.id == id)).first()
    return None if row is None else StoredNetwork(row.id, row.document, row.cursor, row.version, row.step, row.first)


def _columns(network: StoredNetwork) -> dict[str, Any]:
    return {
        "id": network.id,
        "document": network.document,
        "cursor": network.cursor,
        "version": network.version,
        "step": network.step,
        "first": network.first,
    }
