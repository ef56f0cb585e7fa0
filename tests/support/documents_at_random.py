"""Random network documents over all layers, losses and optimizers: rows, sequences and images; parameters given or
drawn from the seed; a fresh network or a later training step; training or evaluation.
"""

from collections.abc import Callable, Sequence
from math import prod
from typing import Any

import numpy as np
from hypothesis import strategies as st

from tests.support.layers_at_random import LEARNING, fitting, kinds_on
from tests.support.networks import LOSSES, Document
from tests.tinyml.layers.cases import ROWS
from tinyml import layers as engine
from tinyml.layers import Layer

Shape = tuple[int, ...]
ON_ROWS = ["Linear", "Linear", "Linear", *kinds_on(1), "Flatten"]
ON_SEQUENCES = ["Conv1D", "Conv1D", *kinds_on(2), "Flatten"]
ON_IMAGES = ["Conv2D", "Conv2D", "Deconv2D", "MaxPool2D", "AvgPool2D", *kinds_on(3), "Flatten"]
BY_AXES = {1: ON_ROWS, 2: ON_SEQUENCES, 3: ON_IMAGES}
KINDS = sorted({*ON_ROWS, *ON_SEQUENCES, *ON_IMAGES})
# Within the epochs that are drawn, each has its first and its last rate, and a change of its rule.
SCHEDULES: list[Document] = [
    {"type": "step", "every": 3, "factor": 0.5},
    {"type": "cosine", "over": 4, "least": 0.01, "unit": "step"},
    {"type": "warm_up", "over": 2, "start_factor": 0.25, "after": {"type": "step", "every": 2}},
    {"type": "warm_up", "over": 2, "unit": "step", "after": {"type": "cosine", "over": 3}},
    {"type": "warm_up", "over": 5},
]
OPTIMIZERS = ["sgd", "rmsprop", "adam", "adamw", "adagrad"]
TARGETLESS = ("output", "given_gradient")
MOST = 60  # Limits the numbers of a sample, so that the tests stay quick.


@st.composite
def documents(
    draw: st.DrawFn,
    *,
    kinds: Sequence[str] = KINDS,
    losses: Sequence[str] = (*sorted(LOSSES), "given_gradient"),
    optimizers: Sequence[str] = tuple(OPTIMIZERS),
    modes: Sequence[str] = ("train", "train", "predict"),
    written: bool | None = None,
    shapes: Sequence[Shape] = ((1, 4, 5), (2, 5, 4), (3,), (4,), (2, 4)),
    batches: st.SearchStrategy[int] | None = None,
) -> Document:
    """Documents of these kinds. `written` decides whether all parameters, and the state that changes from step
    to step, are written out or none; by default, either.
    """
    # Drawn first: hypothesis derives examples from earlier ones, and these rarely differ in what is drawn last.
    mode = draw(st.sampled_from(modes))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    shape = start = draw(st.sampled_from(shapes))
    fill = draw(st.booleans()) if written is None else written
    layers: list[Document] = []
    parameters: dict[str, Shape] = {}
    for i in range(draw(st.integers(1, 5))):
        among = [kind for kind in BY_AXES[len(shape)] if kind in kinds and fits(kind, shape)]
        if not among:
            break
        kind = draw(st.sampled_from(among))
        arguments = fitting(draw, kind, shape)
        made: Layer = getattr(engine, kind)("layer", **arguments)
        layer = {"type": kind, **as_written(draw, arguments, fill), "name": f"layer_{i}"}
        own = parameters_of(made)
        if frozen := [name for name in own if draw(st.sampled_from([False, False, True]))]:
            layer["frozen"] = frozen
        if own and rng.random() < 0.2:
            layer["lr_factor"] = (0.0, 0.5, 3.0)[int(rng.integers(3))]
        if fill:
            zeros = (0.0, 0.0, 0.3)[int(rng.integers(3))]
            layer |= {name: with_zeros(rng, numbers(rng, of), zeros) for name, of in own.items()}
            layer |= ROWS[kind].running_state(draw, shape) if ROWS[kind].running_state else {}
        parameters |= {f"layer_{i}.{name}": of for name, of in own.items()}
        layers.append(layer)
        shape = made.output_shape(shape)
    loss = draw(st.sampled_from([one for one in losses if len(shape) == 1 or one != "softmax_cross_entropy"]))
    batch = draw(st.integers(1, 4) if batches is None else batches)
    document = {
        "input_shape": list(start),
        "layers": layers or [{"type": "Tanh", "name": "layer_0"}],
        "loss": {"type": loss, **({"gradient": numbers(rng, (batch, *shape))} if loss == "given_gradient" else {})},
        "optimizer": optimizer(draw, rng, draw(st.sampled_from(optimizers)), parameters, fill),
        **(penalty(draw) or {}),
        "x": numbers(rng, (batch, *start), 2),
        **({"y": targets(draw, rng, loss, (batch, *shape))} if loss not in TARGETLESS else {}),
        "seed": draw(st.integers(0, 99)),
    }
    if "schedule" in document["optimizer"]:
        document["position"] = {"epoch": int(rng.integers(0, 8)), "step": 0}
    document["loss"] |= loss_settings(rng, loss, shape)
    return document if mode == "train" else {**document, "mode": mode}


def numbers(rng: np.random.Generator, shape: Shape, reach: float = 1) -> Any:
    """Numbers in nested lists."""
    return rng.uniform(-reach, reach, shape).tolist()


def with_zeros(rng: np.random.Generator, values: Any, share: float) -> Any:
    """The numbers, this share of which is exactly 0, where a penalty has a kink."""
    return np.where(rng.uniform(size=np.shape(values)) < share, 0.0, values).tolist() if share else values


def penalty(draw: st.DrawFn) -> Document | None:
    """The field of a penalty, often none."""
    of = draw(st.sampled_from([None, None, None, {"l1": 0.1}, {"l2": 0.2}, {"l1": 0.1, "l2": 0.2, "biases": True}]))
    return None if of is None else {"penalty": of}


def fits(kind: str, shape: Shape) -> bool:
    """Whether a layer of this kind accepts such samples and does not enlarge them."""
    takes = ROWS[kind].takes
    if takes not in (None, len(shape)):
        return False
    # Its windows may enlarge them.
    return takes in (None, 1) or kind not in LEARNING or prod(shape) <= MOST


def as_written(draw: st.DrawFn, arguments: Document, fill: bool) -> Document:
    """A layer's arguments as documents write them: without those inferred from the input, and without values drawn
    for it if these are left to the seed.
    """
    kept = {name: value for name, value in arguments.items() if name not in ("input_dim", "features")}
    if not fill:
        kept.pop("seed", None)
    if "size" in kept:
        height, width = kept["size"]
        kept["size"] = height if height == width and draw(st.booleans()) else [height, width]
    return kept


def parameters_of(layer: Layer) -> dict[str, Shape]:
    """The shape of each of a layer's parameters, as documents write them."""
    return {name: layer.in_notation(name, own.tensor).shape for name, own in layer.parameters().items()}


def targets(draw: st.DrawFn, rng: np.random.Generator, loss: str, shape: Shape) -> Any:
    """Targets of the output's shape; probabilities for cross entropies, sometimes class indices."""
    if loss == "softmax_cross_entropy":
        if draw(st.booleans()):
            return rng.integers(0, shape[1], shape[0]).tolist()
        return rng.dirichlet(np.ones(shape[1]), shape[0]).tolist()
    if loss == "hinge":
        return rng.choice([-1.0, 1.0], shape).tolist()
    return rng.uniform(0, 1, shape).tolist() if loss == "binary_cross_entropy" else numbers(rng, shape, 2)


def loss_settings(rng: np.random.Generator, loss: str, outputs: Shape) -> Document:
    """Settings of a cross entropy, in half of all cases one or both; none of other losses."""
    weights = rng.uniform(0.2, 3, outputs[0]).tolist()
    if loss == "binary_cross_entropy":
        return {"pos_weight": weights} if len(outputs) == 1 and rng.random() < 0.5 else {}
    if loss != "softmax_cross_entropy":
        return {}
    settings = {"label_smoothing": float(rng.choice([0.1, 0.4]))} if rng.random() < 0.35 else {}
    return {**settings, "weight": weights} if rng.random() < 0.35 else settings


def optimizer(
    draw: st.DrawFn, rng: np.random.Generator, kind: str, parameters: dict[str, Shape], going_on: bool
) -> Document:
    """An optimizer; with `going_on`, one with the state of some earlier steps."""
    decay = draw(st.sampled_from([0.0, 0.1]))
    made: Document = {"type": kind, "lr": float(rng.uniform(0, 0.1)), **({"weight_decay": decay} if decay else {})}
    if clip := draw(st.sampled_from([None, None, {"norm": 0.5}, {"value": 0.1}])):
        made["clip"] = clip
    if rng.random() < 0.3:
        made["schedule"] = SCHEDULES[int(rng.integers(len(SCHEDULES)))]
    if decay and draw(st.booleans()):
        made["decay_biases"] = False
    match kind:
        case "sgd":
            if momentum := draw(st.sampled_from([None, 0.5, 0.9])):
                made |= {"momentum": momentum, "nesterov": draw(st.booleans())}
                made |= {"momentum_form": "previous_change"} if draw(st.booleans()) else {}
        case "rmsprop":
            made["decay"] = draw(st.sampled_from([0.9, 0.99]))
        case "adagrad":
            made |= {"lr_decay": draw(st.sampled_from([0.0, 0.1])), "initial_sum": draw(st.sampled_from([0.0, 0.5]))}
        case "adam" | "adamw":
            made["betas"] = draw(st.sampled_from([[0.9, 0.999], [0.0, 0.5]]))
            made["bias_correction"] = draw(st.sampled_from([True, True, False]))
    if going_on and parameters and draw(st.sampled_from([False, True, True])):
        made["state"] = {key: remembered(rng, made, shape) for key, shape in parameters.items()}
        made["state"] = {key: state for key, state in made["state"].items() if state}
    return made


def remembered(rng: np.random.Generator, optimizer: Document, shape: Shape) -> Document:
    """The optimizer's state for one parameter."""
    mean, square = numbers(rng, shape, 0.1), rng.uniform(0.001, 0.1, shape).tolist()
    states: dict[str, Callable[[], Document]] = {
        "sgd": lambda: (
            {"change" if "momentum_form" in optimizer else "velocity": mean} if "momentum" in optimizer else {}
        ),
        "rmsprop": lambda: {"square": square},
        "adagrad": lambda: {"sum": square, "count": [float(rng.integers(1, 20))]},
        "adam": lambda: {"mean": mean, "square": square, "count": [float(rng.integers(1, 20))]},
    }
    return states[optimizer["type"].removesuffix("w")]()
