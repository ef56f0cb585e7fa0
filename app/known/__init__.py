"""Documents that were worked on lately, with networks and traces: no question about them computes these again."""

from app.known.cache import KnownDocuments
from app.known.document import KnownDocument

__all__ = ["KnownDocument", "KnownDocuments"]
