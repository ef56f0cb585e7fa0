"""The errors of a store, each with its answer, and their mapping from errors of databases and the file system."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout


class StoreError(Exception):
    """The store cannot be read or written now. Each kind has the `key`, the `status` and the `detail` of its answer.

    `stops` says that a service does not start with such a store, `passes` that the same request may succeed a moment
    later.
    """

    key = "storage"
    status = 503
    stops = True
    passes = False
    detail = (
        "The stored networks cannot be read or written now, and nothing was changed; check the data directory or "
        "the database, or try again."
    )


class FullStoreError(StoreError):
    """There is no space left."""

    key = "storage_full"
    stops = False
    status = 507
    detail = (
        "There is no space left for stored networks, and nothing was changed; delete networks, or make room on the "
        "disk of the data directory or the database."
    )


class ReadOnlyStoreError(StoreError):
    """The data directory, its file or the database cannot be written."""

    key = "storage_read_only"
    stops = False
    detail = (
        "The stored networks can be read but not changed, since the data directory or the database cannot be written; "
        "check who may write to it."
    )


class CorruptStoreError(StoreError):
    """The file is damaged, or no SQLite file."""

    key = "storage_corrupt"
    detail = (
        "The file of stored networks is damaged or no SQLite file, and is left as it is; put a copy in its place, or "
        "give this service another data directory (TINYML_DATA)."
    )


class ForeignStoreError(StoreError):
    """The file, or the tables of the database, are those of another program."""

    key = "storage_foreign"
    detail = (
        "The file networks.sqlite3 in the data directory, or the database, is that of another program, and is left as "
        "it is; give this service another data directory (TINYML_DATA) or database (TINYML_DATABASE)."
    )


class NewerStoreError(StoreError):
    """A newer version wrote the networks, and this version does not change them."""

    key = "storage_newer"
    detail = (
        "The stored networks are those of a newer version of this service, and this one leaves them as they are; start "
        "that version, or give this one another data directory (TINYML_DATA) or database (TINYML_DATABASE)."
    )


class BusyStoreError(StoreError):
    """Another program holds a lock, or too many changes wait."""

    key = "storage_busy"
    stops = False
    passes = True
    detail = "The stored networks are locked by another program, such as a backup, and nothing was changed; try again."


class AwayStoreError(StoreError):
    """The database does not answer."""

    key = "storage_away"
    stops = False
    passes = True
    detail = (
        "The database of the stored networks does not answer. Whether a change was stored is not known: GET the "
        "network, or repeat the request with its Idempotency-Key."
    )


class GoneStoreError(StoreError):
    """The data directory, its file or the tables of the database were removed while the service was running."""

    key = "storage_gone"
    detail = (
        "The data directory or the tables of the database were removed or replaced while the service was running, and "
        "nothing was stored; put them back, or start the service again."
    )


class TakenStoreError(StoreError):
    """Another server uses the data directory."""

    key = "storage_taken"
    detail = (
        "Another server uses this data directory; stop that one, or give this one another data directory (TINYML_DATA, "
        "--data)."
    )


_OF_SQLITE: dict[int, type[StoreError]] = {
    # There is no space for the index of the log: the same as a full disk, on which the file is opened again.
    sqlite3.SQLITE_IOERR_SHMSIZE: FullStoreError,
    sqlite3.SQLITE_FULL: FullStoreError,
    sqlite3.SQLITE_READONLY: ReadOnlyStoreError,
    sqlite3.SQLITE_CORRUPT: CorruptStoreError,
    sqlite3.SQLITE_NOTADB: CorruptStoreError,
    sqlite3.SQLITE_BUSY: BusyStoreError,
    sqlite3.SQLITE_LOCKED: BusyStoreError,
}
# By the first characters of the SQLSTATE (postgresql.org/docs/current/errcodes-appendix.html).
_OF_POSTGRES: dict[str, type[StoreError]] = {
    "08": AwayStoreError,
    "25006": ReadOnlyStoreError,
    "40": BusyStoreError,  # serialization failure, deadlock
    "42501": ReadOnlyStoreError,
    "42P01": GoneStoreError,
    "53100": FullStoreError,
    "53300": BusyStoreError,  # too many connections
    "55P03": BusyStoreError,  # a lock was not available in time
    "57014": BusyStoreError,  # a statement took too long
    "57P": AwayStoreError,  # the server stops, or starts
    "XX001": CorruptStoreError,
    "XX002": CorruptStoreError,
}
_OF_SYSTEM: dict[int | None, type[StoreError]] = {
    errno.ENOSPC: FullStoreError,
    errno.EDQUOT: FullStoreError,
    errno.EROFS: ReadOnlyStoreError,
    errno.EACCES: ReadOnlyStoreError,
    errno.EPERM: ReadOnlyStoreError,
}
# An extended code of SQLite has the primary one in its last byte (sqlite.org/rescode.html).
_PRIMARY = 0xFF


@contextmanager
def store_errors() -> Iterator[None]:
    """Convert an error of SQLite or of the file system to the corresponding StoreError."""
    try:
        yield
    except (OSError, SQLAlchemyError, sqlite3.Error) as error:
        raise meaning(error)(str(error)) from error


def meaning(error: BaseException) -> type[StoreError]:
    """Return the kind of StoreError for an error; StoreError itself if there is no specific one."""
    if isinstance(error, DBAPIError) and error.orig is not None:
        return meaning(error.orig)
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", 0)
        return _OF_SQLITE.get(code) or _OF_SQLITE.get(code & _PRIMARY, StoreError)
    if isinstance(error, PoolTimeout):
        return BusyStoreError
    if hasattr(error, "sqlstate"):  # psycopg's, which is not imported for this
        return _of_state(error.sqlstate)
    if isinstance(error, OSError):
        return _OF_SYSTEM.get(error.errno, StoreError)
    return StoreError


def _of_state(state: str | None) -> type[StoreError]:
    """Return the kind for a SQLSTATE; without one there was no answer."""
    if state is None:
        return AwayStoreError
    return next((kind for start, kind in _OF_POSTGRES.items() if state.startswith(start)), StoreError)
