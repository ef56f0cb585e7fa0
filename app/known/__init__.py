"""Recently used documents with their networks and traces, so that requests about them compute nothing twice."""

from app.known.cache import KnownDocuments
from app.known.document import KnownDocument

__all__ = ["KnownDocument", "KnownDocuments"]
