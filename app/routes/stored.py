"""A stored network in a request: how it is found, changed, and answered with."""

from collections.abc import Callable
from typing import Annotated

import orjson
from fastapi import Depends, Header, Request, Response
from starlette.concurrency import run_in_threadpool

from app.answers.numbers import to_json
from app.known import KnownDocuments
from app.problems import Problem
from app.routes.documents import Lately, Working
from app.routes.repeating import Repeatable
from app.routes.responses import json_response
from app.store import NetworkStore, StoredNetwork
from app.store.keys import hashed, reading_key
from app.training import TrainingStep, check_quick


# Coroutines, because FastAPI calls a plain function in a thread, which takes longer than the function itself.
async def the_store(request: Request) -> NetworkStore:
    """The store of this app."""
    store: NetworkStore = request.app.state.store
    return store


async def matching_tags(
    request: Request,
    if_match: Annotated[
        str | None, Header(description="Required: the ETag of the version to change, or * for any.")
    ] = None,
) -> set[str]:
    """The versions in If-Match. Several header lines form one list, like several tags in one line."""
    if if_match is None:
        raise Problem(
            428,
            "A change of a stored network requires the header If-Match with the ETag of the version to change; GET "
            "the network to obtain it, or send * to change any version.",
            key="version_needed",
        )
    return {tag.strip() for line in request.headers.getlist("if-match") for tag in line.split(",")}


Store = Annotated[NetworkStore, Depends(the_store)]
IfMatch = Annotated[set[str], Depends(matching_tags)]


class Change:
    """A change of a stored network, as one request wants it: the versions that it is meant for, whether it may have
    been made before, and where it is computed.
    """

    def __init__(self, store: Store, lately: Lately, place: Working, if_match: IfMatch, repeatable: Repeatable) -> None:
        self.store, self.lately, self.place = store, lately, place
        self._if_match, self._repeatable = if_match, repeatable

    async def answer(self, id: str, edit: Callable[[StoredNetwork, TrainingStep], StoredNetwork]) -> Response:
        """Change the network, and answer with it: at once if it was used a moment ago and stays in its training step,
        which is known and small; otherwise in a thread.
        """

        def change(
            network: StoredNetwork, of: Callable[[StoredNetwork, KnownDocuments], TrainingStep]
        ) -> StoredNetwork:
            check_match(network, self._if_match)
            edited = edit(network, of(network, self.lately))
            check_quick(edited, self.lately)
            return edited

        once = None if self._repeatable is None else self._repeatable.once(hashed(id))
        changed = await self.store.change_at_once(id, lambda network: change(network, TrainingStep.at_once), once)
        if changed is not None:
            return network_answer(id, changed, self.lately)

        def in_thread() -> Response:
            changed = self.store.change(id, lambda network: change(network, TrainingStep.of), once)
            return network_answer(id, found(changed), self.lately)

        return await run_in_threadpool(in_thread)


async def _change(store: Store, lately: Lately, place: Working, if_match: IfMatch, repeatable: Repeatable) -> Change:
    return Change(store, lately, place, if_match, repeatable)


Changing = Annotated[Change, Depends(_change)]


def found(network: StoredNetwork | None) -> StoredNetwork:
    """The network, or a 404 Problem if it is None."""
    if network is None:
        raise missing()
    return network


def missing() -> Problem:
    """The problem of an address that no network has."""
    return Problem(
        404,
        "No network has this address; it was deleted or never existed. POST /api/networks creates one.",
        key="no_such_network",
    )


def check_match(network: StoredNetwork, if_match: set[str]) -> None:
    """Raise a 412 Problem if the network is at no version that If-Match names."""
    if not if_match & {"*", _etag(network)}:
        raise Problem(
            412,
            f"The network is at version {network.version}, which is not one that If-Match names; GET it again, then "
            "decide.",
            key="network_changed",
            headers={"ETag": _etag(network)},
            version=network.version,
        )


def _etag(network: StoredNetwork) -> str:
    return f'"{network.version}"'


def network_answer(
    key: str, network: StoredNetwork, lately: KnownDocuments, status: int = 200, kept_days: int | None = None
) -> Response:
    """The network that a key edits or reads, with its training step."""
    training = TrainingStep.of(network, lately)
    content = {
        **({"id": key, "view": reading_key(key)} if network.id == hashed(key) else {"view": key}),
        "document": orjson.Fragment(training.current_document()),
        "phase": training.phase,
        "cursor": training.cursor,
        "step": network.step,
        "first_step": network.first,
        "clamped": network.clamped,
        **({} if kept_days is None else {"kept_days": kept_days}),
        "warnings": orjson.Fragment(training.warnings()),
    }
    return json_response(to_json(content), status, {"ETag": _etag(network)})
