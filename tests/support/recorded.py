"""Recorded training steps, of the layers of given cases and of random networks."""

from collections.abc import Sequence

import numpy as np
from hypothesis import strategies as st

from tests.support import documents_at_random
from tests.support.layer_cases import Case
from tests.support.networks import build, documents, suited
from tests.support.networks_at_random import networks
from tinyml.losses import Loss, half_squared_error
from tinyml.net import Sequential
from tinyml.optims import Optimizer, SGDOptimizer
from tinyml.trace import Trace, trace


def record(cases: Sequence[Case], loss: Loss = half_squared_error, optimizer: Optimizer | None = None) -> Trace:
    """One training step of a network with these layers, on the data of the first case."""
    layers = [case.layer() for case in cases]
    for i, layer in enumerate(layers):
        layer.name = f"{layer.type.lower()}_{i}"
    x = cases[0].x()
    shape = x.shape[1:]
    for layer in layers:
        shape = layer.output_shape(shape)
    y = suited(loss, np.random.default_rng(0).uniform(0, 1, (len(x), *shape)))
    return trace(Sequential(layers), loss, optimizer or SGDOptimizer(0.1), x, y)


@st.composite
def traces(draw: st.DrawFn) -> Trace:
    """Training steps of networks for rows, with every loss; of any layers, including those for images; or with any
    optimizer, within a training or while predicting.
    """
    match draw(st.sampled_from(["rows", "layers", "optimizers"])):
        case "rows":
            return build(draw(documents())).trace()
        case "layers":
            return record(draw(networks()))
    return build(draw(documents_at_random.documents(written=True))).trace()
