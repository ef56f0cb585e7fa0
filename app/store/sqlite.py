"""Networks in a SQLite file."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Engine, Integer, LargeBinary, MetaData, String, Table, create_engine, event
from sqlalchemy.exc import SQLAlchemyError

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
        # A read needs no transaction of its own; WAL lets it pass beside a writer.
        with _store_errors(), self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            return _read(connection, id)

    def change(self, id: str, edit: Callable[[StoredNetwork], StoredNetwork]) -> StoredNetwork | None:
        # The edit is worked out with no lock held, so that a slow one keeps nobody waiting, and is written only if the
        # network is still the one that it was worked out for.
        for _ in range(MAX_ATTEMPTS):
            network = self.get(id)
            if network is None:
                return None
            edited = edit(network)
            if edited == network:
                return network
            changed = replace(edited, version=network.version + 1)
            unchanged_since = (_networks.c.id == id) & (_networks.c.version == network.version)
            with self._writing() as connection:
                written = connection.execute(_networks.update().where(unchanged_since).values(**_columns(changed)))
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
        engine = create_engine(f"sqlite:///{self._directory / FILE_NAME}", connect_args={"isolation_level": None})
        event.listen(engine, "connect", _configure)
        event.listen(engine, "begin", _begin)
        _metadata.create_all(engine)
        return engine


@contextmanager
def _store_errors() -> Iterator[None]:
    """Whatever SQLite or the file system has against it, told in the store's own words."""
    try:
        yield
    except (OSError, SQLAlchemyError) as error:
        raise StoreError(str(error)) from error


def _configure(connection: Any, _: object) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={BUSY_TIMEOUT_MS}"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A deferred transaction that turns into a writer ignores the busy timeout; one that begins as a writer waits its
    # turn.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _read(connection: Connection, id: str) -> StoredNetwork | None:
    row = connection.execute(_networks.select().where(_networks.c.id == id)).first()
    return None if row is None else StoredNetwork(row.id, row.document, row.cursor, row.version)


def _columns(network: StoredNetwork) -> dict[str, Any]:
    return {
        "id": network.id,
        "document": network.document,
        "cursor": network.cursor,
        "version": network.version,
    }
