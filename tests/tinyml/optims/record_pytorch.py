"""Records PyTorch's steps for every optimizer: `python -m tests.tinyml.optims.record_pytorch`."""

import json
from pathlib import Path

from tests.support.pytorch import PENALIZED, torch_groups, torch_penalized, torch_rates, torch_steps
from tests.tinyml.optims import test_rate_factors, test_schedules
from tests.tinyml.optims.test_optimizers import GRADIENTS, SETTINGS, START

if __name__ == "__main__":
    steps = {setting["name"]: torch_steps(setting, START, GRADIENTS) for setting in SETTINGS}
    steps |= {setting["name"]: torch_penalized(setting) for setting in PENALIZED}
    (Path(__file__).parent / "recorded.json").write_text(json.dumps(steps, indent=1) + "\n")
    of = test_schedules
    rates = {name: torch_rates(setting, of.FIRST, of.STEPS) for name, setting in of.SETTINGS.items()}
    of.RECORDED.write_text(json.dumps(rates, indent=1) + "\n")
    grouped = test_rate_factors
    groups = {one["name"]: torch_groups(one, grouped.FACTORS, START, GRADIENTS) for one in grouped.GROUPED}
    grouped.RECORDED.write_text(json.dumps(groups, indent=1) + "\n")
