"""The first requests wait for nothing that could have been built before them."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import BaseModel
from pydantic._internal._generate_schema import GenerateSchema

from app.main import build_rest, create_app
from app.settings import Settings
from tests.soak.requests import document, with_body


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What pydantic builds from now on."""
    seen: list[str] = []
    generate: Callable[[GenerateSchema, Any], Any] = GenerateSchema.generate_schema

    def noted(self: GenerateSchema, kind: Any) -> Any:
        seen.append(str(kind))
        return generate(self, kind)

    monkeypatch.setattr(GenerateSchema, "generate_schema", noted)
    return seen


def test_the_first_request_of_each_kind_builds_nothing(tmp_path: Path, built: list[str]) -> None:
    app = create_app(Settings(tmp_path))

    async def first() -> list[int]:
        await build_rest()
        built.clear()
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as http:
            answers = [await http.get("/"), await http.get("/api/catalog")]
            answers += [await http.request(method, url, json=body) for method, url, body in with_body(document())]
        return [answer.status_code for answer in answers]

    assert set(asyncio.run(first())) <= {200, 201, 503}  # 503 if the page is not built
    assert built == []


def test_what_is_left_to_build_would_be_noticed(built: list[str]) -> None:
    class Left(BaseModel, defer_build=True):
        number: int

    built.clear()
    Left(number=1)
    assert built
