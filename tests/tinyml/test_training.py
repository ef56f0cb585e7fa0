"""Three steps of training: random networks of all layers with every optimizer end where PyTorch's end."""

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.support.layer_cases import Case
from tests.support.networks import LOSSES, suited
from tests.support.networks_at_random import networks
from tests.support.pytorch import OPTIMIZERS, torch_losses, torch_optimizer
from tests.support.pytorch_layers import in_torch, where_torch_is
from tinyml import optims
from tinyml.layers import Layer
from tinyml.net import Sequential

each_optimizer = pytest.mark.parametrize("setting", OPTIMIZERS, ids=lambda setting: setting["name"])
STEPS = 3


def torch_step(cases: list[Case], layers: list[Layer], x: Any, parameters: list[dict[str, Any]]) -> Any:
    """PyTorch's output of the same network; Dropout uses the masks that our layers have drawn."""
    import torch

    value = torch.tensor(x, requires_grad=True)  # so that there is a backward pass even if all parameters are frozen
    for case, layer, own in zip(cases, layers, parameters, strict=True):
        value = in_torch(layer, case, value, **own)
    return value


@pytest.mark.slow
@where_torch_is
@each_optimizer
@settings(max_examples=40)
@given(cases=networks(), loss=st.sampled_from(sorted(LOSSES)), seed=st.integers(0, 2**32 - 1))
def test_three_steps_of_a_random_network_end_where_pytorchs_end(
    setting: dict[str, Any], cases: list[Case], loss: str, seed: int
) -> None:
    import torch

    rng = np.random.default_rng(seed)
    layers = [case.layer() for case in cases]
    model, optimizer = Sequential(layers), getattr(optims, setting["ours"])(**setting["arguments"])
    theirs = [
        {name: torch.tensor(kept.tensor, requires_grad=kept.require_grad) for name, kept in layer.parameters().items()}
        for layer in layers
    ]
    flat = [parameter for own in theirs for parameter in own.values()]
    their_optimizer = torch_optimizer(setting, flat)
    for _ in range(STEPS):
        x = rng.normal(size=cases[0].shape)
        output = model.forward(x)
        y = suited(LOSSES[loss], rng.uniform(size=output.shape))
        model.backward(LOSSES[loss](output, y)[1])
        model.update(optimizer)
        their_optimizer.zero_grad()
        torch_losses()[loss](torch_step(cases, layers, x, theirs), None if y is None else torch.tensor(y)).backward()
        gradients = [kept.gradient for kept in model.parameters] + [
            own.grad.numpy() for own in flat if own.requires_grad
        ]
        sizes = np.concatenate([np.abs(gradient).ravel() for gradient in gradients])
        # A network that diverges enlarges every rounding error, and all but plain descent divide a gradient by its own
        # size, even if it is only rounding.
        assume(sizes.max() < 100)
        assume(setting["theirs"] == "SGD" or not ((sizes > 0) & (sizes < 1e-6)).any())
        their_optimizer.step()
    for ours, own in zip(model.parameters, flat, strict=True):
        np.testing.assert_allclose(ours.tensor, own.detach(), rtol=1e-9, atol=1e-9)
