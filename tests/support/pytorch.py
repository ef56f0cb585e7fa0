"""The same training step in PyTorch: an oracle, live where torch is installed and recorded for everywhere else."""

from collections.abc import Sequence
from typing import Any

from tests.support.layer_cases import Case
from tests.support.networks import Document
from tests.support.pytorch_layers import in_torch


def torch_answers(document: Document) -> dict[str, Any]:
    """Output, loss, gradients and the parameters after one SGD step, as PyTorch computes them in float64."""
    import torch

    x = torch.tensor(document["x"], dtype=torch.float64, requires_grad=True)
    y = torch.tensor(document.get("y", []), dtype=torch.float64)
    parameters: dict[str, Any] = {}
    value = x
    for layer in document["layers"]:
        names = [name for name, written in layer.items() if isinstance(written, list) and name != "frozen"]
        own = {name: torch.tensor(layer[name], dtype=torch.float64, requires_grad=True) for name in names}
        parameters |= {f"{layer['name']}.{name}": parameter for name, parameter in own.items()}
        case = Case(layer["type"], {}, tuple(value.shape))
        # Documents write w as inputs × outputs.
        turned = {name: parameter.T if name == "w" else parameter for name, parameter in own.items()}
        value = in_torch(None, case, value, **turned)
    loss = torch_losses()[document["loss"]["type"]](value, y)
    loss.backward()
    answers = {"output": value.tolist(), "loss": loss.item(), "x.grad": x.grad.tolist()}
    for name, parameter in parameters.items():
        answers[f"{name}.grad"] = parameter.grad.tolist()
    for layer in document["layers"]:
        for name in layer.get("frozen", []):  # PyTorch does not change what has no gradient
            parameters[f"{layer['name']}.{name}"].grad = None
    if parameters:
        torch.optim.SGD(parameters.values(), lr=document["optimizer"]["lr"]).step()
    return answers | {f"{name}.next": parameter.tolist() for name, parameter in parameters.items()}


def torch_losses() -> dict[str, Any]:
    """PyTorch's function for each loss, called with the prediction and the truth."""
    import torch

    functional = torch.nn.functional
    return {
        "half_squared_error": lambda predicted, truth: functional.mse_loss(predicted, truth, reduction="sum") / 2,
        "mean_squared_error": functional.mse_loss,
        "mean_absolute_error": functional.l1_loss,
        "hinge": lambda predicted, truth: functional.relu(1 - truth * predicted).mean(),
        "huber": functional.huber_loss,
        "binary_cross_entropy": lambda predicted, truth: (
            functional.binary_cross_entropy_with_logits(predicted, truth, reduction="sum") / len(truth)
        ),
        "output": lambda predicted, _: predicted.sum(),
        "softmax_cross_entropy": functional.cross_entropy,
    }


# PyTorch's names of arguments that are not ours.
RENAMED = {"epsilon": "eps", "decay": "alpha", "initial_sum": "initial_accumulator_value"}
# Every optimizer in several settings: our class, PyTorch's class, and our arguments.
OPTIMIZERS: list[dict[str, Any]] = [
    {"name": name, "ours": ours, "arguments": arguments, "theirs": theirs}
    for name, ours, theirs, arguments in (
        ("sgd", "SGDOptimizer", "SGD", {"lr": 0.1}),
        ("sgd with momentum", "SGDOptimizer", "SGD", {"lr": 0.1, "momentum": 0.9}),
        ("sgd with nesterov", "SGDOptimizer", "SGD", {"lr": 0.1, "momentum": 0.9, "nesterov": True}),
        ("sgd with decay", "SGDOptimizer", "SGD", {"lr": 0.1, "momentum": 0.5, "weight_decay": 0.01}),
        ("rmsprop", "RMSPropOptimizer", "RMSprop", {"lr": 0.02}),
        ("rmsprop with decay", "RMSPropOptimizer", "RMSprop", {"lr": 0.02, "weight_decay": 0.1}),
        ("adagrad", "AdagradOptimizer", "Adagrad", {"lr": 0.2}),
        ("adam", "AdamOptimizer", "Adam", {"lr": 0.03}),
        ("adam with decay", "AdamOptimizer", "Adam", {"lr": 0.03, "betas": (0.8, 0.99), "weight_decay": 0.1}),
        ("adamw", "AdamWOptimizer", "AdamW", {"lr": 0.03}),
        ("adamw with more decay", "AdamWOptimizer", "AdamW", {"lr": 0.03, "weight_decay": 0.5}),
    )
]
# Further settings, of which only steps with given gradients are compared.
VARIANTS: list[dict[str, Any]] = [
    {
        "name": name,
        "ours": ours,
        "arguments": arguments,
        "theirs": theirs,
        **dict(zip(["their_arguments", "clip"], others, strict=False)),
    }
    for name, ours, theirs, arguments, *others in (
        # With a constant learning rate both forms of momentum give the same numbers.
        (
            "sgd with the previous change",
            "SGDOptimizer",
            "SGD",
            {"lr": 0.1, "momentum": 0.9, "weight_decay": 0.1, "momentum_form": "previous_change"},
            {"lr": 0.1, "momentum": 0.9, "weight_decay": 0.1},
        ),
        (
            "nesterov with the previous change",
            "SGDOptimizer",
            "SGD",
            {"lr": 0.1, "momentum": 0.9, "nesterov": True, "momentum_form": "previous_change"},
            {"lr": 0.1, "momentum": 0.9, "nesterov": True},
        ),
        ("rmsprop with a small epsilon", "RMSPropOptimizer", "RMSprop", {"lr": 0.02, "epsilon": 1e-300}),
        ("adam with a large epsilon", "AdamOptimizer", "Adam", {"lr": 0.03, "epsilon": 2.0}),
        ("sgd clipped by norm", "SGDOptimizer", "SGD", {"lr": 0.1, "momentum": 0.9}, None, ("norm", 1.5)),
        ("adam clipped by value", "AdamOptimizer", "Adam", {"lr": 0.1}, None, ("value", 0.25)),
        # Without its momentum and its bias correction, Adam is RMSProp.
        (
            "adam without bias correction",
            "AdamOptimizer",
            "RMSprop",
            {"lr": 0.03, "betas": (0.0, 0.9), "bias_correction": False},
            {"lr": 0.03, "alpha": 0.9},
        ),
        (
            "adagrad with every setting",
            "AdagradOptimizer",
            "Adagrad",
            {"lr": 0.2, "lr_decay": 0.3, "initial_sum": 0.5, "epsilon": 0.01, "weight_decay": 0.1},
        ),
    )
]


# Penalties, and decay without the biases: a weight and a bias with given gradients of the loss.
PENALIZED: list[dict[str, Any]] = [
    {
        "name": name,
        "ours": ours,
        "theirs": theirs,
        "arguments": arguments,
        "w": [[0.5, -1.0], [0.0, 0.25]],
        "b": [1.0, -0.5],
        "gradients": [
            [[[0.1, -0.2], [0.0, 3.0]], [0.5, 0.0]],
            [[[0.2, 0.4], [-1.0, 1e-3]], [-1.0, 2.0]],
            [[[-0.3, 0.1], [0.5, -2.0]], [0.0, 0.25]],
        ],
        **others,
    }
    for name, ours, theirs, arguments, others in (
        ("penalty l1", "SGDOptimizer", "SGD", {"lr": 0.1}, {"penalty": {"l1": 0.3}}),
        ("penalty l2", "SGDOptimizer", "SGD", {"lr": 0.1, "momentum": 0.9}, {"penalty": {"l2": 0.4}}),
        (
            "penalty of biases, clipped",
            "AdamOptimizer",
            "Adam",
            {"lr": 0.1, "weight_decay": 0.1},
            {"penalty": {"l1": 0.3, "l2": 0.4, "biases": True}, "clip": ("norm", 0.5)},
        ),
        (
            "penalty and decay without biases",
            "SGDOptimizer",
            "SGD",
            {"lr": 0.1, "weight_decay": 0.2},
            {"penalty": {"l1": 0.3, "l2": 0.4}, "decay_biases": False, "clip": ("value", 0.6)},
        ),
        *(
            (
                f"{theirs} without decay of biases",
                ours,
                theirs,
                {"lr": 0.1, "weight_decay": 0.2},
                {"decay_biases": False},
            )
            for ours, theirs in (
                ("SGDOptimizer", "SGD"),
                ("RMSPropOptimizer", "RMSprop"),
                ("AdagradOptimizer", "Adagrad"),
                ("AdamOptimizer", "Adam"),
                ("AdamWOptimizer", "AdamW"),
            )
        ),
    )
]


def torch_penalized(setting: dict[str, Any]) -> list[Any]:
    """A weight and a bias after each step with given gradients of the loss, with the penalty before it."""
    import torch

    w, b = (torch.tensor(setting[name], dtype=torch.float64, requires_grad=True) for name in ("w", "b"))
    bias: dict[str, Any] = {"params": [b]}
    if not setting.get("decay_biases", True):
        bias["weight_decay"] = 0.0
    optimizer = torch_optimizer(setting, [{"params": [w]}, bias])
    of = setting.get("penalty", {})
    covered = [w, b] if of.get("biases") else [w]
    seen = []
    for slopes in setting["gradients"]:
        optimizer.zero_grad()
        penalty = sum(of.get("l1", 0) * one.abs().sum() + of.get("l2", 0) / 2 * (one**2).sum() for one in covered)
        loss = sum(
            (one * torch.tensor(given, dtype=torch.float64)).sum() for one, given in zip((w, b), slopes, strict=True)
        )
        (loss + penalty).backward()
        if "clip" in setting:
            kind, most = setting["clip"]
            clips = {"norm": torch.nn.utils.clip_grad_norm_, "value": torch.nn.utils.clip_grad_value_}
            clips[kind]([w, b], most)
        optimizer.step()
        seen.append([penalty.item(), w.tolist(), b.tolist()])
    return seen


def torch_optimizer(setting: dict[str, Any], parameters: Any) -> Any:
    """PyTorch's optimizer of a setting."""
    import torch

    given = setting.get("their_arguments") or setting["arguments"]
    arguments = {RENAMED.get(name, name): value for name, value in given.items()}
    return getattr(torch.optim, setting["theirs"])(parameters, **arguments)


def torch_steps(setting: dict[str, Any], start: Any, gradients: Any) -> list[Any]:
    """The parameter after each of several steps with given gradients."""
    import torch

    parameter = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    optimizer = torch_optimizer(setting, [parameter])
    seen = []
    for gradient in gradients:
        parameter.grad = torch.tensor(gradient, dtype=torch.float64)
        if "clip" in setting:
            kind, most = setting["clip"]
            clips = {"norm": torch.nn.utils.clip_grad_norm_, "value": torch.nn.utils.clip_grad_value_}
            clips[kind]([parameter], most)
        optimizer.step()
        seen.append(parameter.tolist())
    return seen


def torch_rates(setting: dict[str, Any], first: float, steps: int) -> list[float]:
    """The rates of the first epochs, with one more, by PyTorch's schedulers."""
    import torch

    optimizer = torch.optim.SGD([torch.zeros(1)], lr=first)
    scheduler = _torch_scheduler(optimizer, setting)
    rates = []
    for _ in range(steps + 1):
        rates.append(float(optimizer.param_groups[0]["lr"]))
        optimizer.step()
        scheduler.step()
    return rates


def _torch_scheduler(optimizer: Any, setting: dict[str, Any]) -> Any:
    from torch.optim import lr_scheduler as theirs

    match setting["type"]:
        case "step":
            return theirs.StepLR(optimizer, setting["every"], setting.get("factor", 0.1))
        case "cosine":
            return theirs.CosineAnnealingLR(optimizer, setting["over"], setting.get("least", 0.0))
    rising = theirs.LinearLR(optimizer, setting.get("start_factor", 1 / 3), 1.0, setting["over"])
    if "after" not in setting:
        return rising
    return theirs.SequentialLR(optimizer, [rising, _torch_scheduler(optimizer, setting["after"])], [setting["over"]])


def torch_groups(setting: dict[str, Any], factors: Sequence[float], start: Any, gradients: Any) -> list[Any]:
    """A parameter in a group of each rate factor after each step, by PyTorch."""
    import torch

    parameters = [torch.tensor(start, dtype=torch.float64, requires_grad=True) for _ in factors]
    optimizer = torch_optimizer(setting, [{"params": [parameter]} for parameter in parameters])
    for group, factor in zip(optimizer.param_groups, factors, strict=True):
        group["lr"] = factor * group["lr"]
    seen = []
    for gradient in gradients:
        for parameter in parameters:
            parameter.grad = torch.tensor(gradient, dtype=torch.float64)
        optimizer.step()
        seen.append([parameter.tolist() for parameter in parameters])
    return seen
