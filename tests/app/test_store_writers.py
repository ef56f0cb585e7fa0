"""Several processes write the same networks, in both databases: no change is lost, and versions have no gap."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from app.store import NetworkStore, Once, StoredNetwork, sql
from app.store.keys import reading_key
from tests.soak import twins
from tests.soak.writers import writers
from tests.support.engines import Engine, SqliteEngine


def written(engine: Engine, **arguments: Any) -> Any:
    return writers(engine.folder, engine.settings().database, **arguments)


@pytest.mark.slow
def test_writers_in_two_processes_lose_no_change(engine: Engine) -> None:
    seen = written(engine, writers=20, operations=400)
    assert seen.wrong == []
    assert seen.changes > 40
    assert seen.stale > 0
    assert seen.changes + seen.stale == 400


@pytest.mark.slow
def test_the_proof_notices_writers_that_do_not_compare_versions(tmp_path: Path) -> None:
    assert written(SqliteEngine(tmp_path), writers=8, operations=120, before=twins.BLIND).wrong


def machine(first: NetworkStore, second: NetworkStore) -> type[RuleBasedStateMachine]:
    """A machine of two stores at the same place, as of two processes, and of a model in memory."""
    count = iter(range(10**9))

    class Stores(RuleBasedStateMachine):
        """Networks are created, changed, with and without a key, read and deleted through either store."""

        @initialize()
        def begin(self) -> None:
            self.model: dict[str, StoredNetwork] = {}
            self.done: dict[Once, tuple[str, StoredNetwork]] = {}
            self.prefix = f"machine-{next(count):09}"

        @rule(store=st.sampled_from([first, second]), document=st.binary(min_size=1, max_size=50))
        def create(self, store: NetworkStore, document: bytes) -> None:
            key = f"{self.prefix}-{next(count):09}"
            self.model[key] = store.create(key, document)
            assert (self.model[key].version, self.model[key].document) == (1, document)

        @precondition(lambda self: self.model)
        @rule(
            data=st.data(),
            store=st.sampled_from([first, second]),
            steps=st.integers(0, 3),
            keyed=st.booleans(),
            at_once=st.booleans(),
        )
        def change(self, data: st.DataObject, store: NetworkStore, steps: int, keyed: bool, at_once: bool) -> None:
            key = data.draw(st.sampled_from(sorted(self.model)))
            before = self.model[key]
            passed = tuple(f"{before.step + number}".encode() for number in range(steps))

            def edit(network: StoredNetwork) -> StoredNetwork:
                assert network == before
                return replace(network, cursor=network.cursor + 1, step=network.step + steps, passed=passed)

            once = Once(f"{self.prefix} {next(count):09}", "a request") if keyed else None
            changed = asyncio.run(store.change_at_once(key, edit, once)) if at_once else None
            changed = changed or store.change(key, edit, once)
            assert changed is not None
            assert (changed.version, changed.cursor) == (before.version + 1, before.cursor + 1)
            self.model[key] = changed
            if once:
                self.done[once] = (key, changed)

        @precondition(lambda self: self.done)
        @rule(data=st.data(), store=st.sampled_from([first, second]))
        def repeat(self, data: st.DataObject, store: NetworkStore) -> None:
            once = data.draw(st.sampled_from(sorted(self.done, key=lambda of: of.name)))
            key, changed = self.done[once]
            assert store.change(key, lambda _: pytest.fail("it was done before"), once) == (
                changed if key in self.model else None
            )

        @precondition(lambda self: self.model)
        @rule(data=st.data(), store=st.sampled_from([first, second]))
        def delete(self, data: st.DataObject, store: NetworkStore) -> None:
            key = data.draw(st.sampled_from(sorted(self.model)))
            assert not store.delete(reading_key(key), lambda _: None)
            assert store.delete(key, lambda _: None)
            del self.model[key]
            assert store.get(key) is None

        @precondition(lambda self: self.model)
        @rule(data=st.data(), store=st.sampled_from([first, second]))
        def read(self, data: st.DataObject, store: NetworkStore) -> None:
            key = data.draw(st.sampled_from(sorted(self.model)))
            network = self.model[key]
            assert store.get(key) == store.get(reading_key(key)) == network
            for step in range(max(1, network.step - 2), network.step):
                assert store.document_at(network, step) == f"{step}".encode()

    return Stores


def run(engine: Engine, examples: int) -> None:
    first, second = engine.store(), engine.store()
    lock = first.share()
    if lock is not None:
        second.adopt(lock)
    # A shorter example is not looked for: it takes minutes.
    short = settings(max_examples=examples, stateful_step_count=20, deadline=None, phases=[Phase.generate])
    run_state_machine_as_test(machine(first, second), settings=short)


def test_two_processes_see_the_same_networks(engine: Engine) -> None:
    run(engine, 15)


def test_the_machine_notices_starts_that_are_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sql, "keep_starts", lambda *_: None)
    engine = SqliteEngine(tmp_path)
    with pytest.raises(AssertionError):
        run(engine, 50)
    engine.close()
