"""What stores of both databases do alike: their statements, and how a change is tried again after another one."""

from abc import abstractmethod
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from functools import partial
from typing import TypeVar

from sqlalchemy import Connection

from app.store import class_sessions, keys, repeats, uses
from app.store.base import Earlier, NetworkStore, Once, Owner, RepeatedError, StoredNetwork
from app.store.recent import Recent
from app.store.tables import columns_of, keep_starts, networks, read, read_start, replace_row, starts
from app.store.troubles import StoreError

MAX_ATTEMPTS = 100  # far more than changes of one network that can come at once

T = TypeVar("T")


class SqlStore(NetworkStore):
    """A store whose statements run on a connection of SQLAlchemy."""

    # Called with each network that is read or changed.
    seen: Callable[[StoredNetwork], None] | None = None

    def __init__(self) -> None:
        self._recent = Recent()

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]:
        """A connection whose statements each see what was committed before them. Raises StoreError."""

    @abstractmethod
    def _write(self, change: Callable[[Connection], T]) -> T:
        """Run a change in a transaction. Raises StoreError."""

    @abstractmethod
    async def _write_soon(self, change: Callable[[Connection], T]) -> T:
        """`_write` without blocking the event loop."""

    def create(self, key: str, document: bytes, once: Once | None = None, owner: Owner | None = None) -> StoredNetwork:
        network = StoredNetwork(keys.hashed(key), document, cursor=0, version=1)
        self._write(partial(_insert, key, network, once, owner))
        self._recent.read(network)
        return network

    def used(self, network: StoredNetwork, day: int) -> None:
        with suppress(StoreError):
            self._write(partial(uses.note, id=network.id, day=day))

    def delete_unused(self, days: int, today: int) -> int:
        self._write(partial(uses.look, today=today))
        count = 0
        while deleted := self._write(partial(uses.delete_unused, since=today - days)):
            count += deleted
        return count

    def join(self, code: str, session: str, learners: int, until: int, now: int) -> bool:
        return self._write(
            partial(class_sessions.join, code=code, session=session, learners=learners, until=until, now=now)
        )

    def earlier(self, once: Once) -> Earlier | None:
        with self._reading() as connection:
            return repeats.find(connection, once)

    def get(self, key: str) -> StoredNetwork | None:
        with self._reading() as connection:
            network = read(connection, key, to_edit=False)
        self._see(network)
        return network

    def document_at(self, network: StoredNetwork, step: int) -> bytes | None:
        with self._reading() as connection:
            return read_start(connection, network, step)

    def change(
        self, key: str, edit: Callable[[StoredNetwork], StoredNetwork], once: Once | None = None
    ) -> StoredNetwork | None:
        # The edit is computed without a lock, so that a slow one blocks no other, and is written only if the network is
        # still the one from which it was computed.
        for _ in range(MAX_ATTEMPTS):
            with self._reading() as connection:
                network = read(connection, key, to_edit=True)
                # Looked for after the network: if the same request comes first from here on, the network is not the
                # one that was read.
                earlier = None if once is None else repeats.find(connection, once)
            if network is None:
                return None
            self._see(network)
            if earlier is not None:
                return earlier.network
            edited = edit(network)
            changed = _after(network, edited)
            if changed.version == network.version and once is None:
                return edited
            try:
                if self._write(partial(_replace, network, edited, changed, once)):
                    self._recent.written(changed)
                    return changed
            except RepeatedError:
                continue
        raise StoreError(f"{MAX_ATTEMPTS} other changes came first")

    async def change_at_once(
        self, key: str, edit: Callable[[StoredNetwork], StoredNetwork], once: Once | None = None
    ) -> StoredNetwork | None:
        network = self._recent.find(keys.hashed(key))
        if network is None:
            return None
        try:
            edited = edit(network)
        except Exception:  # noqa: BLE001 - it is raised again by `change`, if it is true of the stored network
            return None
        changed = _after(network, edited)
        if changed.version == network.version:
            return None
        # The next change begins with this one, which is not stored yet: if it cannot be, the next cannot either.
        self._recent.written(changed)
        stored = False
        try:
            stored = await self._write_soon(partial(_replace, network, edited, changed, once))
        except RepeatedError:
            pass
        finally:
            if not stored:
                self._recent.forget(network.id)
        return changed if stored else None

    def _see(self, network: StoredNetwork | None) -> None:
        if network is not None:
            self._recent.read(network)
            if self.seen is not None:
                self.seen(network)

    def delete(self, key: str, check: Callable[[StoredNetwork], None]) -> bool:
        try:
            return self._write(partial(remove, key, check))
        finally:
            self._recent.forget(keys.hashed(key))


def _after(network: StoredNetwork, edited: StoredNetwork) -> StoredNetwork:
    """The network as it is stored after an edit: with a new version, if anything changed."""
    changes = replace(edited, clamped=False) != network
    return replace(edited, version=network.version + changes, passed=())


def _insert(key: str, network: StoredNetwork, once: Once | None, owner: Owner | None, connection: Connection) -> None:
    row = columns_of(network) | {"view": keys.hashed(keys.reading_key(key))}
    connection.execute(networks.insert().values(**row))
    if owner:
        uses.own(connection, network.id, owner.session, owner.day)
    if once:
        repeats.keep(connection, once, network)


def _replace(
    network: StoredNetwork,
    edited: StoredNetwork,
    changed: StoredNetwork,
    once: Once | None,
    connection: Connection,
) -> bool:
    """Write a changed network if the stored one is still the one that was read. Returns whether it was."""
    if not replace_row(connection, network, changed):
        return False
    if edited.passed or (edited.step, edited.first) != (network.step, network.first):
        keep_starts(connection, edited)
    if edited.passed or len(edited.document) > len(network.document):
        uses.check_bytes(connection, network.id)
    if once:
        repeats.keep(connection, once, changed)
    return True


def remove(key: str, check: Callable[[StoredNetwork], None], connection: Connection) -> bool:
    """Delete a network with all that is stored of it, unless `check` raises. Returns whether there was one."""
    network = read(connection, key, to_edit=True, lock=True)
    if network is None:
        return False
    check(network)
    connection.execute(networks.delete().where(networks.c.id == network.id))
    connection.execute(starts.delete().where(starts.c.id == network.id))
    repeats.forget(connection, network.id)
    uses.forget(connection, network.id)
    return True
