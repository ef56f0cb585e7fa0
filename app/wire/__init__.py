"""The HTTP protocol of connections, with limits."""

from app.wire.protocol import Wire

__all__ = ["Wire"]
