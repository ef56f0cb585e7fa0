"""The store of networks between requests."""

from app.store.base import NetworkStore, StoredNetwork
from app.store.sqlite import SqliteStore
from app.store.troubles import NewerStoreError, StoreError

__all__ = ["NetworkStore", "NewerStoreError", "SqliteStore", "StoreError", "StoredNetwork"]
