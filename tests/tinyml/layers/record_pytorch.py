"""Records PyTorch's answers for the spatial layers: `python -m tests.tinyml.layers.record_pytorch`."""

import json
from pathlib import Path

from tests.tinyml.layers.spatial import CASES, torch_answers

if __name__ == "__main__":
    answers = {case.name: torch_answers(case) for case in CASES}
    (Path(__file__).parent / "recorded.json").write_text(json.dumps(answers, ensure_ascii=False) + "\n", "utf-8")
