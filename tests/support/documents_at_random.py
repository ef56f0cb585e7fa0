"""Random network documents over all layers, losses and optimizers: rows, grids and images; parameters given or drawn
from the seed; a fresh network or a later training step; training or evaluation.
"""

from collections.abc import Callable, Sequence
from math import prod
from typing import Any

import numpy as np
from hypothesis import strategies as st

from tests.support.layers_at_random import BIAS
from tests.support.networks import ACTIVATIONS, LOSSES, Document

Shape = tuple[int, ...]
ANYWHERE = sorted([*ACTIVATIONS, "BatchNorm", "Dropout", "Flatten", "LayerNorm"])
ON_ROWS = ["Linear", "Linear", "Linear", *ANYWHERE]
ON_IMAGES = ["Conv2D", "Conv2D", "Deconv2D", "MaxPool2D", "AvgPool2D", *ANYWHERE]
KINDS = sorted({*ON_ROWS, *ON_IMAGES})
OPTIMIZERS = ["sgd", "rmsprop", "adam", "adamw"]
MOST = 60  # numbers of a sample, so that the tests stay quick


@st.composite
def documents(
    draw: st.DrawFn,
    *,
    kinds: Sequence[str] = KINDS,
    losses: Sequence[str] = tuple(sorted(LOSSES)),
    optimizers: Sequence[str] = tuple(OPTIMIZERS),
    modes: Sequence[str] = ("train", "train", "predict"),
    written: bool | None = None,
    shapes: Sequence[Shape] = ((3,), (4,), (2, 3), (1, 4, 5), (2, 5, 4)),
) -> Document:
    """Documents of these kinds. With `written` every parameter is written out, as are the numbers that move from step
    to step; without, none is; by default, either.
    """
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    shape = start = draw(st.sampled_from(shapes))
    fill = draw(st.booleans()) if written is None else written
    layers: list[Document] = []
    parameters: dict[str, Shape] = {}
    for i in range(draw(st.integers(1, 5))):
        fitting = [kind for kind in (ON_IMAGES if len(shape) == 3 else ON_ROWS) if kind in kinds and fits(kind, shape)]
        if not fitting:
            break
        layer = settings_of(draw, draw(st.sampled_from(fitting)), shape)
        layer["name"] = f"layer_{i}"
        own = parameters_of(layer, shape)
        if frozen := [name for name in own if draw(st.sampled_from([False, False, True]))]:
            layer["frozen"] = frozen
        if fill:
            layer |= {name: numbers(rng, of) for name, of in own.items()}
            layer |= moving(draw, rng, layer, shape)
        parameters |= {f"layer_{i}.{name}": of for name, of in own.items()}
        layers.append(layer)
        shape = output_shape(layer, shape)
    loss = draw(st.sampled_from([one for one in losses if len(shape) == 1 or one != "softmax_cross_entropy"]))
    batch = draw(st.integers(1, 4))
    document = {
        "input_shape": list(start),
        "layers": layers or [{"type": "Tanh", "name": "layer_0"}],
        "loss": {"type": loss},
        "optimizer": optimizer(draw, rng, draw(st.sampled_from(optimizers)), parameters, fill),
        "x": numbers(rng, (batch, *start), 2),
        "y": targets(draw, rng, loss, (batch, *shape)),
        "seed": draw(st.integers(0, 99)),
    }
    mode = draw(st.sampled_from(modes))
    return document if mode == "train" else {**document, "mode": mode}


def numbers(rng: np.random.Generator, shape: Shape, reach: float = 1) -> Any:
    """Numbers in nested lists."""
    return rng.uniform(-reach, reach, shape).tolist()


def fits(kind: str, shape: Shape) -> bool:
    """Whether a layer of this kind accepts such samples and keeps them small."""
    if kind == "Linear":
        return len(shape) == 1
    return kind not in ("Conv2D", "Deconv2D") or prod(shape) <= MOST


def settings_of(draw: st.DrawFn, kind: str, shape: Shape) -> Document:
    """A layer of some kind for samples of this shape, without its parameters."""
    layer: Document = {"type": kind}
    match kind:
        case "Linear":
            layer |= {"output_dim": draw(st.integers(1, 4)), **draw(BIAS)}
        case "LeakyReLu":
            layer["slope"] = draw(st.sampled_from([0.01, 0.3]))
        case "ELU":
            layer["alpha"] = draw(st.sampled_from([0.5, 1.0]))
        case "Dropout":
            layer |= {"probability": draw(st.sampled_from([0.0, 0.25, 0.5]))}
        case "BatchNorm":
            layer |= {"momentum": draw(st.sampled_from([0.1, 0.5])), "epsilon": draw(st.sampled_from([1e-5, 1e-3]))}
        case "LayerNorm":
            layer["epsilon"] = draw(st.sampled_from([1e-5, 1e-3]))
        case "Conv2D" | "Deconv2D" | "MaxPool2D" | "AvgPool2D":
            layer |= windows(draw, kind, shape)
    return layer


def windows(draw: st.DrawFn, kind: str, shape: Shape) -> Document:
    """The settings of a layer with windows."""
    height, width = draw(st.integers(1, min(3, shape[1]))), draw(st.integers(1, min(3, shape[2])))
    if kind.endswith("Pool2D"):
        size: Any = height if height == width and draw(st.booleans()) else [height, width]
        fitting = [n for n in (1, 2, 3) if not (shape[1] - height) % n and not (shape[2] - width) % n]
        return {"size": size, "stride": draw(st.sampled_from(fitting))}
    sides = {"h_filter": height, "w_filter": width, "stride": draw(st.integers(1, 2)), **draw(BIAS)}
    if kind == "Conv2D":
        return {"n_filter": draw(st.integers(1, 3)), **sides, "padding": draw(st.integers(0, 1))}
    made = {"n_filters": draw(st.integers(1, 2)), **sides, "dilation": draw(st.integers(1, 2))}
    smallest = min(output_shape({"type": kind, "padding": 0, **made}, shape)[1:])
    return {**made, "padding": draw(st.integers(0, min(1, (smallest - 1) // 2)))}


def output_shape(layer: Document, shape: Shape) -> Shape:
    """The shape of one sample's output."""
    match layer["type"]:
        case "Linear":
            return (layer["output_dim"],)
        case "Flatten":
            return (prod(shape),)
        case "MaxPool2D" | "AvgPool2D":
            size = layer["size"] if isinstance(layer["size"], list) else [layer["size"]] * 2
            return (shape[0], *((n - k) // layer["stride"] + 1 for n, k in zip(shape[1:], size, strict=True)))
        case "Conv2D":
            sides = zip(shape[1:], (layer["h_filter"], layer["w_filter"]), strict=True)
            return (layer["n_filter"], *((n + 2 * layer["padding"] - k) // layer["stride"] + 1 for n, k in sides))
        case "Deconv2D":
            sides = zip(shape[1:], (layer["h_filter"], layer["w_filter"]), strict=True)
            stride, dilation, padding = layer["stride"], layer["dilation"], layer["padding"]
            return (
                layer["n_filters"],
                *((n - 1) * stride - 2 * padding + (k - 1) * dilation + 1 for n, k in sides),
            )
    return shape


def parameters_of(layer: Document, shape: Shape) -> dict[str, Shape]:
    """The shape of each of a layer's parameters, as documents write them."""
    match layer["type"]:
        case "Linear":
            shapes = {"w": (shape[0], layer["output_dim"]), "b": (layer["output_dim"],)}
        case "Conv2D":
            w = (layer["n_filter"], shape[0], layer["h_filter"], layer["w_filter"])
            shapes = {"w": w, "b": (layer["n_filter"],)}
        case "Deconv2D":
            w = (shape[0], layer["n_filters"], layer["h_filter"], layer["w_filter"])
            shapes = {"w": w, "b": (layer["n_filters"],)}
        case "BatchNorm":
            shapes = {"gamma": shape[:1], "beta": shape[:1]}
        case "LayerNorm":
            shapes = {"gamma": shape, "beta": shape}
        case _:
            shapes = {}
    return {name: of for name, of in shapes.items() if name != "b" or layer.get("bias", True)}


def moving(draw: st.DrawFn, rng: np.random.Generator, layer: Document, shape: Shape) -> Document:
    """The state that a layer keeps between steps beside its parameters."""
    match layer["type"]:
        case "Dropout":
            return {"seed": draw(st.integers(0, 9)), "passes": draw(st.integers(0, 9))}
        case "BatchNorm":
            variance = rng.uniform(0.5, 2, shape[:1]).tolist()
            return {"running_mean": numbers(rng, shape[:1]), "running_variance": variance}
    return {}


def targets(draw: st.DrawFn, rng: np.random.Generator, loss: str, shape: Shape) -> Any:
    """Targets of the output's shape; probabilities for cross entropies, sometimes classes."""
    if loss == "softmax_cross_entropy":
        if draw(st.booleans()):
            return rng.integers(0, shape[1], shape[0]).tolist()
        return rng.dirichlet(np.ones(shape[1]), shape[0]).tolist()
    if loss == "hinge":
        return rng.choice([-1.0, 1.0], shape).tolist()
    return rng.uniform(0, 1, shape).tolist() if loss == "binary_cross_entropy" else numbers(rng, shape, 2)


def optimizer(
    draw: st.DrawFn, rng: np.random.Generator, kind: str, parameters: dict[str, Shape], going_on: bool
) -> Document:
    """An optimizer; with `going_on`, one with the state of some earlier steps."""
    decay = draw(st.sampled_from([0.0, 0.1]))
    made: Document = {"type": kind, "lr": float(rng.uniform(0, 0.1)), **({"weight_decay": decay} if decay else {})}
    match kind:
        case "sgd":
            if momentum := draw(st.sampled_from([None, 0.5, 0.9])):
                made |= {"momentum": momentum, "nesterov": draw(st.booleans())}
        case "rmsprop":
            made["decay"] = draw(st.sampled_from([0.9, 0.99]))
        case "adam" | "adamw":
            made["betas"] = draw(st.sampled_from([[0.9, 0.999], [0.0, 0.5]]))
    if going_on and parameters and draw(st.booleans()):
        made["state"] = {key: remembered(rng, made, shape) for key, shape in parameters.items()}
        made["state"] = {key: state for key, state in made["state"].items() if state}
    return made


def remembered(rng: np.random.Generator, optimizer: Document, shape: Shape) -> Document:
    """The optimizer's state for one parameter."""
    mean, square = numbers(rng, shape, 0.1), rng.uniform(0.001, 0.1, shape).tolist()
    states: dict[str, Callable[[], Document]] = {
        "sgd": lambda: {"velocity": mean} if "momentum" in optimizer else {},
        "rmsprop": lambda: {"square": square},
        "adam": lambda: {"mean": mean, "square": square, "count": [float(rng.integers(1, 20))]},
    }
    return states[optimizer["type"].removesuffix("w")]()
