"""The cache of recently used documents, limited in memory."""

from collections import OrderedDict
from threading import Lock

from app import limits
from app.known.document import KnownDocument
from app.schemas.document import NetworkDocument

# The share of the memory for documents that were requested more than once. The others have the rest, so that hundreds
# of edits, each requested once while a number is dragged, do not displace these.
ASKED_SHARE = 0.75


class KnownDocuments:
    """Keeps up to MAX_KNOWN_DOCUMENTS within MAX_KNOWN_BYTES in all, and removes the oldest first. Each is found by its
    hash, and by the `key` of the sent JSON. It is thread-safe. Several of them, in several processes, `share` these
    bytes equally. `most` is how many numbers a network may have to be built here; None for any.
    """

    def __init__(self, share: int = 1) -> None:
        self.share = share
        self.most: int | None = None
        self._lock = Lock()
        self._found: dict[str | bytes, KnownDocument] = {}
        self._keys: dict[KnownDocument, set[str | bytes]] = {}
        self._once, self._often = _Kept(), _Kept()

    @property
    def _most(self) -> int:
        return limits.MAX_KNOWN_BYTES // self.share

    @property
    def held(self) -> int:
        """The bytes of memory that are in use."""
        return self._once.held + self._often.held

    def __len__(self) -> int:
        return len(self._keys)

    def find(self, key: str | bytes) -> KnownDocument | None:
        """The document with this hash, or with this key of the sent JSON."""
        with self._lock:
            known = self._found.get(key)
            if known is not None:
                self._touch(known)
            return known

    def add(self, document: NetworkDocument, key: bytes | None = None) -> KnownDocument:
        """Return the known document for a document. Raises a Problem if it does not fit, and a TooLargeError if it is
        not known and its network has more numbers than may be built here.
        """
        known = None if key is None else self.find(key)
        if known is not None:
            return known
        made = KnownDocument(document, self._grown, self.most)
        with self._lock:
            if key is not None and (known := self._found.get(key)) is not None:
                return known  # another thread was faster
            self._keys[made] = set()
            self._name(made, key)
            self._once.add(made)
            self._fit(made)
        return made

    def _grown(self, known: KnownDocument) -> None:
        with self._lock:
            if known in self._keys:
                self._name(known, known.hash)
                (self._once if known in self._once else self._often).add(known)
                self._fit(known)

    def _name(self, known: KnownDocument, key: str | bytes | None) -> None:
        if key is not None:
            self._found[key] = known
            self._keys[known].add(key)

    def _touch(self, known: KnownDocument) -> None:
        # The key may belong to another document with the same hash that was removed.
        if known.hash is not None and known.hash not in self._found:
            self._name(known, known.hash)
        self._once.remove(known)
        self._often.add(known)
        while len(self._often) > 1 and (
            self._often.held > ASKED_SHARE * self._most or len(self._often) > ASKED_SHARE * limits.MAX_KNOWN_DOCUMENTS
        ):
            self._once.add(self._often.pop_oldest())

    def _fit(self, latest: KnownDocument) -> None:
        """Remove documents until the limits hold: the oldest others, or the latest if it alone is too large."""
        if latest.held > self._most:
            self._forget(latest)
        while self.held > self._most or len(self) > limits.MAX_KNOWN_DOCUMENTS:
            self._forget(next(known for queue in (self._once, self._often) for known in queue if known is not latest))

    def _forget(self, known: KnownDocument) -> None:
        self._once.remove(known)
        self._often.remove(known)
        for key in self._keys.pop(known):
            # A key that another document with the same hash has taken went with that one.
            if self._found.get(key) is known:
                del self._found[key]


class _Kept(OrderedDict[KnownDocument, int]):
    """Documents with their counted bytes, the oldest first."""

    held = 0

    def add(self, known: KnownDocument) -> None:
        """Move it to the end, with its current size."""
        self.remove(known)
        self[known] = size = known.held
        self.held += size

    def remove(self, known: KnownDocument) -> None:
        """Its index."""
        self.held -= self.pop(known, 0)

    def pop_oldest(self) -> KnownDocument:
        """Remove the first."""
        known, size = self.popitem(last=False)
        self.held -= size
        return known
