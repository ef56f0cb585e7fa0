"""The same training step by PyTorch: an oracle, live where torch is installed and recorded for everywhere else."""

from typing import Any

from tests.support.networks import Document


def torch_answers(document: Document) -> dict[str, Any]:
    """Output, loss, gradients and the parameters after one SGD step, as PyTorch computes them in float64."""
    import torch

    x = torch.tensor(document["x"], dtype=torch.float64, requires_grad=True)
    y = torch.tensor(document["y"], dtype=torch.float64)
    activations = {"ReLu": torch.relu, "Sigmoid": torch.sigmoid, "Tanh": torch.tanh}
    parameters: dict[str, Any] = {}
    value = x
    for layer in document["layers"]:
        if layer["type"] == "Linear":
            w, b = (torch.tensor(layer[name], dtype=torch.float64, requires_grad=True) for name in ("w", "b"))
            parameters[f"{layer['name']}.w"], parameters[f"{layer['name']}.b"] = w, b
            value = torch.nn.functional.linear(value, w.T, b)
        elif layer["type"] == "Softmax":
            value = torch.softmax(value, dim=1)
        else:
            value = activations[layer["type"]](value)
    reduction = "mean" if document["loss"]["type"] == "mean_squared_error" else "sum"
    loss = torch.nn.functional.mse_loss(value, y, reduction=reduction) * (1 if reduction == "mean" else 0.5)
    loss.backward()
    answers = {"output": value.tolist(), "loss": loss.item(), "x.grad": x.grad.tolist()}
    for name, parameter in parameters.items():
        answers[f"{name}.grad"] = parameter.grad.tolist()
    if parameters:
        torch.optim.SGD(parameters.values(), lr=document["optimizer"]["lr"]).step()
    return answers | {f"{name}.next": parameter.tolist() for name, parameter in parameters.items()}
