"""How a request's document becomes one that is known: by its hash, or because it was sent before, or now."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import Annotated, Any

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

# What a route answers that takes a document or a hash.
DOCUMENT_PROBLEMS = BODY_PROBLEMS | problems(409)


class DocumentRoute(LargeBodyRoute):
    """A route whose body is a document, or has one. One that is known is not checked again."""

    def content(self, request: Request, body: bytes) -> Any:
        """The JSON value of a body, with the document in place of what describes it, where that is known."""
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
    """What tells apart any two JSON values; None where one is too deep, or has a number of more than 64 bits."""
    try:
        return blake2b(orjson.dumps(sent)).digest()
    except orjson.JSONEncodeError:
        return None


async def _lately(request: Request) -> KnownDocuments:
    known: KnownDocuments = request.app.state.known
    return known


Lately = Annotated[KnownDocuments, Depends(_lately)]


class Documents:
    """The documents that are known, for one request to ask about its own."""

    def __init__(self, request: Request) -> None:
        self._known: KnownDocuments = request.app.state.known
        self._sent: bytes | None = getattr(request.state, "sent", None)

    def known(self, sent: NetworkDocument | DocumentHash, *where: str) -> KnownDocument:
        """What the request has at `where` in its body, as a document that is known. Raises a 409 Problem for an unknown
        hash, and a 422 one where a document does not fit.
        """
        try:
            return self._by_hash(sent.hash) if isinstance(sent, DocumentHash) else self._known.add(sent, self._sent)
        except Problem as problem:
            raise problem.within(*where) from problem

    async def fitted(
        self, sent: NetworkDocument | DocumentHash, edited: Sequence[str]
    ) -> tuple[KnownDocument, list[dict[str, Any]]]:
        """The document of the body as it fits after an edit, and what was changed for that."""
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
        document, changes = await run_in_threadpool(fit, document, edited)
        return self._known.add(document), changes

    def _by_hash(self, hash: str) -> KnownDocument:
        known = self._known.find(hash)
        if known is None:
            detail = "There is no document with this hash here, or no longer; send the document itself."
            raise Problem(409, detail, ("hash",), key="unknown_document")
        return known


async def _documents(request: Request) -> Documents:
    # In a coroutine: anything else is called in a thread, which takes longer than all of this.
    return Documents(request)


Asking = Annotated[Documents, Depends(_documents)]
