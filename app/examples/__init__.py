"""The examples that the page offers, as network documents in files beside this one."""

import json
from functools import cache
from pathlib import Path
from typing import Any

# In the order in which a newcomer should meet them; the first is what the page opens on.
SLUGS = ("chapter", "two-layers", "xor", "batch-of-three", "softmax-classifier", "vanishing", "dead-relu")


@cache
def examples() -> dict[str, dict[str, Any]]:
    """Every example by its slug: {slug, name, document}."""
    documents = {slug: json.loads((Path(__file__).parent / f"{slug}.json").read_text("utf-8")) for slug in SLUGS}
    return {
        slug: {"slug": slug, "name": document["name"], "document": document} for slug, document in documents.items()
    }
