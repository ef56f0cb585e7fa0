"""Training steps computed one after another, one request each: the reference for `POST /api/advance`."""

import hashlib
import json
from typing import Any

from tests.support.networks import Document
from tests.support.traces import remembered_of


def hash_of(document: Document) -> str:
    """The SHA-256 of the canonical JSON, computed independently."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def after(trace: Any) -> Document:
    """The document after the training step of a trace's answer, assembled from its numbers alone.

    The number of passes of a dropout layer is not included; a document that has one needs a stored network.
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
    if "schedule" in document["optimizer"]:
        assert "data" not in document  # Without mini-batches, an epoch is one step.
        document["position"]["epoch"] += 1
    return document
