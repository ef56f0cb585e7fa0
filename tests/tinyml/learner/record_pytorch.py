"""Records PyTorch's trainings over mini-batches: `python -m tests.tinyml.learner.record_pytorch`."""

import json
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from tests.support.networks import Document
from tests.support.pytorch import torch_losses
from tinyml.data import Batches, draw

FILE = Path(__file__).parents[1] / "recorded" / "minibatches.json"
EPOCHS = 2


class Training(NamedTuple):
    """A network 2-4-1 on a set of 50 samples, of which 10 are held out: mini-batches of 16, 16 and 8."""

    name: str
    loss: str
    optimizer: Document

    def document(self) -> Document:
        rng = np.random.default_rng(4)
        inputs = 1 if self.name == "sine" else 2
        first, second = (rng.normal(size=shape).tolist() for shape in ((inputs, 4), (4, 1)))
        layers = [
            {"type": "Linear", "name": "fc_1", "output_dim": 4, "w": first, "b": [0.0] * 4},
            {"type": "Tanh", "name": "tanh_1"},
            {"type": "Linear", "name": "fc_2", "output_dim": 1, "w": second, "b": [0.0]},
        ]  # fmt: skip
        data = {"set": self.name, "samples": 50, "noise": 0.1, "seed": 3, "batch": 16, "held_out": 0.2}
        return {"input_shape": [inputs], "layers": layers, "loss": {"type": self.loss}, "optimizer": self.optimizer,
                "data": data}  # fmt: skip

    @staticmethod
    def batches() -> Batches:
        return Batches(50, 16, "shuffled", 0.2, 3)


TRAININGS = {
    one.name: one
    for one in (
        Training("spiral", "binary_cross_entropy", {"type": "adam", "lr": 0.05}),
        Training("sine", "mean_squared_error", {"type": "sgd", "lr": 0.1, "momentum": 0.9}),
    )
}


def torch_training(training: Training) -> dict[str, Any]:
    """The losses of all steps, and the parameters after them, of the loop that PyTorch's tutorials have."""
    import torch
    from torch.utils.data import DataLoader, TensorDataset

    document, batches = training.document(), training.batches()
    x, y = (torch.tensor(array) for array in draw(training.name, 50, 0.1, 3))
    own = {
        f"{layer['name']}.{name}": torch.tensor(layer[name], dtype=torch.float64, requires_grad=True)
        for layer in document["layers"]
        if layer["type"] == "Linear"
        for name in ("w", "b")
    }
    settings = {name: value for name, value in document["optimizer"].items() if name != "type"}
    kind = {"adam": torch.optim.Adam, "sgd": torch.optim.SGD}[document["optimizer"]["type"]]
    optimizer, measure, losses = kind(own.values(), **settings), torch_losses()[training.loss], []
    for epoch in range(EPOCHS):
        sampler = [batches.rows(epoch, step).tolist() for step in range(batches.steps)]
        for rows, truth in DataLoader(TensorDataset(x, y), batch_sampler=sampler):
            optimizer.zero_grad()
            hidden = torch.tanh(rows @ own["fc_1.w"] + own["fc_1.b"])
            loss = measure(hidden @ own["fc_2.w"] + own["fc_2.b"], truth)
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
    return {"losses": losses, **{name: parameter.tolist() for name, parameter in own.items()}}


def main() -> None:
    FILE.write_text(json.dumps({name: torch_training(one) for name, one in TRAININGS.items()}, indent=1) + "\n")


if __name__ == "__main__":
    main()
