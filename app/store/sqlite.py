"""Networks in a SQLite file."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from app.store import layout
from app.store.base import StoredNetwork
from app.store.folder import Folder, secret_in
from app.store.sql import SqlStore, remove
from app.store.troubles import BusyStoreError, FullStoreError, StoreError, meaning, store_errors

FILE_NAME = "networks.sqlite3"
BUSY_TIMEOUT_MS = 1_000
# SQLite waits longer after each attempt to get the lock, so that among several processes some wait very long.
ATTEMPT_MS = 4
POOLED = 8  # connections that are kept; more are opened when needed

T = TypeVar("T")


class SqliteStore(SqlStore):
    """A store in `directory`, which is created, with its file, at the first use.

    Readers never wait. Writers of this process take turns, and processes of the same server compete for the lock; all
    requests that arrive while another program holds it wait for it together, once.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._file = directory / FILE_NAME
        self._opening, self._turn = Lock(), Lock()
        self._folder: Folder | None = None
        self._lent: int | None = None
        self._opened: Engine | None = None
        self._found_locked = 0.0  # when, by the monotonic clock

    def start(self) -> None:
        if self._file.exists():
            with store_errors():
                self._engine()

    def share(self) -> int | None:
        with store_errors():
            self._engine().dispose()  # connections are no use to another process
        return None if self._folder is None else self._folder.lock

    def adopt(self, lock: int) -> None:
        self._lent = lock

    def check(self) -> None:
        if self._opened is not None or self._file.exists():
            with self._reading() as connection:
                connection.exec_driver_sql("SELECT count(*) FROM (SELECT id FROM networks LIMIT 1)")

    def delete(self, key: str, check: Callable[[StoredNetwork], None]) -> bool:
        try:
            return self._write(partial(_delete, key, check))
        except FullStoreError:
            # The log of a deletion needs space too.
            if self._folder is None or not self._folder.release():
                raise
            try:
                return self._transaction(partial(_delete, key, check, sparing=True))
            finally:
                self._empty_log()
                self._folder.refill(share=0.5)

    def secret(self, *, make: bool = False) -> bytes | None:
        """A file: codes are made by a command, while a server has the folder."""
        with store_errors():
            return secret_in(self._directory, make=make)

    def close(self) -> None:
        with self._opening:
            if self._opened is not None:
                self._opened.dispose()
            if self._folder is not None:
                self._folder.close()
            self._opened = self._folder = None

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with store_errors(), self._engine().connect() as connection:
            self._still_there()
            yield connection

    def _write(self, change: Callable[[Connection], T]) -> T:
        """Run a change in a transaction. On a full disk it is tried again with an empty log: most of the space that a
        change needs is that of the log, since pages of the file are reused.
        """
        try:
            return self._transaction(change)
        except FullStoreError:
            self._empty_log()
            return self._transaction(change)

    def _transaction(self, change: Callable[[Connection], T]) -> T:
        came = monotonic()
        with store_errors():
            engine = self._engine()
            with self._turn, self._noticing_locks(came):
                self._still_there()
                with engine.execution_options(writes=True).begin() as connection:
                    changed = change(connection)
                self._still_there()  # otherwise the last write would be lost
                return changed

    def _empty_log(self) -> None:
        """Write the log to the file and truncate it, if there is enough space."""
        with suppress(StoreError), store_errors(), self._engine().connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def _noticing_locks(self, came: float) -> Iterator[None]:
        """Reject requests that arrived before another program's lock was found: they have waited for that lock once."""
        if self._found_locked > came:
            raise BusyStoreError("another program held the lock while this request waited")
        try:
            yield
        except (SQLAlchemyError, sqlite3.Error) as error:
            if meaning(error) is BusyStoreError:
                self._found_locked = monotonic()
            raise

    def _still_there(self) -> None:
        if self._folder is not None:
            self._folder.check()

    def _engine(self) -> Engine:
        came = monotonic()
        with self._opening:
            if self._opened is None:
                with self._noticing_locks(came):
                    self._opened = self._open()
            return self._opened

    def _open(self) -> Engine:
        # Before the lock, which is a file in the directory: a rejected directory is not changed.
        layout.check(self._file)
        folder = Folder(self._directory, self._file, self._lent)
        try:
            engine = self._with_room(folder, self._writer) if folder.writable else self._reader()
            folder.remember()
        except BaseException:
            folder.close()
            raise
        self._folder = folder
        return engine

    @staticmethod
    def _with_room(folder: Folder, make: Callable[[], Engine]) -> Engine:
        """Open the file; if the disk has no space for its log, use the reserved space."""
        try:
            return make()
        except SQLAlchemyError as error:
            if meaning(error) is not FullStoreError or not folder.release():
                raise
            return make()

    def _writer(self) -> Engine:
        engine = create_engine(
            f"sqlite:///{self._file}",
            connect_args={"isolation_level": None},
            hide_parameters=True,
            pool_size=POOLED,
            max_overflow=-1,
        )
        event.listen(engine, "connect", _configure)
        event.listen(engine, "begin", _begin)
        with engine.execution_options(writes=True).begin() as connection:
            layout.bring_up(connection, self._file)
        return engine

    def _reader(self) -> Engine:
        layout.check_readable(self._file)
        return create_engine(
            "sqlite://",
            creator=lambda: sqlite3.connect(layout.reading(self._file), uri=True, check_same_thread=False),
            poolclass=NullPool,
            hide_parameters=True,
        )


def _configure(connection: Any, _: object) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={BUSY_TIMEOUT_MS}"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A deferred transaction that turns into a writer ignores the busy timeout; one that begins as a writer waits its
    # turn. A reader needs no transaction for a single statement, and takes no lock that a writer has.
    if not connection.get_execution_options().get("writes"):
        return
    until = monotonic() + BUSY_TIMEOUT_MS / 1_000
    connection.exec_driver_sql(f"PRAGMA busy_timeout={ATTEMPT_MS}")
    try:
        while not _locked(connection, last=monotonic() > until):
            pass
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")


def _locked(connection: Connection, *, last: bool) -> bool:
    """Whether the lock could be got; the last attempt raises the error if not."""
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except SQLAlchemyError as error:
        if last or meaning(error) is not BusyStoreError:
            raise
        return False
    return True


def _delete(key: str, check: Callable[[StoredNetwork], None], connection: Connection, *, sparing: bool = False) -> bool:
    """Delete a network. Deleted data are overwritten, unless the log must stay small."""
    connection.exec_driver_sql(f"PRAGMA secure_delete={'FAST' if sparing else 'ON'}")
    return remove(key, check, connection)
