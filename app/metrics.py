"""What the service counts, written in Prometheus' text format (version 0.0.4).

Labels are methods, templates of addresses, statuses and kinds of problems: never an address itself, since that of a
stored network gives access to it.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from app import VERSION
from app.together import Counts, Tally, Together

MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
# Upper bounds of the durations that are counted together, in seconds.
BUCKETS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
# The methods that have counts of their own; a client can send any word as a method.
METHODS: Final = frozenset({"GET", "HEAD", "POST", "PATCH", "PUT", "DELETE", "OPTIONS"})
STORAGE: Final = "storage"
# The names of what only grows.
COUNTERS: Final = {
    "request": "requests_total",
    "refusal": "refusals_total",
    "trouble": "store_troubles_total",
    "event": "events_total",
}

Labels = Mapping[str, str | int]


class Metrics:
    """The counts of a server from its start, those of its workers together."""

    def __init__(self, together: Together | None = None) -> None:
        self.together = together or Together()
        self._counts = self.together.own.lasts
        self._meanings: dict[str, str] = {}
        self.in_flight = 0
        self.now("requests_in_flight", "requests that are being answered", lambda: self.in_flight)

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count an answered request."""
        counts = self._counts
        counts["request", method, route, status] += 1
        counts["duration", method, route, bisect_left(BUCKETS, seconds)] += 1
        # Whole numbers, whose sum is exact in any order.
        counts["microseconds", method, route] += round(seconds * 1e6)

    def refused(self, kind: str) -> None:
        """Count a request that was answered with a problem of this kind; one of the store is counted apart."""
        self._counts["trouble" if kind.startswith(STORAGE) else "refusal", kind] += 1

    def happened(self, event: str, count: int = 1) -> None:
        """Count an event that is not a request."""
        self._counts["event", event] += count

    def now(self, name: str, meaning: str, value: Callable[[], int]) -> None:
        """Report a number that goes up and down."""
        self._meanings[name] = meaning
        self.together.gauges[name] = value

    def text(self) -> str:
        """All counts."""
        return "".join(f"{line}\n" for line in self._lines())

    def _lines(self) -> Iterator[str]:
        total = Tally.of([self.together.own, self.together.others])
        yield from _family("build_info", "gauge", "the version", [({"version": VERSION}, 1)])
        started: list[tuple[Labels, float]] = [({}, round(total.since, 3))]
        yield from _family("start_time_seconds", "gauge", "when the server started, since 1970", started)
        for name, meaning in self._meanings.items():
            yield from _family(name, "gauge", meaning, [({}, self.together.now(name))])
        for name, meaning, labels in (
            ("request", "answered requests", ("method", "route", "status")),
            ("refusal", "requests answered with a problem of the request or of too much work", ("kind",)),
            ("trouble", "requests that could not read or write stored networks", ("kind",)),
            ("event", "what happened apart from requests", ("kind",)),
        ):
            samples = [(dict(zip(labels, key, strict=True)), count) for key, count in _of(name, total.lasts)]
            yield from _family(COUNTERS[name], "counter", meaning, samples)
        yield from _histogram("request_duration_seconds", "how long answering took", total.lasts)


def _of(family: str, counts: Counts) -> list[tuple[tuple[str | int, ...], int]]:
    """The counts of a family, by what else identifies each."""
    return sorted((key[1:], count) for key, count in counts.items() if key[0] == family)


def _histogram(name: str, meaning: str, counts: Counts) -> Iterator[str]:
    yield from _head(name, "histogram", meaning)
    for (method, route), microseconds in _of("microseconds", counts):
        labels = {"method": method, "route": route}
        so_far = 0
        for place, bound in enumerate([*map(str, BUCKETS), "+Inf"]):
            so_far += counts["duration", method, route, place]
            yield _sample(f"{name}_bucket", {**labels, "le": bound}, so_far)
        yield _sample(f"{name}_sum", labels, microseconds / 1e6)
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
