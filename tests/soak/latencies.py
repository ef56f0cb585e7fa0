"""Requests of many clients at once: their status and how long each took."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import httpx


@dataclass
class Latencies:
    """Answers by status, 0 where none came, and the seconds that each took."""

    statuses: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)

    async def request(self, client: httpx.AsyncClient, method: str, url: str, **rest: Any) -> httpx.Response | None:
        """Send a request and keep how it went; None if the connection broke."""
        start = time.perf_counter()
        try:
            answer = await client.request(method, url, **rest)
        except httpx.TransportError:
            self.statuses[0] += 1
            return None
        self.seconds.append(time.perf_counter() - start)
        self.statuses[answer.status_code] += 1
        return answer

    def percentile(self, share: float) -> float:
        """The time within which this share of the answers came."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    def refused(self) -> dict[int, int]:
        """How many answers were too many requests, failures of the service, or none at all."""
        return {status: count for status, count in self.statuses.items() if status in (0, 429) or status >= 500}
