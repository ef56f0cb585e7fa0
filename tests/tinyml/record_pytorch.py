"""Records PyTorch's results for networks over every layer and loss: `python -m tests.tinyml.record_pytorch`."""

import json
from itertools import product
from pathlib import Path
from zlib import crc32

import numpy as np

from tests.support.networks import ACTIVATIONS, LOSSES, Document, random_document
from tests.support.pytorch import torch_answers

FILE = Path(__file__).parent / "recorded" / "pytorch.json"


def names() -> list[str]:
    """A network with each activation, and with none, for each loss."""
    return [f"{activation}-{loss}" for activation, loss in product(["none", *ACTIVATIONS], LOSSES)]


def document_of(name: str) -> Document:
    """The network of this name, independent of the other networks."""
    activation, loss = name.split("-")
    rng = np.random.default_rng(crc32(name.encode()))
    types = ["Linear", "Linear"] if activation == "none" else ["Linear", activation, "Linear", activation]
    return random_document(rng, types, loss, int(rng.choice([1, 2, 3, 5])), narrowest=2)


def main() -> None:
    documents = {name: document_of(name) for name in names()}
    cases = [
        {"name": name, "document": document, "answers": torch_answers(document)} for name, document in documents.items()
    ]
    FILE.write_text(json.dumps(cases, separators=(",", ":")).replace('{"name"', '\n{"name"') + "\n")


if __name__ == "__main__":
    main()
