"""The subject of a request: a document, or the hash of one that the service knows."""

from typing import Annotated, Any

from pydantic import Discriminator, Tag

from app.schemas.base import Digest, Strict
from app.schemas.document import NetworkDocument

DOCUMENT, HASH = "a document", "a hash"
# The tags that pydantic adds to the location of an error to say as which of the two it was validated.
ASKED_KINDS = frozenset({DOCUMENT, HASH})


class DocumentHash(Strict):
    """The hash of a document that the service has processed, as returned in a trace; it replaces the document. If it is
    not, or no longer, known, the answer is a 409 with the key `unknown_document`; send the document then.
    """

    hash: Digest


def _kind(value: Any) -> str:
    is_hash = isinstance(value, DocumentHash) or (isinstance(value, dict) and "hash" in value and "layers" not in value)
    return HASH if is_hash else DOCUMENT


Asked = Annotated[
    Annotated[NetworkDocument, Tag(DOCUMENT)] | Annotated[DocumentHash, Tag(HASH)],
    Discriminator(_kind),
]
