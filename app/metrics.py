"""What the service counts, written in Prometheus' text format (version 0.0.4).

Labels are methods, templates of addresses, statuses and kinds of problems: never an address itself, since that of a
stored network gives access to it.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from time import time
from typing import Final

from app import VERSION

MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
# Upper bounds of the durations that are counted together, in seconds.
BUCKETS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
# The methods that have counts of their own; a client can send any word as a method.
METHODS: Final = frozenset({"GET", "HEAD", "POST", "PATCH", "PUT", "DELETE", "OPTIONS"})
STORAGE: Final = "storage"

Labels = Mapping[str, str | int]


class Durations:
    """How many durations there were up to each bound, and their sum."""

    def __init__(self) -> None:
        self.counts = [0] * (len(BUCKETS) + 1)
        self.sum = 0.0

    def add(self, seconds: float) -> None:
        """Count one more."""
        self.counts[bisect_left(BUCKETS, seconds)] += 1
        self.sum += seconds


class Metrics:
    """The counts of one process, from its start."""

    def __init__(self) -> None:
        self._started = time()
        self._requests = Counter[tuple[str, str, int]]()
        self._durations: dict[tuple[str, str], Durations] = {}
        self._refusals, self._troubles, self._events = Counter[str](), Counter[str](), Counter[str]()
        self._now: dict[str, tuple[str, Callable[[], int]]] = {}
        self.in_flight = 0
        self.now("requests_in_flight", "requests that are being answered", lambda: self.in_flight)

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count an answered request."""
        self._requests[method, route, status] += 1
        durations = self._durations.get((method, route))
        if durations is None:
            durations = self._durations[method, route] = Durations()
        durations.add(seconds)

    def refused(self, kind: str) -> None:
        """Count a request that was answered with a problem of this kind; one of the store is counted apart."""
        (self._troubles if kind.startswith(STORAGE) else self._refusals)[kind] += 1

    def happened(self, event: str, count: int = 1) -> None:
        """Count an event that is not a request."""
        self._events[event] += count

    def now(self, name: str, meaning: str, value: Callable[[], int]) -> None:
        """Report a number that goes up and down."""
        self._now[name] = (meaning, value)

    def text(self) -> str:
        """All counts."""
        return "".join(f"{line}\n" for line in self._lines())

    def _lines(self) -> Iterator[str]:
        yield from _family("build_info", "gauge", "the version", [({"version": VERSION}, 1)])
        started: list[tuple[Labels, float]] = [({}, round(self._started, 3))]
        yield from _family("start_time_seconds", "gauge", "when this process started, since 1970", started)
        for name, (meaning, value) in self._now.items():
            yield from _family(name, "gauge", meaning, [({}, value())])
        requests: list[tuple[Labels, float]] = [
            ({"method": method, "route": route, "status": status}, count)
            for (method, route, status), count in sorted(self._requests.items())
        ]
        yield from _family("requests_total", "counter", "answered requests", requests)
        for name, meaning, counts in (
            ("refusals_total", "requests answered with a problem of the request or of too much work", self._refusals),
            ("store_troubles_total", "requests that could not read or write stored networks", self._troubles),
            ("events_total", "what happened apart from requests", self._events),
        ):
            yield from _family(name, "counter", meaning, [({"kind": kind}, n) for kind, n in sorted(counts.items())])
        yield from self._histogram("request_duration_seconds", "how long answering took")

    def _histogram(self, name: str, meaning: str) -> Iterator[str]:
        yield from _head(name, "histogram", meaning)
        for (method, route), durations in sorted(self._durations.items()):
            labels = {"method": method, "route": route}
            so_far = 0
            for bound, count in zip([*map(str, BUCKETS), "+Inf"], durations.counts, strict=True):
                so_far += count
                yield _sample(f"{name}_bucket", {**labels, "le": bound}, so_far)
            yield _sample(f"{name}_sum", labels, round(durations.sum, 6))
            yield _sample(f"{name}_count", labels, so_far)


def _family(name: str, kind: str, meaning: str, samples: Iterable[tuple[Labels, float]]) -> Iterator[str]:
    yield from _head(name, kind, meaning)
    for labels, value in samples:
        yield _sample(name, labels, value)


def _head(name: str, kind: str, meaning: str) -> Iterator[str]:
    yield f"# HELP tinyml_{name} {meaning}"
    yield f"# TYPE tinyml_{name} {kind}"


def _sample(name: str, labels: Labels, value: float) -> str:
    # No value has a quotation mark, a backslash or the end of a line: all are names in this code.
    inner = ",".join(f'{label}="{text}"' for label, text in labels.items())
    return f"tinyml_{name}{f'{{{inner}}}' if inner else ''} {value}"
