"""The interface of a store."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class StoredNetwork:
    """A stored network: the filled document as JSON, and the cursor within its training step.

    `id` is the hash of the key that edits it.

    The document is that at the start of the training step `step`; everything else follows from it. `version` counts the
    changes. The documents at the start of the training steps from `first` on are kept too; an edit that moves on to a
    later step adds those that it has `passed`, the ones right before `step`. `clamped` says that an edit was to go back
    further than that; only the answer to the edit has it.
    """

    id: str
    document: bytes
    cursor: int
    version: int
    step: int = 1
    first: int = 1
    passed: tuple[bytes, ...] = ()
    clamped: bool = False


@dataclass(frozen=True, slots=True)
class Once:
    """A request that has its effect once, however often it is sent.

    `name` is a hash of its Idempotency-Key, `request` one of everything else in it. The key of a network that it
    creates is derived from `seed` and from the Idempotency-Key, which is not stored.
    """

    name: str
    request: str
    seed: bytes = b""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an earlier request with the same name did: its seed, and the network after it; None if that was deleted."""

    seed: bytes
    network: StoredNetwork | None


class RepeatedError(Exception):
    """The same request was carried out at the same time."""


class OtherRequestError(Exception):
    """An earlier request had the same name, and was another one."""


@dataclass(frozen=True, slots=True)
class Owner:
    """The guest session that creates a network, and the day of that since 1970."""

    session: str
    day: int


class QuotaError(Exception):
    """A guest session would have stored too much; nothing was changed."""

    def __init__(self, limit: str, asked: int) -> None:
        super().__init__(limit)
        self.limit, self.asked = limit, asked


class NetworkStore(Protocol):
    """Keeps networks, each under a key that edits it, and under one that only reads it and is derived from the first
    (`keys`).

    Methods return None or False for an unknown key, and for a change with a key that only reads. Every method may raise
    a StoreError, and one with a Once an OtherRequestError.
    """

    # Called with each network that is read or changed.
    seen: Callable[[StoredNetwork], None] | None

    def start(self) -> None:
        """Open existing data, so that a service does not start with a store that it cannot use."""

    def share(self) -> int | None:
        """Open existing data or create it, for worker processes. Returns the descriptor of a lock that they have to
        hold, if there is one.
        """

    def adopt(self, lock: int) -> None:
        """Use the data together with the process that has this lock, and with its other workers."""

    def check(self) -> None:
        """Read from existing data, to know that it can be read. Creates nothing."""

    def close(self) -> None:
        """Close everything that is open."""

    def create(self, key: str, document: bytes, once: Once | None = None, owner: Owner | None = None) -> StoredNetwork:
        """Store a new network, which `key` edits. Raises RepeatedError if the request was carried out already, and
        QuotaError if its owner has too many networks.
        """

    def used(self, network: StoredNetwork, day: int) -> None:
        """Record that a network is used on a day since 1970. Does nothing if the store cannot be written now."""

    def delete_unused(self, days: int, today: int) -> int:
        """Delete the networks that were not used for more than these days, of which days without a call of this do not
        count. Returns how many.
        """

    def secret(self, *, make: bool = False) -> bytes | None:
        """Return the secret that class codes are signed with. If there is none, `make` it, or return None."""

    def join(self, code: str, session: str, learners: int, until: int, now: int) -> bool:
        """Record that a guest session has entered a class code, which holds until then and for so many sessions.
        Returns whether it has; its quotas do not apply then. Times are in seconds since 1970.
        """

    def earlier(self, once: Once) -> Earlier | None:
        """Return what the request did when it was carried out before."""

    def get(self, key: str) -> StoredNetwork | None:
        """Return the network that `key` edits or reads, as it is now."""

    def document_at(self, network: StoredNetwork, step: int) -> bytes | None:
        """Return the document at the start of an earlier training step, if it is kept."""

    def change(
        self, key: str, edit: Callable[[StoredNetwork], StoredNetwork], once: Once | None = None
    ) -> StoredNetwork | None:
        """Replace the network by the result of `edit`, and return that; if the request was carried out before, return
        the result of that time.

        The starts of earlier training steps from `first` on are kept, and the others deleted.

        `edit` may be called again if another change came first; if it raises, nothing is changed, and if it returns the
        network as it was, nothing is written.
        """

    async def change_at_once(
        self, key: str, edit: Callable[[StoredNetwork], StoredNetwork], once: Once | None = None
    ) -> StoredNetwork | None:
        """`change` for a network that this process read or wrote a moment ago, without blocking the event loop.

        Returns None if it has to be done by `change`: if the network is another one meanwhile, if it would not change,
        if the request was carried out before, or if `edit` raises.
        """

    def delete(self, key: str, check: Callable[[StoredNetwork], None]) -> bool:
        """Delete the network, unless `check` raises."""
