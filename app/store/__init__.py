"""The store of networks between requests."""

from pathlib import Path

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
    "store_at",
]


def store_at(data: Path, database: str | None) -> NetworkStore:
    """Return the store in a data directory, or in a database. Raises ValueError for an address that is of none."""
    if database is None:
        return SqliteStore(data)
    # Imported here, since most services store networks in a file.
    from app.store.postgres import PostgresStore

    return PostgresStore(database)
