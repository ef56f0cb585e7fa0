"""Hostile requests: valid ones with something changed. Whatever comes, the answer is never a failure of the service."""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

import httpx

from tests.soak.requests import Request, document, with_body

# What a number, text or list is replaced by; the last three are texts of JSON that no Python value is written as.
HOSTILE: tuple[Any, ...] = (
    *(None, True, False, 0, -1, -0.0, 1, 2, 3, 0.5, 1e308, -1e308, 5e-324, 10**18, 2**53 + 1, 2**63, 2**64, 10**400),
    *("", "x", "loss", "fc_1.w[0,0]", "NaN", "\x00", "\ud800", "😀" * 300, "../..", "<script>", "x[0,0].grad"),
    *([], [[]], {}, {"type": "Linear"}, {"hash": "0" * 64}, [[1e308] * 3], [None], [0] * 40, [[0.1, 0.5]]),
)
TEXTS = ("NaN", "1e999", "[" * 300 + "]" * 300)
NUMBERS = [value for value in HOSTILE if isinstance(value, int | float)]
MARK = "\ufffe text"

Send = Callable[[str, str, bytes], Awaitable[httpx.Response]]


@dataclass
class Mutated:
    """Answers by status, and the requests that the service failed at, or answered by something that is not JSON."""

    statuses: Counter[int] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)


async def mutated(send: Send, *, count: int, examples: tuple[str, ...], seed: int = 0) -> Mutated:
    """Send so many mutations of the requests about the examples."""
    seen, chosen = Mutated(), Random(seed)
    requests: list[Request] = []
    for slug in examples:
        receipt = await send("POST", "/api/receipt", json.dumps(document(slug)).encode())
        requests += with_body(document(slug), receipt.json())
    for _ in range(count):
        method, url, body = chosen.choice(requests)
        content = written(chosen, body)
        answer = await send(method, url, content)
        seen.statuses[answer.status_code] += 1
        if answer.status_code >= 500 or not _is_json(answer):
            seen.failed.append(f"{method} {url} {answer.status_code}: {content[:500]!r}")
    return seen


def written(chosen: Random, body: Any) -> bytes:
    """The body after one to three changes, as the bytes that are sent."""
    changed = copy.deepcopy(body)
    for _ in range(chosen.choice([1, 1, 1, 2, 3])):
        changed = _changed(chosen, changed)
    text = json.dumps(changed)
    if MARK[1:] in text:
        text = text.replace(json.dumps(MARK), chosen.choice(TEXTS))
    if chosen.random() < 0.02:
        text = text[: chosen.randrange(len(text) + 1)]
    return text.encode("utf-8", "surrogatepass")


def _changed(chosen: Random, value: Any) -> Any:
    """The value with one place changed, which is reached by going down at random."""
    if isinstance(value, int | float) and chosen.random() < 0.7:
        return chosen.choice([*NUMBERS, chosen.uniform(-2, 2), chosen.randrange(4)])
    if not isinstance(value, dict | list) or not value or chosen.random() < 0.05:
        return MARK if chosen.random() < 0.05 else copy.deepcopy(chosen.choice(HOSTILE))
    if isinstance(value, dict):
        name = chosen.choice(list(value))
        match chosen.randrange(12):
            case 0:
                return {other: inner for other, inner in value.items() if other != name}
            case 1:
                return {**value, chosen.choice(["type", "colour", "w", "", "__proto__"]): chosen.choice(HOSTILE)}
            case _:
                return {**value, name: _changed(chosen, value[name])}
    at = chosen.randrange(len(value))
    match chosen.randrange(12):
        case 0:
            return value[:at] + value[at + 1 :]
        case 1:
            return [*value[:at], copy.deepcopy(value[at]), *value[at:]]
        case 2:
            return [*value[:at], *reversed(value[at:])]
        case _:
            return [*value[:at], _changed(chosen, value[at]), *value[at + 1 :]]


def _is_json(answer: httpx.Response) -> bool:
    """Whether the answer is strict JSON, without NaN and infinities."""
    try:
        json.loads(answer.content, parse_constant=_refuse)
    except ValueError:
        return False
    return True


def _refuse(constant: str) -> None:
    raise ValueError(constant)
