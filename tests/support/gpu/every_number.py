"""Run the whole engine on the chosen backend, and print every number as JSON: {section: {name: value}}."""

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from numpy.random import default_rng

from tests.tinyml.layers.cases import ROWS
from tinyml import data, initialisers, layers, losses, optims
from tinyml.core import Array, Backend, DivergenceError, normal
from tinyml.core.special import erfc
from tinyml.data import parse_csv
from tinyml.explain import explain
from tinyml.gradient_check import error_curve, gradient_check
from tinyml.graph import graph
from tinyml.layers import Flatten, Layer, Linear, MaxPool2D, MaxUnpool2D, ReLu, Tanh
from tinyml.learner import Learner
from tinyml.losses import Loss, mse_loss, softmax_cross_entropy
from tinyml.net import Ensemble, Sequential
from tinyml.optims import Clip, CosineSchedule, Optimizer, SGDOptimizer
from tinyml.saving.npz import read_npz
from tinyml.saving.safetensors import read_safetensors
from tinyml.trace import trace, trace_as_lists

IMAGE = (2, 4, 4)
BATCH = 6
# The abstract one and what clips are not optimizers.
OPTIMIZERS = [
    name
    for name, of in sorted(vars(optims).items())
    if isinstance(of, type) and issubclass(of, optims.Optimizer) and of is not optims.Optimizer
]


def drawn(shape: tuple[int, ...], seed: int = 1) -> Array:
    """Numbers to compute with."""
    return normal(default_rng(seed), 1.0, shape)


def of_layer(kind: str) -> dict[str, Any]:
    """A layer by itself, and in a network that is traced, checked, trained and evaluated."""
    first = ROWS[kind].cases[0]
    arguments, shape = first.arguments, first.shape[1:]
    rng = {"rng": default_rng(0)} if kind in ("Conv1D", "Conv2D", "Deconv2D", "Linear") else {}
    layer: Layer = getattr(layers, kind)("layer", **arguments, **rng)
    x = drawn((BATCH, *shape))
    output = layer.forward(x)
    found = {"output": output, "input_gradient": layer.backward(drawn(output.shape, 2))}
    found |= {f"{name} gradient": parameter.gradient for name, parameter in layer.parameters().items()}
    flat = Flatten("flat")
    width = flat.output_shape(layer.output_shape(shape))[0]
    model = Sequential([layer, flat, Linear("fc", width, 2, rng=default_rng(3))])
    y = drawn((BATCH, 2), 4)
    checked = gradient_check(model, mse_loss, x, y, complex_step=True)
    chosen = gradient_check(model, mse_loss, x, y, refs=["fc.b[1]", checked.refs[-1], "fc.w[0,1]"])
    found |= {"trace": trace_as_lists(model, mse_loss, SGDOptimizer(0.1), x, y)}
    found |= {
        "analytic": checked.analytic,
        "moved": [checked.left, checked.right],
        "check": [row.verdict for row in checked],
        # All numbers equal: comparisons with ties take several branches.
        "tied": [row.verdict for row in gradient_check(model, mse_loss, Backend.zeros(x.shape), y)],
        "complex": [] if checked.complex_step is None else checked.complex_step,
        "chosen": [[row.left, row.right] for row in chosen],
    }
    history = Learner(model, mse_loss, SGDOptimizer(0.1)).fit(x, y, 2, 4, progress=False)
    return found | {"losses": [epoch.loss for epoch in history], "predicted": model.predict(x)}


def of_unpooling() -> dict[str, Any]:
    """Max-pooling with the places, and its inverse."""
    pool = MaxPool2D("pool", IMAGE, (2, 2), 2, return_index=True)
    values, index = pool.forward(drawn((BATCH, *IMAGE)))
    unpool = MaxUnpool2D("unpool", (2, 2, 2), (2, 2), 2)
    image = unpool.forward((values, index))
    return {"index": index, "image": image, "gradient": unpool.backward(image * image)}


def network() -> Sequential:
    """A small network, always the same."""
    rng = default_rng(0)
    return Sequential([Linear("fc_1", 3, 4, rng=rng), Tanh("tanh"), ReLu("relu"), Linear("fc_2", 4, 2, rng=rng)])


def of_loss(name: str) -> dict[str, Any]:
    """A loss that is called, traced, checked and used in training."""
    loss: Loss = getattr(losses, name)
    x, y = drawn((BATCH, 3)), drawn((BATCH, 2), 2)
    y = Backend.sign(y) if loss.allowed else Backend.abs(y)
    value, gradient = loss(x[:, :2], y)
    recorded = trace(network(), loss, SGDOptimizer(0.1), x, y)
    checked = gradient_check(network(), loss, x, y)
    history = Learner(network(), loss, SGDOptimizer(0.1)).fit(x, y, 2, 4, progress=False)
    curve = error_curve(network(), loss, x, y, "fc_1.w[0,1]", 1)
    refs = ("loss", "fc_1.w.grad[0,1]", "fc_2.b.grad[0]", "fc_1.output[2,1]", "x.grad[1,2]")
    return {
        "value": value,
        "gradient": gradient,
        "truth_gradient": loss.truth_gradient(x[:, :2], y),
        "moved": [checked.left, checked.right],
        "check": checked.relative_error < 1e-4,
        "failed": checked.failed,
        "curve": [[point.left, point.right] for point in curve.points],
        "losses": [epoch.loss for epoch in history],
        "explained": [explain(recorded, ref).value for ref in refs],
        "nodes": [node.value for node in graph(recorded).nodes],
    }


def of_optimizer(optimizer: Optimizer) -> dict[str, Any]:
    """An optimizer over some epochs of batches."""
    model = network()
    Learner(model, mse_loss, optimizer).fit(drawn((20, 3)), drawn((20, 2), 2), 3, 6, progress=False)
    return {str(i): parameter.tensor for i, parameter in enumerate(model.parameters)}


def of_clip() -> dict[str, Any]:
    """Both kinds of clips, measured and over some epochs of batches."""
    found: dict[str, Any] = {}
    for clip in (Clip("norm", 0.5), Clip("value", 0.1)):
        optimizer = SGDOptimizer(0.05, 0.9)
        optimizer.clip = clip
        found[f"{clip.kind} measured"] = list(clip.measured([drawn((3, 2)), drawn((2,), 2)]))
        found |= {f"{clip.kind} {name}": values for name, values in of_optimizer(optimizer).items()}
    return found


def of_penalty() -> dict[str, Any]:
    """A penalty with its value, over some epochs of batches."""
    optimizer = SGDOptimizer(0.05, 0.9)
    optimizer.penalty = optims.Penalty(0.1, 0.2, biases=True)
    found = {"value": optimizer.penalty.value(network().parameters)}
    return found | of_optimizer(optimizer)


def of_training() -> dict[str, Any]:
    """All options of `fit`: penalties, classes, validation, patience, a schedule, a loss that is a plain function."""
    x, classes = drawn((30, 3)), Backend.arange(30) % 2
    learner = Learner(network(), softmax_cross_entropy, SGDOptimizer(0.1, 0.9, nesterov=True))
    learner.optimizer.penalty = optims.Penalty(0.01, 0.02)
    learner.optimizer.schedule = CosineSchedule(over=8)
    history = learner.fit(x, classes, 8, 7, validation=0.3, patience=5, progress=False)
    plain = Learner(network(), lambda predicted, truth: mse_loss(predicted, truth), SGDOptimizer(0.1))
    return {
        "history": [[e.loss, e.penalty, e.validation_loss, e.lr] for e in history],
        "plain": [epoch.loss for epoch in plain.fit(x, drawn((30, 2)), 2, 7, progress=False)],
    }


def of_divergence() -> dict[str, Any]:
    """The report on a training that diverges."""
    learner = Learner(network(), mse_loss, SGDOptimizer(1e100))
    try:
        learner.fit(drawn((8, 3)), drawn((8, 2), 2), 9, progress=False)
    except DivergenceError as error:
        return {"error": str(error), "parameters": [parameter.tensor for parameter in learner.model.parameters]}
    return {}


def of_float32() -> dict[str, Any]:
    """Single precision."""
    model = network().astype("f4")
    x, y = drawn((8, 3)).astype("f4"), drawn((8, 2), 2).astype("f4")
    history = Learner(model, mse_loss, SGDOptimizer(0.1)).fit(x, y, 3, 4, progress=False)
    return {"losses": [epoch.loss for epoch in history], "predicted": model.predict(x)}


def of_saving() -> dict[str, Any]:
    """Parameters saved to a file of each kind and loaded again."""
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        for suffix, read in ((".npz", read_npz), (".safetensors", read_safetensors)):
            path = Path(folder, "network" + suffix)
            network().export(path)
            model = network()
            model.parameters[0].tensor[...] = 0
            model.load(path)
            found[suffix] = {"file": read(path), "model": [parameter.tensor for parameter in model.parameters]}
    return found


def of_stack() -> dict[str, Any]:
    """Networks side by side."""
    stack = Ensemble([network(), network()], mse_loss, SGDOptimizer(0.1))
    losses_found = [stack.batch_fit(drawn((4, 3)), drawn((4, 2))) for _ in range(2)]
    return {"losses": losses_found, "tensors": stack.tensors(), "predicted": stack.predict(drawn((2, 3)))}


def of_drawing() -> dict[str, Any]:
    """How weights start."""
    rules = {**initialisers.INITIALISERS, "constant": initialisers.constant(2.0)}
    return {name: rule((3, 4), default_rng(0)) for name, rule in rules.items()}


def of_data() -> dict[str, Any]:
    """The toy sets and functions, a table, its scaled columns, and the rows of mini-batches."""
    drawn_sets = [name for name, one in data.SETS.items() if one.draw]
    found = {name: getattr(data, name)(15, default_rng(0), 0.2) for name in drawn_sets}
    found["draw"] = {name: data.draw(name, 15, 0.2, 3) for name in drawn_sets}
    batches = data.Batches(30, 7, held_out=0.2, seed=5)
    rows = [batches.rows(epoch, step) for epoch in range(2) for step in range(batches.steps)]
    found["Batches"] = {"held_out": batches.held_out, "training": batches.training, "rows": rows}
    scaled = {kind: data.scale(kind, drawn((5, 3))) for kind in ("standard", "minmax")}
    found["scale"] = {kind: {"x": one.x, "center": one.center, "spread": one.spread} for kind, one in scaled.items()}
    return found | {"csv": parse_csv(["a,b,c", "1,2,3", "4,5,6"])}


def sections() -> dict[str, Callable[[], dict[str, Any]]]:
    """The sections to compute, by name."""
    found: dict[str, Callable[[], dict[str, Any]]] = {
        **{kind: lambda kind=kind: of_layer(kind) for kind in ROWS if kind != "MaxUnpool2D"},
        "MaxUnpool2D": of_unpooling,
        **{name: lambda name=name: of_loss(name) for name in losses.__all__ if isinstance(getattr(losses, name), Loss)},
        **{name: lambda name=name: of_optimizer(getattr(optims, name)(0.05)) for name in OPTIMIZERS},
        "Clip": of_clip,
        "Penalty": of_penalty,
        "training": of_training,
        "divergence": of_divergence,
        "float32": of_float32,
        "saving": of_saving,
        "stack": of_stack,
        "drawing": of_drawing,
        "data": of_data,
        "erf": lambda: {"erf": erfc(drawn((9,)))},
    }
    return found


def plain(value: Any) -> Any:
    """Arrays as lists."""
    if isinstance(value, dict):
        return {name: plain(entry) for name, entry in value.items()}
    if isinstance(value, tuple | list):
        return [plain(entry) for entry in value]
    return value if isinstance(value, str | int | float | None) else value.tolist()


if __name__ == "__main__":
    found = {name: plain(compute()) for name, compute in sections().items()}
    json.dump({"backend": Backend.__name__, "numbers": found}, sys.stdout)
