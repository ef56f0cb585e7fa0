"""Connections to a SQLite file, and how they get the writer's lock."""

import sqlite3
from time import monotonic
from typing import Any, Final

from sqlalchemy import Connection, Engine, event

from app.store.troubles import BusyStoreError, meaning

BUSY_TIMEOUT_MS: Final = 1_000
# SQLite waits longer after each attempt to get the lock, so that among several processes some wait very long.
ATTEMPT_MS: Final = 4


def configure(engine: Engine) -> None:
    """Configure every connection of an engine."""
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)


def to_write(engine: Engine) -> Connection:
    """Return a connection outside of the engine's pool, whose transactions begin as writers."""
    connection = engine.connect().execution_options(writes=True)
    connection.detach()
    driver: Any = connection.connection.dbapi_connection
    driver.execute(f"PRAGMA busy_timeout={ATTEMPT_MS}")
    return connection


def _configure(connection: Any, _: object) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={BUSY_TIMEOUT_MS}"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A deferred transaction that turns into a writer ignores the busy timeout; one that begins as a writer waits its
    # turn. A reader needs no transaction for a single statement, and takes no lock that a writer has.
    if not connection.get_execution_options().get("writes"):
        return
    until = monotonic() + BUSY_TIMEOUT_MS / 1_000
    while not _locked(connection.connection.dbapi_connection, last=monotonic() > until):
        pass


def _locked(driver: Any, *, last: bool) -> bool:
    """Whether the lock could be got; the last attempt raises the error if not."""
    try:
        driver.execute("BEGIN IMMEDIATE")
    except sqlite3.Error as error:
        if last or meaning(error) is not BusyStoreError:
            raise
        return False
    return True
