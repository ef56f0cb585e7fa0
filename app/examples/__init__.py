"""The examples that the page offers, as network documents in files beside this one. Their titles and descriptions are
wordings of the catalog.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from tinyml.narrate import Language, catalog_wordings

# In the recommended order for a new user; the page opens the first.
SLUGS = (
    *("chapter", "two-layers", "xor", "batch-of-three", "softmax-classifier", "vanishing", "dead-relu"),
    *("convolution", "sequence", "digits-cnn"),
)


@cache
def examples(language: Language = "en") -> dict[str, dict[str, Any]]:
    """Every example by its slug: {slug, name, title, description, document}. The title and the description, which says
    what it is and where its numbers come from, are in the language.
    """
    words = catalog_wordings(language)
    documents = {slug: json.loads((Path(__file__).parent / f"{slug}.json").read_text("utf-8")) for slug in SLUGS}
    return {
        slug: {
            "slug": slug,
            "name": document["name"],
            **{part: words[f"example.{slug}.{part}"] for part in ("title", "description")},
            "document": document,
        }
        for slug, document in documents.items()
    }
