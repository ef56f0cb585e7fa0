"""When each network was last used, by day, and which guest session created it.

A network is deleted when it was not used for so many days. Days on which no server looked do not count, so that neither
a long pause of the service nor a wrong clock deletes everything.
"""

from importlib import import_module
from typing import Any

from sqlalchemy import Connection, func, select

from app import limits
from app.store import class_sessions, repeats
from app.store.base import QuotaError
from app.store.tables import networks, starts, uses

# The id of the row with the day of the last look.
LOOKED = ""
AT_A_TIME = 100  # networks that one transaction deletes


def note(connection: Connection, id: str, day: int) -> None:
    """Record that a network is used on this day."""
    connection.execute(
        _insert(connection).values(id=id, day=day).on_conflict_do_update(index_elements=["id"], set_={"day": day})
    )


def own(connection: Connection, id: str, session: str, day: int) -> None:
    """Record that a guest session created a network. Raises QuotaError if that is one too many for the session."""
    connection.execute(uses.insert().values(id=id, day=day, session=session))
    count = connection.execute(select(func.count()).where(uses.c.session == session)).scalar_one()
    if count > limits.MAX_GUEST_NETWORKS and not class_sessions.holds(connection, session):
        raise QuotaError("MAX_GUEST_NETWORKS", count)
    check_bytes(connection, id)


def check_bytes(connection: Connection, id: str) -> None:
    """Raise QuotaError if a network is that of a guest session which has stored too much."""
    session = connection.execute(select(uses.c.session).where(uses.c.id == id)).scalar()
    if not session:
        return
    of_it = select(uses.c.id).where(uses.c.session == session)
    stored = sum(
        connection.execute(select(func.sum(func.length(table.c.document))).where(table.c.id.in_(of_it))).scalar() or 0
        for table in (networks, starts)
    )
    if stored > limits.MAX_GUEST_BYTES and not class_sessions.holds(connection, session):
        raise QuotaError("MAX_GUEST_BYTES", stored)


def forget(connection: Connection, id: str) -> None:
    """Remove what is recorded of a network that is deleted."""
    connection.execute(uses.delete().where(uses.c.id == id))


def look(connection: Connection, today: int) -> None:
    """Record that a server looks today. A network of which nothing is recorded counts as used today."""
    # Of several servers, one looks first.
    last = connection.execute(select(uses.c.day).where(uses.c.id == LOOKED).with_for_update()).scalar()
    missed = 0 if last is None else max(0, today - last - 1)
    if missed:
        connection.execute(uses.update().values(day=uses.c.day + missed))
    connection.execute(uses.update().where(uses.c.day > today).values(day=today))
    note(connection, LOOKED, today)
    known = select(uses.c.id)
    unknown = connection.execute(select(networks.c.id).where(networks.c.id.not_in(known))).scalars().all()
    if unknown:
        new = _insert(connection).on_conflict_do_nothing()
        connection.execute(new, [{"id": one, "day": today} for one in unknown])


def delete_unused(connection: Connection, since: int) -> int:
    """Delete some of the networks that were not used on this day or later. Returns how many."""
    unused = select(uses.c.id).where(uses.c.day < since, uses.c.id != LOOKED).limit(AT_A_TIME)
    ids = connection.execute(unused).scalars().all()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete=ON")  # deleted data are overwritten
    for table in (networks, starts, uses):
        connection.execute(table.delete().where(table.c.id.in_(ids)))
    for one in ids:
        repeats.forget(connection, one)
    return len(ids)


def _insert(connection: Connection) -> Any:
    """An insert that can say what happens if another process has recorded the same at this moment."""
    # Only the module of this database: the other one takes long to import.
    dialect = import_module(f"sqlalchemy.dialects.{connection.dialect.name}")
    return dialect.insert(uses)
