"""Records PyTorch's answers for networks over every layer and loss: `python -m tests.tinyml.record_pytorch`."""

import json
from itertools import cycle, product
from pathlib import Path

import numpy as np

from tests.support.networks import ACTIVATIONS, LOSSES, random_document
from tests.support.pytorch import torch_answers

FILE = Path(__file__).parent / "recorded" / "pytorch.json"


def main() -> None:
    rng = np.random.default_rng(20_26)
    cases = []
    for (activation, loss), batch in zip(product([None, *ACTIVATIONS], LOSSES), cycle((1, 2, 5, 3)), strict=False):
        types = ["Linear", activation, "Linear", activation] if activation else ["Linear", "Linear"]
        document = random_document(rng, [kind for kind in types if kind], loss, batch, narrowest=2)
        name = f"{activation or 'none'}-{loss}-{batch}"
        cases.append({"name": name, "document": document, "answers": torch_answers(document)})
    FILE.write_text(json.dumps(cases, separators=(",", ":")).replace('{"name"', '\n{"name"') + "\n")


if __name__ == "__main__":
    main()
