"""Records the service's answers as data for the page's tests: `python -m tests.static.record`.

`test_fresh.py` compares the recordings with the current service.
"""

import asyncio
import json
import math
import random
import struct
from pathlib import Path
from typing import Any

import httpx

from app.main import create_app
from tests.static.timing import timings
from tests.static.words import words
from tests.support.traces import filled
from tinyml.expression import short

RECORDED = Path(__file__).parent / "recorded"
WIDTH = 160


# Networks with layers that no example has: pools, normalizations and others, on images and on rows.
REST: dict[str, Any] = {"loss": {"type": "mean_squared_error"}, "optimizer": {"type": "sgd", "lr": 0.1}}
IMAGES = [
    [
        [[0.1, 0.5, 0.2, 0.9], [0.3, 0.7, 0.4, 0.6], [0.8, -0.2, 0.3, -0.4]],
        [[1, 0, 0.5, 1], [0, 1, 1, 0], [1, 1, 0, 0]],
    ],
    [[[0.6, 0.1, 0.7, 0.2], [0.9, 0.3, -0.5, 0.4], [0.2, 0.8, 0.1, 0]], [[0, 1, 1, 0], [1, 0.5, 0, 1], [0, 0, 1, 0]]],
]
ROWS = [[0.1, 0.5, -0.2], [0.9, -0.4, 0.3], [0.7, 0.2, 0.6]]
LAYERS: dict[str, dict[str, Any]] = {
    "pools": {
        "input_shape": [2, 3, 4],
        "layers": [
            {"type": "AvgPool2D", "size": 2, "stride": 1},
            {"type": "MaxPool2D", "size": 2, "stride": 1},
            {"type": "Flatten"},
            {"type": "Linear", "output_dim": 2},
        ],
        "x": IMAGES,
        "y": [[1, 0], [0, 1]],
        **REST,
    },
    "normalized-images": {
        "input_shape": [2, 3, 4],
        "layers": [
            {"type": "BatchNorm", "gamma": [1.5, 0.5], "beta": [0.1, -0.2]},
            {"type": "LayerNorm"},
            {"type": "Flatten"},
            {"type": "Linear", "output_dim": 1},
        ],
        "x": IMAGES,
        "y": [[1], [0]],
        **REST,
    },
    "normalized-rows": {
        "input_shape": [3],
        "layers": [
            {"type": "BatchNorm", "gamma": [1.5, 0.5, 2]},
            {"type": "LayerNorm", "gamma": [1, 2, -1]},
            {"type": "Dropout", "probability": 0.4},
            {"type": "Softmax"},
        ],
        "x": ROWS,
        "y": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
        **REST,
    },
}


# The equations of each loss and optimizer.
LAWS: dict[str, dict[str, Any]] = {
    "loss": {
        kind: {"type": kind}
        for kind in (
            "mean_squared_error",
            "mean_absolute_error",
            "hinge",
            "huber",
            "binary_cross_entropy",
            "softmax_cross_entropy",
        )
    }
    | {
        "class weights": {"type": "softmax_cross_entropy", "label_smoothing": 0.1, "weight": [1, 3]},
        "output weights": {"type": "binary_cross_entropy", "pos_weight": [1, 3]},
    },
    "optimizer": {
        "decay": {"type": "sgd", "lr": 0.1, "weight_decay": 0.1},
        "momentum": {"type": "sgd", "lr": 0.1, "momentum": 0.9},
        "nesterov": {"type": "sgd", "lr": 0.1, "momentum": 0.9, "nesterov": True},
        "norm": {"type": "sgd", "lr": 0.1, "clip": {"norm": 0.01}},
        "value": {"type": "sgd", "lr": 0.1, "clip": {"value": 0.01}},
        "rmsprop": {"type": "rmsprop", "lr": 0.1},
        "adagrad": {"type": "adagrad", "lr": 0.1},
        "adam": {"type": "adam", "lr": 0.1},
        "adamw": {"type": "adamw", "lr": 0.1, "weight_decay": 0.1},
    },
}


async def written(client: httpx.AsyncClient, document: dict[str, Any]) -> dict[str, Any]:
    """A network as equations, with the symbols of its tensors."""
    trace = (await client.post("/api/trace", json=document)).json()
    answer = (await client.post("/api/equations", json={"document": document})).json()
    return {**answer, "symbols": trace["symbols"]}


async def recordings() -> dict[str, Any]:
    """Every example with its trace, its equations, explanations of the numbers in its picture, and some in every
    notation; the times at which the numbers of small networks become known; and the texts of the service.

    For images, which show thousands of numbers, only some are explained.
    """
    transport = httpx.ASGITransport(app=create_app())
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        examples = (await client.get("/api/examples")).json()
        made = {}
        for example in examples:
            document = example["document"]
            trace = (await client.post("/api/trace?graph=1&products=1", json=document)).json()
            refs = drawn(trace) if trace["nodes"] else pixels(filled(trace, document))
            all_refs = ["loss", *refs, *(ref.replace("[", ".grad[") for ref in refs)]
            explanations = [
                (await client.post("/api/explain", json={"document": document, "ref": ref})).json() for ref in all_refs
            ]
            forms = [
                (await client.post("/api/explain", json={"document": document, **form})).json()
                for form in (notations(explanations) if trace["nodes"] else [])
            ]
            equations = (await client.post("/api/equations", json={"document": document})).json()
            made[example["slug"]] = {
                "trace": trace,
                "sent": document,
                **equations,
                "explanations": explanations,
                "forms": forms,
            }
        made["timings"] = {"networks": timings()}
        for name, document in LAYERS.items():
            trace = (await client.post("/api/trace", json=document)).json()
            equations = (await client.post("/api/equations", json={"document": document})).json()
            made[name] = {"trace": trace, "sent": document, **equations}
        two_layers = next(one["document"] for one in examples if one["slug"] == "two-layers") | {"y": [[0.01, 0.5]]}
        sides: dict[str, Any] = {"hinge": {"y": [[-1.0, 1.0]]}}
        made["laws"] = {
            name: await written(client, two_layers | {part: setting} | sides.get(name, {}))
            for part in ("loss", "optimizer")
            for name, setting in LAWS[part].items()
        }
        made["words"] = words((await client.get("/api/catalog")).json())
        made["short"] = {kind: [[value, short(value)] for value in values] for kind, values in floats().items()}
        return made


def floats() -> dict[str, list[float]]:
    """Numbers for every case of rounding to six digits: any float64, halves between two numbers of six digits and
    their neighbours, subnormal numbers, and numbers that round up to the next power of ten.
    """
    chance = random.Random(7)
    any_bits = [struct.unpack("d", chance.randbytes(8))[0] for _ in range(400)]
    halves = [2.0**-k for k in (9, 10)] + [chance.choice((1, -1)) * half(chance) for _ in range(300)]
    beside = [math.nextafter(value, chance.choice((0.0, math.inf))) for value in halves]
    below = [chance.choice((1, -1)) * 5e-324 * chance.randrange(1, 2 ** chance.randrange(1, 52)) for _ in range(200)]
    powers = [float(f"{1 - one}e{power}") for power in range(-308, 309, 7) for one in (0, 1e-6, 4e-7, 5e-7, 6e-7)]
    usual = [round(chance.uniform(-1000, 1000), chance.randrange(9)) for _ in range(200)]
    return {
        "any": [value for value in any_bits if math.isfinite(value)],
        "halves": halves,
        "beside halves": beside,
        "below the normal range": below,
        "next to powers of ten": powers,
        "usual": [*usual, 0.0, -0.0, 0.1 + 0.2],
    }


def half(chance: random.Random) -> float:
    """A float64 exactly between two numbers of six digits: an odd number of 2⁻ᵏ whose decimal has seven digits, the
    last of them 5; or one of seven digits and more before the point.
    """
    k = chance.randrange(1, 8)
    if chance.random() < 0.2:
        return (10 * chance.randrange(10**5, 10**6) + 5) * 10.0 ** chance.randrange(9)
    whole = chance.randrange(10 ** max(6 - k, 0), 10 ** (7 - k)) if k < 7 else 0
    part = chance.randrange(1, 2**k, 2)
    return whole + part / 2**k


def drawn(trace: dict[str, Any]) -> list[str]:
    """The refs of every node, and of every edge with a number."""
    return [part["ref"] for part in (*trace["nodes"], *trace["edges"]) if part["ref"] is not None]


def pixels(trace: dict[str, Any]) -> list[str]:
    """The first and the last number of the output of each layer on images, and of each of its parameters."""
    outputs = [layer["output"] for layer in trace["layers"]]
    parameters = [name for layer in trace["layers"] for name in layer["parameters"]]
    return [
        f"{name}[{','.join(map(str, index))}]"
        for name in ("x", *outputs, *parameters)
        for index in ends(trace["tensors"][name], sampled=name not in parameters)
    ]


def ends(tensor: Any, *, sampled: bool) -> list[list[int]]:
    """The first and the last index in the first sample."""
    shape = []
    while isinstance(tensor, list):
        shape.append(len(tensor))
        tensor = tensor[0]
    last = [size - 1 for size in shape]
    return [[0] * len(shape), [0, *last[1:]] if sampled else last]


def in_lines(value: Any, indent: int = 0) -> str:
    """JSON for a readable diff: a value that does not fit into a line has a line for each item or row of numbers."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if indent + len(text) <= WIDTH or not isinstance(value, dict | list):
        return text
    if isinstance(value, list) and not any(isinstance(item, dict | list) for item in value):
        return text
    pad = "\n" + " " * indent
    if isinstance(value, list):
        inner, opening, closing = [in_lines(item, indent + 1) for item in value], "[", "]"
    else:
        inner = [f"{json.dumps(key, ensure_ascii=False)}:{in_lines(item, indent + 1)}" for key, item in value.items()]
        opening, closing = "{", "}"
    return f"{opening}{pad} " + f",{pad} ".join(inner) + f"{pad}{closing}"


def notations(explanations: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The first explanation of each law, in each of its other notations."""
    first = {answer["law"]: answer for answer in reversed(explanations)}.values()
    return [
        {"ref": answer["ref"], "notation": notation}
        for answer in first
        for notation in answer["notations"]
        if notation != "scalar"
    ]


if __name__ == "__main__":
    RECORDED.mkdir(exist_ok=True)
    for slug, recording in asyncio.run(recordings()).items():
        (RECORDED / f"{slug}.json").write_text(in_lines(recording) + "\n", encoding="utf-8")
