"""Connections of psycopg on which nothing waits for long. Imported only for a store in PostgreSQL."""

from time import monotonic
from typing import Any, Self

import psycopg
from psycopg import waiting
from psycopg.abc import PQGen
from psycopg.conninfo import conninfo_attempts, make_conninfo
from sqlalchemy import Engine, event
from sqlalchemy.exc import DisconnectionError

# A connection that was not used for a moment is tried first, and replaced if the server was restarted meanwhile. Both
# together take less than a second and a half.
IDLE_SECONDS = 1.0
PING_SECONDS = 0.5
CONNECT_SECONDS = 0.9
# More than the server itself allows a statement, so that a slow one has the server's error.
ANSWER_SECONDS = 1.3
_INTERVAL = 0.1


class PatientConnection(psycopg.Connection[Any]):
    """A connection that is closed if the server does not answer a statement within `patience` seconds.

    libpq has no such deadline, and psycopg waits at least two seconds for a connection.
    """

    patience = ANSWER_SECONDS

    @classmethod
    def opened(cls, **parameters: Any) -> Self:
        """Connect to the first of the servers that answers within a second."""
        failure: psycopg.Error = psycopg.OperationalError("no server is named")
        for attempt in conninfo_attempts(parameters):
            try:
                made = cls._connect_gen(make_conninfo("", **attempt))
                return waiting.wait_conn(made, interval=_INTERVAL, timeout=CONNECT_SECONDS)
            except psycopg.Error as error:
                failure = error
        raise psycopg.OperationalError(str(failure)) from failure

    def wait(self, gen: PQGen[Any], interval: float = _INTERVAL, timeout: float | None = None) -> Any:
        """Wait for the answer to a statement."""
        try:
            return super().wait(gen, interval, timeout or self.patience)
        except psycopg.OperationalError as error:
            if error.sqlstate is None:
                # Otherwise what comes later would be taken for the answer to the next statement.
                self.pgconn.finish()
            raise

    def ping(self) -> None:
        """Raise psycopg's error if the server does not answer at once."""
        self.patience = PING_SECONDS
        try:
            self.autocommit = True
            self.execute("SELECT 1")
            self.autocommit = False
        finally:
            del self.patience


def watch(engine: Engine) -> None:
    """Try connections of a pool that were not used for a moment before they are used again."""

    def used(_: PatientConnection, record: Any) -> None:
        record.info["used"] = monotonic()

    def try_idle(connection: PatientConnection, record: Any, _: object) -> None:
        if monotonic() - record.info["used"] > IDLE_SECONDS:
            try:
                connection.ping()
            except psycopg.Error as error:
                raise DisconnectionError from error

    event.listen(engine, "connect", used)
    event.listen(engine, "checkin", used)
    event.listen(engine, "checkout", try_idle)
