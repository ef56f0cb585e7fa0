"""The examples that the page offers, as network documents in files beside this one."""

import json
from functools import cache
from pathlib import Path
from typing import Any

# In the recommended order for a new user; the page opens the first. Each has a description of what it is and where its
# numbers come from.
DESCRIPTIONS = {
    "chapter": "The chapter's fully connected layer, with its numbers.",
    "two-layers": "Two layers with a ReLU between them.",
    "xor": "The four cases of exclusive or. The weights are drawn from the seed.",
    "batch-of-three": "The chapter's layer with three samples at once, whose gradients add up.",
    "softmax-classifier": "Six points of the plane in three classes, separated by a softmax.",
    "vanishing": "A deep and narrow network of sigmoids: each layer further back receives a far smaller gradient.",
    "dead-relu": "The middle one of three ReLUs passes nothing for any sample, and so its weights never learn.",
    "convolution": (
        "The library's convolution: X = 1…9 under the filter [[1, 2], [3, 4]] gives 37, 47, 67 and 77. "
        "Bias, targets and learning rate are chosen so that every number can be computed by hand."
    ),
    "sequence": (
        "Sequences of two channels, of which one rises while the other falls. One filter is large where the first "
        "channel rises and the second falls, the other where it is the other way round; the sum of the former minus "
        "that of the latter separates the samples."
    ),
    "digits-cnn": (
        "A small convolutional network after 30 epochs of training with this engine on 1,437 handwritten digits "
        "(UCI's, as scikit-learn has them); tests/app/record_digits_cnn.py makes it. Of the three digits, which it "
        "never saw, it reads two right and takes the last for another."
    ),
}
SLUGS = tuple(DESCRIPTIONS)


@cache
def examples() -> dict[str, dict[str, Any]]:
    """Every example by its slug: {slug, name, description, document}."""
    documents = {slug: json.loads((Path(__file__).parent / f"{slug}.json").read_text("utf-8")) for slug in SLUGS}
    return {
        slug: {"slug": slug, "name": document["name"], "description": DESCRIPTIONS[slug], "document": document}
        for slug, document in documents.items()
    }
