"""Networks in a PostgreSQL database, which several processes and machines can use together."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from secrets import token_bytes
from threading import Lock
from time import monotonic
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from starlette.concurrency import run_in_threadpool

from app.store import class_sessions
from app.store.sql import SqlStore
from app.store.tables import LAYOUT, metadata
from app.store.troubles import AwayStoreError, ForeignStoreError, NewerStoreError, store_errors

SCHEME = "postgresql+psycopg"
POOLED = 8  # connections that each process keeps
MOST = 24  # connections of each process; PostgreSQL usually allows a hundred in all
WAIT_MS = 1_000  # for a lock, and for the answer to a statement
RETRY_SECONDS = 0.5  # after which a database that did not answer is asked again
MIGRATION_SECONDS = 600.0
# Ends connections to a machine that is gone.
KEEPALIVE = {
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "application_name": "tinyml-explorer",
}
# Any number: only one of several processes that start at the same time creates or migrates the tables.
MIGRATION_LOCK = 7_316_511

T = TypeVar("T")


class PostgresStore(SqlStore):
    """A store in the database at `url`, whose tables are created at the first use.

    Every statement has a deadline, so that requests wait about a second for a database that does not answer; those that
    come meanwhile are refused at once.
    """

    def __init__(self, url: str) -> None:
        """Raises ValueError if this is not the address of a PostgreSQL database, or psycopg is not installed."""
        super().__init__()
        self._url = address(url)
        self._opening = Lock()
        self._opened: Engine | None = None
        self._away = 0.0  # when the database was last found not to answer, by the monotonic clock

    def start(self) -> None:
        with self._noticing():
            self._engine()

    def share(self) -> int | None:
        self.start()
        return None

    def adopt(self, lock: int) -> None:
        """There is no lock: whatever may connect to the database may use it."""

    def check(self) -> None:
        with self._reading() as connection:
            connection.exec_driver_sql("SELECT id FROM networks LIMIT 1")

    def secret(self, *, make: bool = False) -> bytes | None:
        if make:
            return self._write(lambda connection: class_sessions.keep_secret(connection, token_bytes(32)))
        with self._reading() as connection:
            return class_sessions.secret(connection)

    def close(self) -> None:
        with self._opening:
            if self._opened is not None:
                self._opened.dispose()
            self._opened = None

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._noticing():
            engine = self._engine().execution_options(isolation_level="AUTOCOMMIT")
            with engine.connect() as connection:
                yield connection

    def _write(self, change: Callable[[Connection], T]) -> T:
        with self._noticing(), self._engine().begin() as connection:
            return change(connection)

    async def _write_soon(self, change: Callable[[Connection], T]) -> T:
        return await run_in_threadpool(self._write, change)

    @contextmanager
    def _noticing(self) -> Iterator[None]:
        """Notice that the database does not answer, and refuse requests for a moment then."""
        if monotonic() < self._away + RETRY_SECONDS:
            raise AwayStoreError("it did not answer a moment ago")
        try:
            with store_errors():
                yield
        except AwayStoreError:
            self._away = monotonic()
            raise

    def _engine(self) -> Engine:
        with self._opening:
            if self._opened is None:
                engine = self._made()
                try:
                    with engine.begin() as connection:
                        _prepare(connection)
                except BaseException:
                    engine.dispose()
                    raise
                self._opened = engine
            return self._opened

    def _made(self) -> Engine:
        # Imported here, since it is not needed for a store in a file.
        from app.store.deadlines import PatientConnection, watch

        query = {name: value for name, value in self._url.query.items() if isinstance(value, str)}
        parameters = {
            **KEEPALIVE,
            **query,
            **self._url.translate_connect_args(username="user", database="dbname"),
            "options": f"{query.get('options', '')} -c lock_timeout={WAIT_MS} -c statement_timeout={WAIT_MS}",
        }
        engine = create_engine(
            f"{SCHEME}://",
            creator=lambda: PatientConnection.opened(**parameters),
            hide_parameters=True,
            pool_size=POOLED,
            max_overflow=MOST - POOLED,
            pool_timeout=WAIT_MS / 1_000,
        )
        watch(engine)
        return engine


def address(url: str) -> URL:
    """Return the address of a PostgreSQL database. Raises ValueError, without the password, for another one."""
    try:
        made = make_url(url)
    except (ArgumentError, ValueError):
        made = None
    if made is None or made.drivername != SCHEME or not made.database:
        raise ValueError(f"the database: expected an address such as {SCHEME}://user:password@host/name")
    if find_spec("psycopg") is None:
        raise ValueError("the database: PostgreSQL needs psycopg; pip install 'backprop-explorer[postgres]'")
    return made


def _prepare(connection: Connection) -> None:
    """Create or migrate the tables if necessary. Raises StoreError if this version cannot use them."""
    if _revision(connection) == LAYOUT:
        return
    from app.store import migrations

    driver: Any = connection.connection.dbapi_connection
    driver.patience = MIGRATION_SECONDS
    try:
        for name in ("lock_timeout", "statement_timeout"):
            connection.exec_driver_sql(f"SET LOCAL {name} = 0")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})")
        if _revision(connection) != LAYOUT:
            migrations.bring_up(connection, None)
    finally:
        del driver.patience


def _revision(connection: Connection) -> int | None:
    """The layout of the tables; None if there are none."""
    inspector = inspect(connection)
    tables = {*inspector.get_table_names()}
    if "alembic_version" not in tables:
        if tables & {*metadata.tables}:
            raise ForeignStoreError("the database has tables of the same names, and not those of networks")
        return None
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    columns = {column["name"] for column in inspector.get_columns("networks")} if "networks" in tables else set()
    if not (found and found.isdigit() and columns >= {"id", "document", "cursor", "version"}):
        raise ForeignStoreError("the database has migrations of another program")
    if int(found) > LAYOUT:
        raise NewerStoreError(
            f"the database has layout {found} of a newer version; this one knows layouts up to {LAYOUT}"
        )
    return int(found)
