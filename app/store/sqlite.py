"""Networks in a SQLite file."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from app.store import layout, locks
from app.store.base import StoredNetwork
from app.store.folder import Folder, secret_in
from app.store.keys import hashed
from app.store.sql import SqlStore, remove
from app.store.troubles import BusyStoreError, FullStoreError, GoneStoreError, StoreError, meaning, store_errors
from app.store.writer import Waiting, Writer

FILE_NAME = "networks.sqlite3"
WAITED = "another program held the lock while this request waited"
POOLED = 8  # connections that are kept; more are opened when needed

T = TypeVar("T")


class SqliteStore(SqlStore):
    """A store in `directory`, which is created, with its file, at the first use.

    Readers never wait. One thread of this process writes: all changes that wait while it writes become one transaction,
    which the disk has to confirm once, and each is reported as stored after that. Processes of the same server compete
    for the lock; all requests that arrive while another program holds it wait for it together, once.
    """

    def __init__(self, directory: Path) -> None:
        super().__init__()
        self._directory = directory
        self._file = directory / FILE_NAME
        self._opening = Lock()
        self._writer = Writer(self._write_all)
        self._folder: Folder | None = None
        self._lent: int | None = None
        self._opened: Engine | None = None
        self._writing: Connection | None = None  # of the thread that writes
        self._found_locked = 0.0  # when, by the monotonic clock

    def start(self) -> None:
        if self._file.exists():
            with store_errors():
                self._engine()

    def share(self) -> int | None:
        with store_errors():
            # Connections are no use to another process.
            self._engine().dispose()
            self._writer.close(self._close_writing)
        return None if self._folder is None else self._folder.lock

    def adopt(self, lock: int) -> None:
        self._lent = lock

    def check(self) -> None:
        if self._opened is not None or self._file.exists():
            with self._reading() as connection:
                connection.exec_driver_sql("SELECT count(*) FROM (SELECT id FROM networks LIMIT 1)")

    def delete(self, key: str, check: Callable[[StoredNetwork], None]) -> bool:
        try:
            deleted = self._write(partial(_delete, key, check))
        except FullStoreError:
            # The log of a deletion needs space too.
            if self._folder is None or not self._folder.release():
                raise
            try:
                return self._write(partial(_delete, key, check, sparing=True))
            finally:
                self._make_room(self._folder)
        else:
            # A deletion that finds room in the log frees no space: a log keeps its length until it is emptied.
            if deleted and self._folder is not None and self._folder.scarce and self._folder.release():
                self._make_room(self._folder)
            return deleted
        finally:
            self._recent.forget(hashed(key))

    def secret(self, *, make: bool = False) -> bytes | None:
        """A file: codes are made by a command, while a server has the folder."""
        with store_errors():
            return secret_in(self._directory, make=make)

    def close(self) -> None:
        self._writer.close(self._close_all)

    def _close_all(self) -> None:
        self._close_writing()
        with self._opening:
            if self._opened is not None:
                self._opened.dispose()
            if self._folder is not None:
                self._folder.close()
            self._opened = self._folder = None

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with store_errors():
            engine = self._engine()
            self._still_there()
            with engine.connect() as connection:
                self._still_there()  # otherwise it may be a new file
                yield connection

    def _write(self, change: Callable[[Connection], T]) -> T:
        return self._writer.now(change)

    async def _write_soon(self, change: Callable[[Connection], T]) -> T:
        return await self._writer.soon(change)

    def _write_all(self, changes: Sequence[Waiting[Any]]) -> None:
        """Write changes in the thread that writes. Those that came before another program's lock was found have waited
        for that lock once, and are rejected.
        """
        for one in changes:
            if self._found_locked > one.came:
                one.error = BusyStoreError(WAITED)
        left = [one for one in changes if one.error is None]
        if len(left) > 1:
            try:
                self._write_together(left)
                return
            except BusyStoreError as error:
                for one in left:
                    one.error = error if one is left[0] else BusyStoreError(WAITED)
                return
            except GoneStoreError as error:
                for one in left:
                    one.error = GoneStoreError(str(error))
                return
            except StoreError:
                pass  # nothing was stored; each alone shows which of them cannot be, such as those too large for a disk
        for one in left:
            try:
                one.made, one.error = self._write_alone(one.change), None
            except Exception as error:  # noqa: BLE001 - raised again where the change is waited for
                one.error = error

    def _write_together(self, changes: Sequence[Waiting[Any]]) -> None:
        """Write changes in one transaction; one that raises an error which is not the database's leaves the others."""
        with self._transaction() as connection:
            driver: Any = connection.connection.dbapi_connection
            for one in changes:
                driver.execute("SAVEPOINT one")
                try:
                    one.made, one.error = one.change(connection), None
                except (SQLAlchemyError, sqlite3.Error, OSError):
                    raise
                except Exception as error:  # noqa: BLE001 - the same
                    one.error = error
                    driver.execute("ROLLBACK TO one")
                driver.execute("RELEASE one")

    def _write_alone(self, change: Callable[[Connection], T]) -> T:
        """Write a change. On a full disk it is tried again with an empty log: most of the space that a change needs is
        that of the log, since pages of the file are reused.
        """
        try:
            with self._transaction() as connection:
                return change(connection)
        except FullStoreError:
            self._empty_log()
            with self._transaction() as connection:
                return change(connection)

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        """A transaction of the thread that writes. What is done in it is stored afterwards, or StoreError is raised."""
        with store_errors():
            engine = self._engine()
            self._still_there()
            with self._noticing_locks(), self._connected(engine) as connection, connection.begin():
                yield connection
            self._still_there()  # otherwise the last write would be lost

    @contextmanager
    def _connected(self, engine: Engine) -> Iterator[Connection]:
        """A connection that is kept, unless the file cannot be written."""
        if self._folder is not None and not self._folder.writable:
            with engine.connect() as connection:
                yield connection
            return
        if self._writing is None:
            self._writing = locks.to_write(engine)
        yield self._writing

    def _close_writing(self) -> None:
        writing, self._writing = self._writing, None
        if writing is not None:
            writing.close()

    def _empty_log(self) -> None:
        """Write the log to the file and truncate it, if there is enough space."""
        with suppress(StoreError), store_errors(), self._engine().connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def _make_room(self, folder: Folder) -> None:
        """Empty the log after a deletion on a full disk, whose reserve was released. The reserve gets half of the
        space, and what is stored next the other half.
        """
        self._empty_log()
        folder.refill(share=0.5)

    @contextmanager
    def _noticing_locks(self) -> Iterator[None]:
        """Remember when another program's lock was found."""
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
                if self._found_locked > came:
                    raise BusyStoreError(WAITED)
                with self._noticing_locks():
                    self._opened = self._open()
            return self._opened

    def _open(self) -> Engine:
        # Before the lock, which is a file in the directory: a rejected directory is not changed.
        layout.check(self._file)
        folder = Folder(self._directory, self._file, self._lent)
        try:
            engine = self._with_room(folder, self._to_write) if folder.writable else self._to_read()
            folder.remember()
        except BaseException:
            folder.close()
            self._close_writing()
            raise
        self._folder = folder
        return engine

    def _with_room(self, folder: Folder, make: Callable[[], Engine]) -> Engine:
        """Open the file; if the disk has no space for its log, use the reserved space."""
        try:
            return make()
        except (SQLAlchemyError, sqlite3.Error) as error:
            self._close_writing()
            if meaning(error) is not FullStoreError or not folder.release():
                raise
            return make()

    def _to_write(self) -> Engine:
        engine = create_engine(
            f"sqlite:///{self._file}",
            connect_args={"isolation_level": None},
            hide_parameters=True,
            pool_size=POOLED,
            max_overflow=-1,
        )
        locks.configure(engine)
        # Kept, since opening another one takes space, which a full disk may not have.
        self._writing = locks.to_write(engine)
        with self._writing.begin():
            layout.bring_up(self._writing, self._file)
        return engine

    def _to_read(self) -> Engine:
        layout.check_readable(self._file)
        return create_engine(
            "sqlite://",
            creator=lambda: sqlite3.connect(layout.reading(self._file), uri=True, check_same_thread=False),
            poolclass=NullPool,
            hide_parameters=True,
        )


def _delete(key: str, check: Callable[[StoredNetwork], None], connection: Connection, *, sparing: bool = False) -> bool:
    """Delete a network. Deleted data are overwritten, unless the log must stay small."""
    connection.exec_driver_sql(f"PRAGMA secure_delete={'FAST' if sparing else 'ON'}")
    return remove(key, check, connection)
