"""The store of networks between requests."""

from app.store.base import NetworkStore, Once, OtherRequestError, RepeatedError, StoredNetwork
from app.store.sqlite import SqliteStore
from app.store.troubles import NewerStoreError, StoreError

__all__ = [
    "NetworkStore",
    "NewerStoreError",
    "Once",
    "OtherRequestError",
    "RepeatedError",
    "SqliteStore",
    "StoreError",
    "StoredNetwork",
]
