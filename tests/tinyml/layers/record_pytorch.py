"""Records PyTorch's results for every layer: `python -m tests.tinyml.layers.record_pytorch`."""

import json
from pathlib import Path

from tests.support.pytorch_layers import torch_passes
from tests.tinyml.layers.cases import ROWS

if __name__ == "__main__":
    answers = [(case.name, torch_passes(case)) for row in ROWS.values() for case in row.cases]
    # One line per case, so that a diff shows which one changed.
    lines = [f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(answer)}" for name, answer in answers]
    (Path(__file__).parent / "recorded.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
