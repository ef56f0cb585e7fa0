"""The stored networks as a process sees them: only the server has the store, and reads and writes it for the process.

A process asks through the pipe from which it has its job, and the thread that waits for the process answers. A change
is computed in the process from the network as it was read, and written by the server if the network is still at that
version. A process that is killed before has changed nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from app.store import NetworkStore, Once, OtherRequestError, Owner, QuotaError, RepeatedError, StoredNetwork, StoreError

# How often a change is computed from the start because other changes came first.
MAX_ATTEMPTS: Final = 10


@dataclass(frozen=True, slots=True)
class Question:
    """What a process wants of the store: the name of an answer below, and its arguments."""

    name: str
    arguments: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Failed:
    """An error of the store, in parts: not every exception can be made from its message, as pickle would."""

    kind: type[Exception]
    message: tuple[Any, ...]
    state: dict[str, Any]

    def error(self) -> Exception:
        """The error again."""
        error = self.kind.__new__(self.kind, *self.message)
        error.__dict__.update(self.state)
        return error


Ask = Callable[[Question], Any]


class AskingStore:
    """What the routes use of a NetworkStore, by asking the server. `network` is one that was read for the job."""

    def __init__(self, ask: Ask, network: StoredNetwork | None = None) -> None:
        self._pipe, self._network = ask, network

    def get(self, key: str) -> StoredNetwork | None:
        """As in NetworkStore."""
        found: StoredNetwork | None = self._ask("get", key) if self._network is None else self._network
        return found

    def earlier(self, once: Once) -> Any:
        """As in NetworkStore."""
        return self._ask("earlier", once)

    def document_at(self, network: StoredNetwork, step: int) -> bytes | None:
        """As in NetworkStore."""
        document: bytes | None = self._ask("document_at", network, step)
        return document

    def create(self, key: str, document: bytes, once: Once | None = None, owner: Owner | None = None) -> StoredNetwork:
        """As in NetworkStore."""
        network: StoredNetwork = self._ask("create", key, document, once, owner)
        return network

    def change(
        self, key: str, edit: Callable[[StoredNetwork], StoredNetwork], once: Once | None = None
    ) -> StoredNetwork | None:
        """As in NetworkStore."""
        for _ in range(MAX_ATTEMPTS):
            network, due = self._ask("begin", key, once)
            if not due:
                return network  # type: ignore[no-any-return]
            written, changed = self._ask("finish", key, network.version, edit(network), once)
            if written:
                return changed  # type: ignore[no-any-return]
        raise StoreError(f"{MAX_ATTEMPTS} other changes came first")

    async def change_at_once(self, *_: object) -> None:
        """As in NetworkStore: nothing is remembered here."""

    def _ask(self, name: str, *arguments: Any) -> Any:
        answer = self._pipe(Question(name, arguments))
        if isinstance(answer, Failed):
            raise answer.error()
        return answer


def answer(store: NetworkStore, asked: Question) -> Any:
    """The server's answer to a process."""
    try:
        return _ANSWERS[asked.name](store, *asked.arguments)
    except (StoreError, RepeatedError, OtherRequestError, QuotaError) as error:
        return Failed(type(error), error.args, vars(error))


class _SeenError(Exception):
    """Raised inside a change that only looks at the network."""

    def __init__(self, network: StoredNetwork) -> None:
        super().__init__("the network is not changed")
        self.network = network


def _begin(store: NetworkStore, key: str, once: Once | None) -> tuple[StoredNetwork | None, bool]:
    """The network that is to be changed, and True; or, if nothing is to be changed, what the same request resulted in
    before, or None if there is no such network.
    """

    def look(network: StoredNetwork) -> StoredNetwork:
        raise _SeenError(network)

    try:
        return store.change(key, look, once), False
    except _SeenError as seen:
        return seen.network, True


def _finish(
    store: NetworkStore, key: str, version: int, edited: StoredNetwork, once: Once | None
) -> tuple[bool, StoredNetwork | None]:
    """Write a change of the network at this version. Returns whether it was still that, and what the change, or the
    same request at the same time, resulted in.
    """

    def edit(network: StoredNetwork) -> StoredNetwork:
        if network.version != version:
            raise _SeenError(network)
        return edited

    try:
        return True, store.change(key, edit, once)
    except _SeenError:
        return False, None


_ANSWERS: Final[dict[str, Callable[..., Any]]] = {
    "get": lambda store, key: store.get(key),
    "earlier": lambda store, once: store.earlier(once),
    "document_at": lambda store, network, step: store.document_at(network, step),
    "create": lambda store, key, document, once, owner: store.create(key, document, once, owner),
    "begin": _begin,
    "finish": _finish,
}
