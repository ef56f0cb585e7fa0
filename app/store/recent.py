"""Networks as this process last read or wrote them, so that a change of one need not read it first: a change is written
only if the stored network is still the one from which it was computed.
"""

from collections import OrderedDict
from dataclasses import dataclass, replace
from threading import Lock
from time import monotonic
from typing import Final

from app.store.base import StoredNetwork

MOST_BYTES: Final = 4 * 1024 * 1024  # of all documents together
LARGE: Final = 64 * 1024  # a document of more bytes is read each time
# After these seconds a network is read again, whether or not it was written meanwhile.
KEPT_SECONDS: Final = 60.0


@dataclass(slots=True)
class _Entry:
    network: StoredNetwork
    read: float


class Recent:
    """Networks by their ids, the least recently used first. It is thread-safe."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._entries = OrderedDict[str, _Entry]()
        self._bytes = 0

    def find(self, id: str) -> StoredNetwork | None:
        """The network, if it was read in the last minute. Another process may have changed it since."""
        with self._lock:
            entry = self._entries.get(id)
            if entry is None:
                return None
            if monotonic() > entry.read + KEPT_SECONDS:
                self._remove(id)
                return None
            self._entries.move_to_end(id)
            return entry.network

    def read(self, network: StoredNetwork) -> None:
        """Remember a network that was read or created."""
        with self._lock:
            self._put(network, monotonic())

    def written(self, network: StoredNetwork) -> None:
        """Remember a network that was written, if the one of before is remembered."""
        with self._lock:
            entry = self._entries.get(network.id)
            if entry is not None and entry.network.version < network.version:
                self._put(network, entry.read)

    def forget(self, id: str) -> None:
        """Remove a network, if it is remembered."""
        with self._lock:
            self._remove(id)

    def _put(self, network: StoredNetwork, read: float) -> None:
        self._remove(network.id)
        if len(network.document) > LARGE:
            return
        self._entries[network.id] = _Entry(replace(network, clamped=False) if network.clamped else network, read)
        self._bytes += len(network.document)
        while self._bytes > MOST_BYTES:
            self._remove(next(iter(self._entries)))

    def _remove(self, id: str) -> None:
        entry = self._entries.pop(id, None)
        if entry is not None:
            self._bytes -= len(entry.network.document)
