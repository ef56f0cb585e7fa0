"""A request that another process computes, and its answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.schemas.document import NetworkDocument
from app.store import StoredNetwork

Headers = Sequence[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Job:
    """A request with everything that the routes need to answer it in another process.

    `about` identifies the document of the request, so that the process that has it can be chosen. `document` is that
    document if the body has only its hash and the other process may not know it, and `network` the stored network of
    the address, if that was read. `guest` is the session that creates a network, as `guests` has it.
    """

    method: str
    path: str
    query: bytes
    headers: Headers
    body: bytes
    request_id: str
    about: str | bytes | None = None
    document: NetworkDocument | None = None
    network: StoredNetwork | None = None
    guest: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """The answer to a job. `hash` is that of its document, and `held` how much memory the process uses for the
    documents that it knows.
    """

    status: int
    headers: Headers
    body: bytes
    hash: str | None
    held: int


class Elsewhere(Exception):
    """Raised by a route that would delay other requests, before it begins: another process answers the request.

    The attributes are those of `Job`.
    """

    def __init__(
        self,
        about: str | bytes | None = None,
        document: NetworkDocument | None = None,
        network: StoredNetwork | None = None,
    ) -> None:
        super().__init__("this is computed in another process")
        self.about = about
        self.document = document
        self.network = network
