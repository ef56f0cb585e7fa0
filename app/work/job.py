"""A request that another process computes, and its answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.schemas.document import NetworkDocument
from app.store import StoredNetwork
from app.work.cost import UNKNOWN, Cost

Headers = Sequence[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Job:
    """A request with everything that the routes need to answer it in another process.

    `about` identifies the document of the request, so that the process that has it can be chosen. `document` is that
    document if the body has only its hash and the other process may not know it, and `network` the stored network of
    the address, if that was read. `guest` is the session that creates a network, as `guests` has it. A job that costs
    more than `most` is not begun.
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
    most: Cost | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """The answer to a job. `hash` is that of its document, and `held` how much memory the process uses for the
    documents that it knows. If `beyond` is not None, the job was not begun because it costs that much, and the document
    is `document`, if the body has only its hash.
    """

    status: int
    headers: Headers
    body: bytes
    hash: str | None
    held: int
    beyond: Cost | None = None
    document: NetworkDocument | None = None


class Elsewhere(Exception):
    """Raised by a route that would delay other requests, before it begins: another process answers the request.

    The attributes are those of `Job`; `cost` is that of the request, as far as it is known.
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
        self.cost = UNKNOWN

    def costing(self, cost: Cost) -> "Elsewhere":
        """The same for a request of a known cost."""
        self.cost = cost
        return self
