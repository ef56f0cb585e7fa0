"""Records what the service answers, as data for the front end's tests: `python -m tests.static.record`.

`test_fresh.py` holds the recordings against the service of today.
"""

import asyncio
import json
from pathlib import Path
from typing import Any

import httpx

from app.main import create_app
from tests.static.timing import timings
from tests.static.words import words

RECORDED = Path(__file__).parent / "recorded"


async def recordings() -> dict[str, Any]:
    """Every example with its trace, explanations of what its picture shows, and some of them in every notation;
    when the numbers of small networks are known; and the words that the service says.

    Of images, which show thousands of numbers, only some are explained.
    """
    transport = httpx.ASGITransport(app=create_app())
    async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
        examples = (await client.get("/api/examples")).json()
        made = {}
        for example in examples:
            document = example["document"]
            trace = (await client.post("/api/trace", json=document)).json()
            refs = drawn(trace) if trace["nodes"] else pixels(trace)
            asked = ["loss", *refs, *(ref.replace("[", ".grad[") for ref in refs)]
            explanations = [
                (await client.post("/api/explain", json={"document": trace["document"], "ref": ref})).json()
                for ref in asked
            ]
            forms = [
                (await client.post("/api/explain", json={"document": trace["document"], **form})).json()
                for form in (notations(explanations) if trace["nodes"] else [])
            ]
            made[example["slug"]] = {"trace": trace, "explanations": explanations, "forms": forms}
        made["timings"] = {"networks": timings()}
        made["words"] = words((await client.get("/api/catalog")).json(), examples)
        return made


def drawn(trace: dict[str, Any]) -> list[str]:
    """Every node, and every edge that carries a number."""
    return [part["ref"] for part in (*trace["nodes"], *trace["edges"]) if part["ref"] is not None]


def pixels(trace: dict[str, Any]) -> list[str]:
    """Of each layer that works on images the first number and the last, and of each parameter too."""
    outputs = {f"{layer['name']}.output": layer["output"] for layer in trace["layers"]}
    parameters = {
        f"{layer['name']}.{name}": parameter["value"]
        for layer in trace["layers"]
        for name, parameter in layer["parameters"].items()
    }
    return [
        f"{name}[{','.join(map(str, index))}]"
        for name, tensor in {"x": trace["document"]["x"], **outputs, **parameters}.items()
        for index in ends(tensor, sampled=name not in parameters)
    ]


def ends(tensor: Any, *, sampled: bool) -> list[list[int]]:
    """The first place and the last, of the first sample."""
    shape = []
    while isinstance(tensor, list):
        shape.append(len(tensor))
        tensor = tensor[0]
    last = [size - 1 for size in shape]
    return [[0] * len(shape), [0, *last[1:]] if sampled else last]


def notations(explanations: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each other notation of the first explanation of its law."""
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
        text = json.dumps(recording, ensure_ascii=False, separators=(",", ":"))
        (RECORDED / f"{slug}.json").write_text(text + "\n", encoding="utf-8")
