"""HTTP on the wire, with limits."""

from app.wire.protocol import Wire

__all__ = ["Wire"]
