"""What a store is: the small interface that the service relies on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


class StoreError(Exception):
    """The store cannot be read or written now."""


@dataclass(frozen=True, slots=True)
class StoredNetwork:
    """A network as it is kept: the filled document as JSON, and the cursor within its training step.

    The document is that of the beginning of the step; everything else follows from it. `version` counts the changes.
    """

    id: str
    document: bytes
    cursor: int
    version: int


class NetworkStore(Protocol):
    """Keeps networks. An unknown id is None, or False."""

    def create(self, document: bytes) -> StoredNetwork:
        """Keep a new network under an id that nobody can guess."""

    def get(self, id: str) -> StoredNetwork | None:
        """The network as it is now."""

    def change(self, id: str, edit: Callable[[StoredNetwork], StoredNetwork]) -> StoredNetwork | None:
        """Replace the network by what `edit` makes of it.

        `edit` may be called again if another change came first; if it raises, nothing is changed, and if it returns the
        network as it was, nothing is written.
        """

    def delete(self, id: str, check: Callable[[StoredNetwork], None]) -> bool:
        """Forget the network, unless `check` raises."""
