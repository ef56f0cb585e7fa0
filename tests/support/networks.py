"""Networks for tests: random ones, and the engine's objects for a network document, without the service's help."""

from typing import Any, NamedTuple

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from tinyml import layers, losses
from tinyml.layers import Layer, LeakyReLu, Linear, ReLu
from tinyml.losses import Loss
from tinyml.net import Sequential
from tinyml.optims import SGDOptimizer
from tinyml.trace import Trace, trace

ACTIVATIONS: dict[str, type[Layer]] = {
    name: getattr(layers, name)
    for name in ("ELU", "GELU", "LeakyReLu", "ReLu", "Sigmoid", "Softmax", "Softplus", "Tanh")
}
LOSSES: dict[str, Loss] = {
    value.type: value for name in losses.__all__ if isinstance(value := getattr(losses, name), Loss)
}
Document = dict[str, Any]


class Setting(NamedTuple):
    """Everything that one training step needs."""

    model: Sequential
    loss: Loss
    optimizer: SGDOptimizer
    x: NDArray[np.float64]
    y: NDArray[np.float64]

    def trace(self) -> Trace:
        """The training step, recorded."""
        return trace(self.model, self.loss, self.optimizer, self.x, self.y)


def build(document: Document) -> Setting:
    """The engine's objects for a document with all parameters written out."""
    built: list[Layer] = []
    for layer in document["layers"]:
        if layer["type"] == "Linear":
            w, b = np.array(layer["w"], dtype=float), np.array(layer["b"], dtype=float)
            built.append(Linear(layer["name"], *w.shape, weight=w.T.copy(), bias=b))
        else:
            built.append(ACTIVATIONS[layer["type"]](layer["name"]))
    return Setting(
        Sequential(built),
        LOSSES[document["loss"]["type"]],
        SGDOptimizer(document["optimizer"]["lr"]),
        np.array(document["x"], dtype=float),
        np.array(document["y"], dtype=float),
    )


def random_document(rng: np.random.Generator, types: list[str], loss: str, batch: int, narrowest: int = 1) -> Document:
    """A document whose layers have the given types and random widths, weights and data."""
    width = int(rng.integers(narrowest, 5))
    inputs, written = width, []
    for i, kind in enumerate(types):
        layer: Document = {"type": kind, "name": f"{kind.lower()}_{i}"}
        if kind == "Linear":
            outputs = int(rng.integers(narrowest, 5))
            layer |= {
                "output_dim": outputs,
                "w": rng.uniform(-1, 1, (width, outputs)).tolist(),
                "b": rng.uniform(-1, 1, outputs).tolist(),
            }
            width = outputs
        written.append(layer)
    return {
        "input_shape": [inputs],
        "layers": written,
        "loss": {"type": loss},
        "optimizer": {"type": "sgd", "lr": float(rng.uniform(0, 1))},
        "x": rng.uniform(-2, 2, (batch, inputs)).tolist(),
        "y": rng.uniform(-2, 2, (batch, width)).tolist(),
    }


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Random documents over every layer and loss, with batches of one, two and more."""
    types = draw(st.lists(st.sampled_from(["Linear", *ACTIVATIONS]), min_size=1, max_size=5))
    loss = draw(st.sampled_from(sorted(LOSSES)))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return random_document(rng, types, loss, draw(st.integers(1, 4)))


def near_a_kink(recorded: Trace, margin: float = 1e-3) -> bool:
    """Whether some rectifier's input lies where a finite difference would straddle its kink."""
    return any(
        np.abs(layer.input).min() < margin for layer in recorded.layers if isinstance(layer.layer, ReLu | LeakyReLu)
    )
