"""Networks that are not used are deleted, if the service is started so; the clock is the test's."""

import logging
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal

from app import options
from app.keeping import Keeping
from app.metrics import Metrics
from app.settings import Settings
from app.store import NetworkStore, StoreError, uses
from app.store.keys import reading_key
from tests.app.conftest import Client, example
from tests.support.engines import Engine

TODAY = 20_000


class Kept:
    """A store whose networks are kept for 30 days, and its day."""

    def __init__(self, store: NetworkStore) -> None:
        self.day = TODAY
        self.store = store
        self.metrics = Metrics()
        self.keeping = Keeping(self.store, 30, self.metrics, lambda: self.day)

    def pass_days(self, count: int) -> int:
        """Look every day, as a running server does. Returns how many networks were deleted."""
        deleted = 0
        for _ in range(count):
            self.day += 1
            deleted += self.keeping.look()
        return deleted

    def there(self, key: str) -> bool:
        """Whether a network is stored, without using it."""
        self.store.seen = None
        try:
            return self.store.get(key) is not None
        finally:
            self.store.seen = self.keeping.used


@pytest.fixture
def kept(engine: Engine) -> Kept:
    made = Kept(engine.store())
    made.store.create("used", b"one")
    made.store.create("unused", b"another")
    made.keeping.look()
    return made


def test_a_network_is_deleted_when_it_was_not_used_for_longer(kept: Kept, caplog: pytest.LogCaptureFixture) -> None:
    assert kept.pass_days(20) == 0
    assert kept.store.get(reading_key("used")) is not None
    assert kept.pass_days(10) == 0
    assert kept.there("unused")
    with caplog.at_level(logging.WARNING):
        assert kept.pass_days(1) == 1
    assert caplog.messages == ["1 stored networks were deleted, not used for 30 days."]
    assert 'tinyml_events_total{kind="networks_deleted"} 1' in kept.metrics.text()
    assert not kept.there("unused")
    assert kept.pass_days(19) == 0
    kept.store.change("used", lambda network: network)
    assert kept.pass_days(30) == 0
    assert kept.pass_days(1) == 1
    assert not kept.there("used")


@pytest.mark.parametrize("change", [400, 100_000, -15_000])
def test_neither_a_pause_of_the_service_nor_a_wrong_clock_deletes(kept: Kept, change: int) -> None:
    kept.day += change
    assert kept.keeping.look() == 0
    assert kept.there("unused")
    assert kept.pass_days(28) == 0
    # The clock is put right.
    kept.day -= change
    assert kept.keeping.look() == 0
    assert kept.there("unused")
    kept.pass_days(31)
    assert not kept.there("unused")


def test_networks_of_before_count_as_used_when_keeping_begins(engine: Engine) -> None:
    store = engine.store()
    for name in range(250):
        store.create(f"{name}", b"document")
    store.close()
    kept = Kept(engine.store())
    kept.keeping.look()
    assert kept.pass_days(30) == 0
    assert kept.pass_days(1) == 250


def test_processes_that_record_the_same_use_at_the_same_time_do_not_fail(engine: Engine) -> None:
    first, second = engine.store(), engine.store()
    lock = first.share()
    if lock is not None:
        second.adopt(lock)
    for number in range(20):
        together = Barrier(6)

        def record(store: Any, id: str = f"{number}", start: Barrier = together) -> None:
            start.wait()
            store._write(partial(uses.note, id=id, day=TODAY))

        with ThreadPoolExecutor(6) as pool:
            list(pool.map(record, [first, second] * 3))
    assert engine.sql("SELECT count(*), min(day), max(day) FROM uses") == [(20, TODAY, TODAY)]
    # Nor do those that look for the first time, when there are networks of before.
    first.create("some-key", b"a document")
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(lambda store: store.delete_unused(30, TODAY), [first, second])) == [0, 0]


def test_without_the_setting_nothing_is_deleted_or_announced(client: Client) -> None:
    assert Settings(Path()).keep_days == 0
    assert client.post("/api/networks", example("chapter")).json().get("kept_days") is None


def test_a_network_says_how_long_it_is_kept_when_it_is_created(portal: BlockingPortal, tmp_path: Path) -> None:
    client = Client(portal, tmp_path, Settings(tmp_path, keep_days=7))
    made = client.post("/api/networks", example("chapter")).json()
    assert made["kept_days"] == 7
    assert "kept_days" not in client.get(f"/api/networks/{made['id']}").json()
    client.close()


def test_a_store_that_cannot_be_written_deletes_nothing_and_can_be_read(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(change: object) -> None:
        raise StoreError("read only")

    monkeypatch.setattr(kept.store, "_write", refuse)
    kept.day += 40
    assert kept.store.get("used") is not None
    with pytest.raises(StoreError):
        kept.keeping.look()


@pytest.mark.parametrize(("guest", "days", "expected"), [("", "", 0), ("1", "", 30), ("1", "7", 7), ("1", "0", 0)])
def test_guests_are_kept_for_30_days_unless_it_is_set(
    monkeypatch: pytest.MonkeyPatch, guest: str, days: str, expected: int
) -> None:
    monkeypatch.setenv("TINYML_GUEST", guest)
    monkeypatch.setenv("TINYML_KEEP_DAYS", days)
    assert Settings.from_environment().keep_days == expected


@pytest.mark.parametrize("days", ["-1", "1.5", "many", "36501"])
def test_other_days_are_an_error(monkeypatch: pytest.MonkeyPatch, days: str) -> None:
    monkeypatch.setenv("TINYML_KEEP_DAYS", days)
    with pytest.raises(ValueError, match="TINYML_KEEP_DAYS: expected days"):
        Settings.from_environment()
    assert options.parser().parse_args(["--keep-days", "30"]).keep_days == 30
