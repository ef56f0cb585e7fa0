"""What a store is: the small interface that the service relies on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class StoredNetwork:
    """A network as it is kept: the filled document as JSON, and the cursor within its training step.

    `id` is the hash of the key that edits it.

    The document is that at the start of the training step `step`; everything else follows from it. `version` counts the
    changes. The documents at the start of the training steps from `first` on are kept too; an edit that goes on to
    later ones brings those that it has `passed`, the ones right before `step`.
    """

    id: str
    document: bytes
    cursor: int
    version: int
    step: int = 1
    first: int = 1
    passed: tuple[bytes, ...] = ()


class NetworkStore(Protocol):
    """Keeps networks, each under a key that edits it, and one that reads it and follows from the first (`keys`).

    An unknown key is None, or False, and so is one that only reads where something is to be changed. Every method may
    raise a StoreError.
    """

    def start(self) -> None:
        """Open what is stored already, so that a service does not start with a store that it cannot use."""

    def close(self) -> None:
        """Release what is open."""

    def create(self, key: str, document: bytes) -> StoredNetwork:
        """Keep a new network, which `key` edits."""

    def get(self, key: str) -> StoredNetwork | None:
        """Return the network that `key` edits or reads, as it is now."""

    def document_at(self, network: StoredNetwork, step: int) -> bytes | None:
        """Return the document at the start of an earlier training step, if it is kept."""

    def change(self, key: str, edit: Callable[[StoredNetwork], StoredNetwork]) -> StoredNetwork | None:
        """Replace the network by what `edit` makes of it.

        Of the earlier training steps, the starts from `first` on are kept, and the others forgotten.

        `edit` may be called again if another change came first; if it raises, nothing is changed, and if it returns the
        network as it was, nothing is written.
        """

    def delete(self, key: str, check: Callable[[StoredNetwork], None]) -> bool:
        """Forget the network, unless `check` raises."""
