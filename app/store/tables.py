"""The tables of stored networks, and how a network is written to them and read from them."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    bindparam,
    false,
    or_,
    select,
)

from app.store import keys
from app.store.base import StoredNetwork
from app.store.hot import Hot

# The cursor counts terms, which can be more than 2³¹; SQLite's integers have 64 bits anyway.
_LONG = BigInteger().with_variant(Integer, "sqlite")

# The number of the latest migration. 0: networks without training steps. 1: with `step`, `first` and the table
# `starts`. 2: with hashes of keys instead of the keys, and `view`. 3: with the table `answers`. 4: with `uses`.
# 5: with `class_sessions` and `secrets`.
LAYOUT = 5

metadata = MetaData()
# `id` and `view` are the hashes of the keys that edit and read.
networks = Table(
    "networks",
    metadata,
    Column("id", String, primary_key=True),
    Column("view", String, nullable=False, server_default=""),
    Column("document", LargeBinary, nullable=False),
    Column("cursor", _LONG, nullable=False),
    Column("version", _LONG, nullable=False),
    Column("step", _LONG, nullable=False, server_default="1"),
    Column("first", _LONG, nullable=False, server_default="1"),
)
Index("networks_view", networks.c.view, unique=True)
# The documents at the start of earlier training steps that can be restored.
starts = Table(
    "starts",
    metadata,
    Column("id", String, primary_key=True),
    Column("step", _LONG, primary_key=True),
    Column("document", LargeBinary, nullable=False),
)
# What requests with an Idempotency-Key did: the network after each, without `document` once it was deleted. `made` is
# the time in seconds since 1970.
answers = Table(
    "answers",
    metadata,
    Column("name", String, primary_key=True),
    Column("request", String, nullable=False),
    Column("seed", LargeBinary, nullable=False),
    Column("made", _LONG, nullable=False),
    Column("id", String, nullable=False),
    Column("document", LargeBinary),
    Column("cursor", _LONG, nullable=False),
    Column("version", _LONG, nullable=False),
    Column("step", _LONG, nullable=False),
    Column("first", _LONG, nullable=False),
    Column("clamped", Boolean, nullable=False, server_default=false()),
)
Index("answers_made", answers.c.made)
Index("answers_id", answers.c.id)


# The day since 1970 on which each network was last used, and the hash of the guest session that created it.
uses = Table(
    "uses",
    metadata,
    Column("id", String, primary_key=True),
    Column("day", _LONG, nullable=False),
    Column("session", String, nullable=False, server_default=""),
)
Index("uses_day", uses.c.day)
Index("uses_session", uses.c.session)
# The guest sessions that have entered a class code, by hashes of both, until it ends; in seconds since 1970.
class_sessions = Table(
    "class_sessions",
    metadata,
    Column("code", String, primary_key=True),
    Column("session", String, primary_key=True),
    Column("until", _LONG, nullable=False),
)
Index("class_sessions_session", class_sessions.c.session)
Index("class_sessions_until", class_sessions.c.until)
# What class codes are signed with, if there is no data folder with a file for it.
secrets = Table(
    "secrets",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)


_OF_KEY = networks.select().where(networks.c.id == bindparam("key"))
_TO_EDIT, _TO_LOCK = Hot(_OF_KEY), Hot(_OF_KEY.with_for_update())
_TO_READ = Hot(networks.select().where(or_(networks.c.id == bindparam("key"), networks.c.view == bindparam("key"))))
_CHANGING = ("document", "cursor", "version", "step", "first")
_REPLACE = Hot(
    networks.update()
    .where(networks.c.id == bindparam("read_id"), networks.c.version == bindparam("read_version"))
    .values({name: bindparam(f"new_{name}") for name in _CHANGING})
)
_OUTSIDE = Hot(
    starts.delete().where(
        starts.c.id == bindparam("of"), or_(starts.c.step < bindparam("first"), starts.c.step >= bindparam("now"))
    )
)
_KEEP = starts.insert()
_START = Hot(select(starts.c.document).where(starts.c.id == bindparam("of"), starts.c.step == bindparam("at")))


def keep_starts(connection: Connection, network: StoredNetwork) -> None:
    """Store the passed starts; delete those too far before, and those no longer before the training step."""
    _OUTSIDE.run(connection, of=network.id, first=network.first, now=network.step)
    earliest = network.step - len(network.passed)
    rows = [{"id": network.id, "step": step, "document": of} for step, of in enumerate(network.passed, earliest)]
    if rows:
        connection.execute(_KEEP, rows)


def read(connection: Connection, key: str, *, to_edit: bool, lock: bool = False) -> StoredNetwork | None:
    """Return the network that this key edits or, unless it is to be edited, reads; or None.

    With `lock` no other transaction changes it until the end of this one; SQLite has only one writer, and ignores it.
    """
    chosen = _TO_LOCK if lock else _TO_EDIT if to_edit else _TO_READ
    row = chosen.run(connection, key=keys.hashed(key)).fetchone()
    if row is None:
        return None
    name, _, *others = row
    return StoredNetwork(name, *others)


def read_start(connection: Connection, network: StoredNetwork, step: int) -> bytes | None:
    """Return the document at the start of an earlier training step, if it is kept."""
    row = _START.run(connection, of=network.id, at=step).fetchone()
    return None if row is None else row[0]


def replace_row(connection: Connection, network: StoredNetwork, changed: StoredNetwork) -> bool:
    """Write a changed network if the stored one is still the one that was read. Returns whether it was."""
    new = {f"new_{name}": getattr(changed, name) for name in _CHANGING}
    return bool(_REPLACE.run(connection, read_id=network.id, read_version=network.version, **new).rowcount)


def columns_of(network: StoredNetwork) -> dict[str, Any]:
    """Return the row of a network."""
    return {
        "id": network.id,
        "document": network.document,
        "cursor": network.cursor,
        "version": network.version,
        "step": network.step,
        "first": network.first,
    }
