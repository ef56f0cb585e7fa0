"""Where networks are kept between requests."""

from app.store.base import NetworkStore, NewerStoreError, StoredNetwork, StoreError
from app.store.sqlite import SqliteStore

__all__ = ["NetworkStore", "NewerStoreError", "SqliteStore", "StoreError", "StoredNetwork"]
