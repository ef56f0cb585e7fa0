"""What a store is: the small interface that the service relies on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class StoredNetwork:
    """A network as it is kept: the filled document as JSON, and the cursor within its training step.

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
    """Keeps networks. An unknown id is None, or False. Every method may raise a StoreError."""

    def start(self) -> None:
        """Open what is stored already, so that a service does not start with a store that it cannot use."""

    def close(self) -> None:
        """Release what is open."""

    def create(self, document: bytes) -> StoredNetwork:
        """Keep a new network under an id that cannot be guessed."""

    def get(self, id: str) -> StoredNetwork | None:
        """The network as it is now."""

    def document_at(self, id: str, step: int) -> bytes | None:
        """The document at the start of an earlier training step, if it is kept."""

    def change(self, id: str, edit: Callable[[StoredNetwork], StoredNetwork]) -> StoredNetwork | None:
        """Replace the network by what `edit` makes of it.

        Of the earlier training steps, the starts from `first` on are kept, and the others forgotten.

        `edit` may be called again if another change came first; if it raises, nothing is changed, and if it returns the
        network as it was, nothing is written.
        """

    def delete(self, id: str, check: Callable[[StoredNetwork], None]) -> bool:
        """Forget the network, unless `check` raises."""
