"""Where networks are kept between requests."""

from app.store.base import NetworkStore, StoredNetwork
from app.store.sqlite import SqliteStore

__all__ = ["NetworkStore", "SqliteStore", "StoredNetwork"]
