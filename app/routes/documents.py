"""Finds the known document of a request: by its hash, or by the document that was sent, now or before."""

from collections.abc import Callable, Sequence
from hashlib import blake2b
from typing import Annotated, Any, TypeVar

import orjson
from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from app.fitting import fit, suits
from app.known import KnownDocument, KnownDocuments
from app.problems import Problem
from app.routes.large import LargeBodyRoute, read_json
from app.routes.responses import BODY_PROBLEMS, problems
from app.schemas.document import NetworkDocument
from app.schemas.known import DocumentHash
from app.sizes import TooLargeError
from app.work import Cost, Elsewhere, Place

# The problems of routes that take a document or a hash.
DOCUMENT_PROBLEMS = BODY_PROBLEMS | problems(409, 429, 503)

Result = TypeVar("Result")


class DocumentRoute(LargeBodyRoute):
    """A route whose body is or contains a document. A known document is not validated again."""

    stores = False

    def content(self, request: Request, body: bytes) -> Any:
        """The JSON value of a body, in which a known document replaces its JSON or its hash."""
        content = read_json(body)
        if not isinstance(content, dict):
            return content
        within = "document" in content
        sent = content["document"] if within else content
        key = _key(sent) if isinstance(sent, dict) else None
        if key is None:
            return content
        request.state.sent = key
        known = request.app.state.known.find(key)
        if known is None:
            return content
        return {**content, "document": known.document} if within else known.document


def _key(sent: Any) -> bytes | None:
    """A key that differs for any two JSON values; None if one is too deep or has a number of more than 64 bits."""
    try:
        return blake2b(orjson.dumps(sent)).digest()
    except orjson.JSONEncodeError:
        return None


async def _lately(request: Request) -> KnownDocuments:
    known: KnownDocuments = request.app.state.known
    return known


Lately = Annotated[KnownDocuments, Depends(_lately)]


async def _place(request: Request) -> Place:
    place: Place = request.app.state.place
    return place


# Where the work of a request is done.
Working = Annotated[Place, Depends(_place)]


class Documents:
    """The known documents, as seen by one request, and the place where it is computed."""

    def __init__(self, request: Request) -> None:
        self._known: KnownDocuments = request.app.state.known
        self._place: Place = request.app.state.place
        self._state = request.state
        self._sent: bytes | None = getattr(request.state, "sent", None)
        self._hash_only: KnownDocument | None = None

    def known(self, sent: NetworkDocument | DocumentHash, *where: str) -> KnownDocument:
        """The known document for the value at `where` in the request's body. Raises a 409 Problem for an unknown hash,
        and a 422 Problem if a document does not fit; raises Elsewhere if another process knows it, or should build it.
        """
        try:
            known = self._by_hash(sent.hash) if isinstance(sent, DocumentHash) else self._add(sent, self._sent)
        except Problem as problem:
            raise problem.within(*where) from problem
        self._state.known = known
        return known

    def _add(self, document: NetworkDocument, key: bytes | None) -> KnownDocument:
        try:
            return self._known.add(document, key)
        except TooLargeError:
            raise Elsewhere(key) from None

    async def do(self, cost: Cost, work: Callable[[], Result]) -> Result:
        """Do the work of this request. Raises a LimitProblem if it costs too much, and Elsewhere if another process
        should do it.
        """
        return await self._place.do(cost, work, self._elsewhere())

    def _elsewhere(self) -> Elsewhere:
        """What another process needs to answer this request."""
        asked = self._hash_only
        return Elsewhere(self._sent) if asked is None else Elsewhere(asked.hash, asked.document)

    async def fitted(
        self, sent: NetworkDocument | DocumentHash, edited: Sequence[str]
    ) -> tuple[KnownDocument, list[dict[str, Any]]]:
        """The document of the body, adapted to an edit, and the changes."""
        try:
            known = self.known(sent)
        except Problem:
            if isinstance(sent, DocumentHash):
                raise
            document = sent
        else:
            document = known.document
            if suits(document, known.experiment.outputs, edited):
                return known, []
        if self._place.many:
            raise self._elsewhere()
        document, changes = await run_in_threadpool(fit, document, edited)
        self._state.known = known = self._add(document, None)
        return known, changes

    def _by_hash(self, hash: str) -> KnownDocument:
        self._hash_only = known = self._known.find(hash)
        if known is None:
            if self._place.knows(hash):
                raise Elsewhere(hash)
            detail = "No document with this hash is known, or it is no longer stored; send the document itself."
            raise Problem(409, detail, ("hash",), key="unknown_document")
        return known


async def _documents(request: Request) -> Documents:
    # A coroutine, because FastAPI calls a plain function in a thread, which takes longer than the function itself.
    return Documents(request)


Asking = Annotated[Documents, Depends(_documents)]
