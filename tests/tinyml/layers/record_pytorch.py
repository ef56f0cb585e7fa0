"""Records PyTorch's answers for every layer: `python -m tests.tinyml.layers.record_pytorch`."""

import json
from pathlib import Path

from tests.support.pytorch_layers import torch_passes
from tests.tinyml.layers.recorded_cases import CASES

if __name__ == "__main__":
    answers = {case.name: torch_passes(case) for case in CASES}
    (Path(__file__).parent / "recorded.json").write_text(json.dumps(answers, ensure_ascii=False) + "\n", "utf-8")
