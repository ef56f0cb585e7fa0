"""Where networks are kept between requests."""

from app.store.base import NetworkStore, StoredNetwork, StoreError
from app.store.sqlite import SqliteStore

__all__ = ["NetworkStore", "SqliteStore", "StoreError", "StoredNetwork"]
