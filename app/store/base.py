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
    later step adds those that it has `passed`, the ones right before `step`.
    """

    id: str
    document: bytes
    cursor: int
    version: int
    step: int = 1
    first: int = 1
    passed: tuple[bytes, ...] = ()


class NetworkStore(Protocol):
    """Keeps networks, each under a key that edits it, and under one that only reads it and is derived from the first
    (`keys`).

    Methods return None or False for an unknown key, and for a change with a key that only reads. Every method may raise
    a StoreError.
    """

    def start(self) -> None:
        """Open existing data, so that a service does not start with a store that it cannot use."""

    def close(self) -> None:
        """Close everything that is open."""

    def create(self, key: str, document: bytes) -> StoredNetwork:
        """Store a new network, which `key` edits."""

    def get(self, key: str) -> StoredNetwork | None:
        """Return the network that `key` edits or reads, as it is now."""

    def document_at(self, network: StoredNetwork, step: int) -> bytes | None:
        """Return the document at the start of an earlier training step, if it is kept."""

    def change(self, key: str, edit: Callable[[StoredNetwork], StoredNetwork]) -> StoredNetwork | None:
        """Replace the network by the result of `edit`.

        The starts of earlier training steps from `first` on are kept, and the others deleted.

        `edit` may be called again if another change came first; if it raises, nothing is changed, and if it returns the
        network as it was, nothing is written.
        """

    def delete(self, key: str, check: Callable[[StoredNetwork], None]) -> bool:
        """Delete the network, unless `check` raises."""
