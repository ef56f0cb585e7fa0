"""Requests with an `Idempotency-Key`, which have their effect once however often they are sent."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Annotated, Final

from fastapi import Depends, Header, Request

from app.problems import Problem, check_limit
from app.store import NetworkStore, Once, Owner, RepeatedError, StoredNetwork
from app.store.keys import derived_key, new_key, new_seed

NAME: Final = "Idempotency-Key"
# A key that is easily chosen twice, such as 1, would be answered with the network of another user.
_KEY: Final = re.compile(r"[!-~]{16,}")


@dataclass(frozen=True, slots=True)
class Repeating:
    """An Idempotency-Key, and a hash of the request that has it."""

    key: str
    request: str

    def once(self, scope: str) -> Once:
        """The request for the store; in each scope, which is a network or "", keys are independent."""
        return Once(sha256(f"{scope} {self.key}".encode()).hexdigest(), self.request)


async def repeating(
    request: Request,
    idempotency_key: Annotated[
        str | None,
        Header(
            description="16 to 255 random characters, such as a UUID: the request can be sent again with the same key, "
            "has its effect once, and has the same answer every time."
        ),
    ] = None,
) -> Repeating | None:
    """The Idempotency-Key of a request, if it has one."""
    if idempotency_key is None:
        return None
    check_limit("MAX_IDEMPOTENCY_KEY", len(idempotency_key), (NAME,))
    if len(request.headers.getlist(NAME)) > 1 or not _KEY.fullmatch(idempotency_key):
        raise Problem(
            422,
            f"{NAME}: expected one key of 16 to 255 printable characters; send a random UUID.",
            (NAME,),
            key="field",
        )
    content = sha256()
    tags = ",".join(request.headers.getlist("if-match"))
    for part in (request.method, request.url.path, tags):
        content.update(f"{len(part)} {part}".encode())
    content.update(await request.body())
    return Repeating(idempotency_key, content.hexdigest())


Repeatable = Annotated[Repeating | None, Depends(repeating)]


def created(
    store: NetworkStore, repeatable: Repeating | None, document: Callable[[], bytes], owner: Owner | None
) -> tuple[str, StoredNetwork | None]:
    """Store a network, unless the request was carried out before. Returns its key and the network; None if that was
    deleted.
    """
    if repeatable is None:
        key = new_key()
        return key, store.create(key, document(), owner=owner)
    once = repeatable.once("")
    while (earlier := store.earlier(once)) is None:
        seed = new_seed()
        key = derived_key(seed, repeatable.key)
        try:
            return key, store.create(key, document(), replace(once, seed=seed), owner)
        except RepeatedError:
            continue  # the same request came first, from another connection
    return derived_key(earlier.seed, repeatable.key), earlier.network
