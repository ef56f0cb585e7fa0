"""Training steps one after another, each begun by hand: what `POST /api/advance` and all that runs on are held to."""

import hashlib
import json
from typing import Any

from tests.support.networks import Document


def hash_of(document: Document) -> str:
    """The SHA-256 of the canonical JSON, as anyone would compute it."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def after(trace: Any) -> Document:
    """The document after the training step that a trace's answer tells, put together from its numbers alone.

    Running statistics and passes are not among them; a document that has such layers needs a stored network.
    """
    document: Document = json.loads(json.dumps(trace["document"]))
    state = {}
    for layer, traced in zip(document["layers"], trace["layers"], strict=True):
        for name, numbers in traced["parameters"].items():
            layer[name] = numbers["next"]
            if numbers["next_state"]:
                state[f"{layer['name']}.{name}"] = numbers["next_state"]
    document["optimizer"].pop("state", None)
    if state:
        document["optimizer"]["state"] = state
    return document
