"""Training steps one after another, each begun by hand: what `POST /api/advance` and all that runs on are held to."""

import hashlib
import json
from typing import Any

from tests.support.networks import Document
from tests.support.traces import remembered_of


def hash_of(document: Document) -> str:
    """The SHA-256 of the canonical JSON, as anyone would compute it."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def after(trace: Any) -> Document:
    """The document after the training step that a trace's answer tells, put together from its numbers alone.

    The passes of a dropout layer are not among them; a document that has one needs a stored network.
    """
    document: Document = json.loads(json.dumps(trace["document"]))
    state = {}
    for layer, traced in zip(document["layers"], trace["layers"], strict=True):
        fields = (field for field in layer if f"{layer['name']}.{field}.next" in trace["tensors"])
        layer |= {field: trace["tensors"][f"{layer['name']}.{field}.next"] for field in fields}
        for name in traced["parameters"]:
            _, following = remembered_of(trace, name)
            state |= {name: following} if following else {}
    document["optimizer"].pop("state", None)
    if state:
        document["optimizer"]["state"] = state
    return document
