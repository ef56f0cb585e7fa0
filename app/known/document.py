"""A known document with its network, its hash, and its trace after the first request for it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from app.canonical import canonical, digest
from app.documents import Experiment, build, filled, is_whole
from app.known.memory import ENTRY, document_bytes, network_bytes, trace_arrays, trace_bytes
from app.schemas.document import NetworkDocument
from tinyml.suitability import Unsuited, warnings
from tinyml.trace import Trace


class KnownDocument:
    """A valid document. Its trace is recorded once, at the first request, and its arrays are read-only. It is
    thread-safe.

    `experiment`  what can be read of the network without running it: sizes, shapes, names. Only the trace runs it.
    `whole`       whether the document was complete, so that nothing was drawn or filled in; known with the trace.
    `held`        how many bytes of memory all this takes.
    `on_growth`   is called after it takes more.
    """

    def __init__(
        self,
        document: NetworkDocument,
        on_growth: Callable[["KnownDocument"], None] = lambda _: None,
        most: int | None = None,
    ) -> None:
        self.document = document
        self.experiment = build(document, most)
        self.held = ENTRY + document_bytes(document) + network_bytes(self.experiment)
        self.hash: str | None = None
        self.whole = False
        self._on_growth = on_growth
        self._lock = Lock()
        self._trace: Trace | None = None
        self._warnings: list[Unsuited] | None = None
        self._parts: dict[str, bytes] = {}
        # A network that is not in use; its memory counts from the first use on, also while it is lent.
        self._spare: Experiment | None = None
        self._lends = False

    @property
    def size(self) -> int:
        """The numbers of a training step."""
        return self.experiment.size

    def trace(self) -> Trace:
        """The training step of the document, recorded; the document has its hash then."""
        with self._lock:
            if self._trace is not None:
                return self._trace
            recorded = self._trace = self._record()
        self._on_growth(self)
        return recorded

    def warnings(self) -> list[Unsuited]:
        """The warnings about the training step, which every explanation of its numbers looks through."""
        if self._warnings is None:
            self._warnings = warnings(self.trace())
        return self._warnings

    def kept(self, name: str, make: Callable[[], bytes]) -> bytes:
        """A part of answers, made at the first request for it."""
        part = self._parts.get(name)
        if part is None:
            part = make()
            with self._lock:
                if name not in self._parts:
                    self._parts[name] = part
                    self.held += len(part)
            self._on_growth(self)
        return part

    @contextmanager
    def network(self) -> Iterator[Experiment]:
        """The network, for one thread at a time and without changing it; if it is in use, another one is built."""
        with self._lock:
            lent, self._spare = self._spare, None
        lent = lent or build(self.document)
        yield lent
        # After an error it is not returned.
        lent.model.forget_plans()
        with self._lock:
            first, self._spare = not self._lends, lent
            if first:
                self._lends = True
                self.held += network_bytes(lent)
        if first:
            self._on_growth(self)

    def _record(self) -> Trace:
        recorded = self.experiment.trace()
        self.experiment.model.forget_plans()
        own = trace_arrays(recorded)
        for array in own:
            array.flags.writeable = False
        complete = filled(self.document, recorded)
        self.hash, self.whole = digest(canonical(complete)), is_whole(self.document, complete)
        self.held += trace_bytes(recorded, own)
        return recorded
