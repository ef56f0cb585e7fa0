"""Deletes stored networks that were not used for some days, if the service is started so."""

import asyncio
import logging
import time
from collections.abc import Callable

from app.metrics import Metrics
from app.store import NetworkStore, StoredNetwork, StoreError

LOOK_EVERY = 3600.0  # seconds
_log = logging.getLogger("tinyml-explorer")


def day_of_today() -> int:
    """The number of days since 1970, in UTC."""
    return int(time.time() // 86_400)


class Keeping:
    """Keeps networks for so many `days` after the last one on which each was used."""

    def __init__(
        self, store: NetworkStore, days: int, metrics: Metrics, today: Callable[[], int] = day_of_today
    ) -> None:
        self.store, self.days, self.metrics, self.today = store, days, metrics, today
        self._noted, self._noted_on = set[str](), 0
        store.seen = self.used

    def used(self, network: StoredNetwork) -> None:
        """Record, once a day, that a network is used."""
        today = self.today()
        if self._noted_on != today:
            self._noted, self._noted_on = set(), today
        if network.id not in self._noted:
            self._noted.add(network.id)
            self.store.used(network, today)

    def look(self) -> int:
        """Delete the networks that were not used for longer. Returns how many; the log has the count."""
        count = self.store.delete_unused(self.days, self.today())
        if count:
            self.metrics.happened("networks_deleted", count)
            _log.warning("%d stored networks were deleted, not used for %d days.", count, self.days)
        return count

    async def run(self) -> None:
        """Look every hour."""
        while True:
            try:
                await asyncio.to_thread(self.look)
            except StoreError as error:
                _log.warning("Networks that are not used are not deleted now: %s (%s)", error.detail, error)
            await asyncio.sleep(LOOK_EVERY)
