"""What a request asks about: a document, or the hash of one that the service knows."""

from typing import Annotated, Any

from pydantic import Discriminator, Tag

from app.schemas.base import Digest, Strict
from app.schemas.document import NetworkDocument

DOCUMENT, HASH = "a document", "a hash"
# What pydantic puts into the place of a fault to say which of the two it was held against.
ASKED_KINDS = frozenset({DOCUMENT, HASH})


class DocumentHash(Strict):
    """The hash of a document that the service has worked on, as a trace has it: it stands for the document. Where it is
    not known, or no longer, the answer is a 409 with the key `unknown_document`; send the document then.
    """

    hash: Digest


def _kind(value: Any) -> str:
    is_hash = isinstance(value, DocumentHash) or (isinstance(value, dict) and "hash" in value and "layers" not in value)
    return HASH if is_hash else DOCUMENT


Asked = Annotated[
    Annotated[NetworkDocument, Tag(DOCUMENT)] | Annotated[DocumentHash, Tag(HASH)],
    Discriminator(_kind),
]
