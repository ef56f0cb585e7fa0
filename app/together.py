"""What the workers of a server count together.

Each counts by itself. Once a second it sends the supervisor what it has counted, and gets the sum of what the others
have: of them a worker knows what they had a second ago.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from math import ceil
from multiprocessing.connection import Connection
from time import monotonic, time
from typing import Final

EVERY: Final = 1.0  # seconds between two exchanges
# Of the names that are counted over some time, those with the largest counts are sent: only these can reach a limit.
MOST_NAMES: Final = 1_000

Counts = Counter[tuple[str | int, ...]]
Clock = Callable[[], float]


@dataclass(slots=True)
class Tally:
    """What one or several processes have counted: what `lasts` when they have ended, and what is so `now`. `since` is
    when the first of them was started, in seconds since 1970.
    """

    lasts: Counts = field(default_factory=Counter)
    now: Counts = field(default_factory=Counter)
    since: float = field(default_factory=time)

    @classmethod
    def of(cls, several: Iterable["Tally"]) -> "Tally":
        """The sum of several."""
        total = cls()
        for one in several:
            total.lasts.update(one.lasts)
            total.now.update(one.now)
            total.since = min(total.since, one.since)
        return total


class Recent:
    """Counts by name over some seconds, after which all of them begin at 0 again, in all workers at the same time."""

    def __init__(self, seconds: float, clock: Clock = monotonic) -> None:
        self._seconds, self._clock = seconds, clock
        self._counts, self._turn = Counter[str](), 0
        self.others = Counts()

    def of(self, name: str) -> int:
        """How many there were since the counts began."""
        self._begin()
        return self._counts[name] + self.others[self._turn, name]

    def add(self, *names: str) -> None:
        """Count one more of each."""
        self._begin()
        self._counts.update(names)

    @property
    def left(self) -> int:
        """Seconds until the counts begin again."""
        return max(1, ceil(self._seconds - self._clock() % self._seconds))

    @property
    def counted(self) -> Counts:
        """The largest counts of this process."""
        self._begin()
        return Counts({(self._turn, name): count for name, count in self._counts.most_common(MOST_NAMES)})

    def _begin(self) -> None:
        turn = int(self._clock() // self._seconds)  # the clock is that of the machine, so all workers agree
        if turn != self._turn:
            self._counts.clear()
            self._turn = turn


class Together:
    """The counts of this process, and of the other workers if there are any."""

    def __init__(self) -> None:
        self.own, self.others = Tally(), Tally()
        self.gauges: dict[str, Callable[[], int]] = {}
        self._recents: dict[str, Recent] = {}

    def recent(self, name: str, seconds: float) -> Recent:
        """Counts by name over some seconds."""
        made = self._recents[name] = Recent(seconds)
        return made

    def now(self, gauge: str) -> int:
        """A number that goes up and down, of all workers."""
        return self.gauges[gauge]() + self.others.now["gauge", gauge]

    def exchange(self, supervisor: Connection) -> None:
        """Begin to exchange counts with the supervisor, on the event loop that runs."""
        loop = asyncio.get_running_loop()

        def send() -> None:
            with suppress(OSError):  # it has ended, and this process ends with it
                supervisor.send(self._report())

        def receive() -> None:
            try:
                self._hear(supervisor.recv())
            except (EOFError, OSError):
                loop.remove_reader(supervisor.fileno())
            else:
                loop.call_later(EVERY, send)

        loop.add_reader(supervisor.fileno(), receive)
        send()

    def _report(self) -> Tally:
        self.own.now = Counts({("gauge", name): value() for name, value in self.gauges.items()})
        for name, recent in self._recents.items():
            self.own.now.update({("recent", name, *key): count for key, count in recent.counted.items()})
        return self.own

    def _hear(self, others: Tally) -> None:
        self.others = others
        for name, recent in self._recents.items():
            mine = ("recent", name)
            recent.others = Counts({key[2:]: count for key, count in others.now.items() if key[:2] == mine})
