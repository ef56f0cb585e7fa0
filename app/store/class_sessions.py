"""Which guest sessions have entered a class code, and the secret of the codes where there is no data folder."""

from time import time

from sqlalchemy import Connection, func, select

from app.store.tables import class_sessions, secrets

# Any number: sessions that enter at the same time are counted one after another.
COUNTING_LOCK = 7_316_512
NAME = "class"


def secret(connection: Connection) -> bytes | None:
    """The secret; None if there is none yet."""
    found: bytes | None = connection.execute(select(secrets.c.value).where(secrets.c.name == NAME)).scalar()
    return found


def keep_secret(connection: Connection, new: bytes) -> bytes:
    """Store a new secret, unless there is one. Returns the one that is stored."""
    _one_after_another(connection)
    found = secret(connection)
    if found is None:
        connection.execute(secrets.insert().values(name=NAME, value=new))
    return found or new


def join(connection: Connection, code: str, session: str, learners: int, until: int, now: int) -> bool:
    """Record that a session has entered a code, up to so many sessions. Returns whether it has."""
    _one_after_another(connection)
    connection.execute(class_sessions.delete().where(class_sessions.c.until <= now))
    of_it = class_sessions.c.code == code
    if connection.execute(select(class_sessions.c.session).where(of_it, class_sessions.c.session == session)).first():
        return True
    if connection.execute(select(func.count()).select_from(class_sessions).where(of_it)).scalar_one() >= learners:
        return False
    connection.execute(class_sessions.insert().values(code=code, session=session, until=until))
    return True


def holds(connection: Connection, session: str) -> bool:
    """Whether a session has entered a code that has not ended."""
    valid = (class_sessions.c.session == session) & (class_sessions.c.until > int(time()))
    return connection.execute(select(class_sessions.c.code).where(valid)).first() is not None


def _one_after_another(connection: Connection) -> None:
    # A writer of SQLite has the file for itself.
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({COUNTING_LOCK})")
