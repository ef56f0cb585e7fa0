"""The store of networks between requests."""

from app.store.base import NetworkStore, Once, OtherRequestError, Owner, QuotaError, RepeatedError, StoredNetwork
from app.store.sqlite import SqliteStore
from app.store.troubles import NewerStoreError, StoreError

__all__ = [
    "NetworkStore",
    "NewerStoreError",
    "Once",
    "OtherRequestError",
    "Owner",
    "QuotaError",
    "RepeatedError",
    "SqliteStore",
    "StoreError",
    "StoredNetwork",
]
