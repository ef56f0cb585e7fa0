"""The keys of stored networks: one that edits a network, one that only reads it. The store has only their hashes.

The key that reads is a hash of the one that edits, so it can be derived from that one but not the other way round. A
network that was stored when there was only one key therefore has both.
"""

import hmac
import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Final

KEY_BYTES: Final = 18  # 144 bits: 24 characters of an address
SEED_BYTES: Final = 32


def new_key() -> str:
    """Return a key that edits a network and cannot be guessed."""
    return secrets.token_urlsafe(KEY_BYTES)


def new_seed() -> bytes:
    """Return a random number to derive a key from."""
    return secrets.token_bytes(SEED_BYTES)


def derived_key(seed: bytes, secret: str) -> str:
    """Return a key that edits a network, for a request that may be repeated. Only its Idempotency-Key, which is not
    stored, gives the key again.
    """
    return urlsafe_b64encode(hmac.digest(seed, secret.encode(), "sha256")[:KEY_BYTES]).decode()


def reading_key(key: str) -> str:
    """Return the key that reads the network that `key` edits."""
    return urlsafe_b64encode(sha256(f"view:{key}".encode()).digest()[:KEY_BYTES]).decode()


def hashed(key: str) -> str:
    """Return the hash of a key that the store has."""
    return sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
