"""Changes that wait for the writer of a SQLite file are written together, and each has its own outcome."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from app.store import Once, RepeatedError, SqliteStore, StoreError, troubles
from app.store.sqlite import FILE_NAME
from tests.support.engines import SqliteEngine


class Counted(SqliteStore):
    """A store that counts its transactions."""

    transactions = 0

    def _transaction(self) -> Any:
        self.transactions += 1
        return super()._transaction()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Counted]:
    with closing(Counted(tmp_path)) as made:
        made.create("first", b"a document", Once("done", "a request"))
        yield made


@contextmanager
def writing(store: Counted) -> Iterator[None]:
    """While the store's writer is at a change."""
    begun, over = Event(), Event()

    def slow(_: object) -> None:
        begun.set()
        over.wait(60)
        raise ValueError

    with ThreadPoolExecutor(1) as pool:
        pool.submit(store.delete, "first", slow)
        begun.wait(60)
        yield
        over.set()


def together(store: Counted, changes: list[Callable[[], object]]) -> list[Future[object]]:
    """The outcomes of changes that waited while the store was at another one."""
    store.transactions = 0
    with ThreadPoolExecutor(len(changes)) as pool, writing(store):
        outcomes = [pool.submit(change) for change in changes]
        while len(store._writer._waiting) < len(changes):
            time.sleep(0.001)
    return outcomes


def create(store: Counted, key: str, document: bytes = b"another", once: Once | None = None) -> Callable[[], object]:
    return lambda: store.create(key, document, once)


def test_changes_that_wait_are_one_transaction_and_one_that_is_refused_leaves_the_others(store: Counted) -> None:
    def stale(_: object) -> None:
        raise ValueError("the client has another version")

    outcomes = together(
        store,
        [
            create(store, "second"),
            create(store, "repeated", once=Once("done", "a request")),
            create(store, "third", once=Once("new", "a request")),
            lambda: store.delete("second", stale),
        ],
    )
    assert store.transactions == 2  # that of the change before them, and theirs
    assert [type(one.exception()) for one in outcomes[:3]] == [type(None), RepeatedError, type(None)]
    assert type(outcomes[3].exception()) in {ValueError, type(None)}  # if it came before the creation
    found = [store.get(key) is not None for key in ("first", "second", "repeated", "third")]
    assert found == [True, True, False, True]


def test_a_trouble_with_one_change_is_no_trouble_for_the_others(store: Counted, tmp_path: Path) -> None:
    # Like a full disk, this takes back the whole transaction.
    SqliteEngine(tmp_path).sql(
        "CREATE TRIGGER large BEFORE INSERT ON networks WHEN new.document = X'FF' "
        "BEGIN SELECT RAISE(ROLLBACK, 'too large'); END"
    )
    outcomes = together(store, [create(store, f"{n}", b"\xff" if n == 2 else b"small") for n in range(5)])
    assert store.transactions == 1 + 1 + 5
    assert [isinstance(one.exception(), StoreError) for one in outcomes] == [n == 2 for n in range(5)]
    assert [store.get(f"{n}") is not None for n in range(5)] == [n != 2 for n in range(5)]


def test_none_of_them_is_reported_as_stored_if_the_file_is_gone_afterwards(store: Counted, tmp_path: Path) -> None:
    store.create("second", b"a document")

    def lose(_: object) -> None:
        (tmp_path / FILE_NAME).rename(tmp_path / "elsewhere")

    outcomes = together(store, [lambda: store.delete("second", lose), create(store, "third")])
    assert [type(one.exception()) for one in outcomes] == [troubles.GoneStoreError] * 2


def test_a_change_that_comes_while_the_store_closes_is_written_after_that(
    store: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside, over, close_writing = Event(), Event(), store._close_writing

    def slow(_: object) -> None:
        inside.set()
        over.wait(1)

    def closing_writing() -> None:
        # The thread that wrote has ended: another one begins with this change.
        late.append(pool.submit(store.delete, "first", slow))
        inside.wait(0.1)
        close_writing()
        over.set()

    late: list[Future[bool]] = []
    monkeypatch.setattr(store, "_close_writing", closing_writing)
    with ThreadPoolExecutor(1) as pool:
        store.close()
        monkeypatch.undo()
        assert late[0].result(10)
    assert store.get("first") is None
