"""Records PyTorch's steps for every optimizer: `python -m tests.tinyml.optims.record_pytorch`."""

import json
from pathlib import Path

from tests.support.pytorch import torch_steps
from tests.tinyml.optims.test_optimizers import GRADIENTS, SETTINGS, START

if __name__ == "__main__":
    steps = {setting["name"]: torch_steps(setting, START, GRADIENTS) for setting in SETTINGS}
    (Path(__file__).parent / "recorded.json").write_text(json.dumps(steps, indent=1) + "\n")
