"""The short form of every proof, each also with the broken twin that it must notice."""

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.main import create_app
from app.settings import Settings
from tests.soak import twins
from tests.soak.arrivals import Class, arrivals
from tests.soak.away import away
from tests.soak.kills import kills
from tests.soak.mixed import mixed
from tests.soak.mutated import Mutated, mutated
from tests.soak.trained import trained
from tests.support.server import running

pytestmark = pytest.mark.slow


def test_kills_lose_and_double_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    seen = kills(tmp_path, rounds=1, clients=16, writes=100)
    assert not seen.lost
    assert not seen.doubled
    assert not seen.wrong
    assert seen.acknowledged >= 100
    assert seen.unheard > 0


def test_the_proof_of_kills_notices_changes_acknowledged_too_early_and_requests_carried_out_again(
    tmp_path: Path,
) -> None:
    seen = kills(tmp_path, rounds=1, clients=8, writes=30, before=twins.LATE + twins.FORGETFUL)
    assert any("was acknowledged" in one for one in seen.lost)
    assert any("another address" in one for one in seen.doubled)


def test_a_class_behind_one_address_is_never_refused_and_memory_stays(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        group = arrivals(server.url, Class(learners=30, arriving=1, lasting=3))
        seen = mixed(server, clients=8, seconds=60, requests=200)
    assert not group.refused()
    assert group.statuses[200] >= 30 * 5
    assert not seen.latencies.refused()
    assert seen.growth() < 40e6


def test_the_proofs_notice_a_limit_for_an_address_and_a_leak(tmp_path: Path) -> None:
    with running(tmp_path, twins.COUNTING + twins.LEAKING) as server:
        group = arrivals(server.url, Class(learners=20, arriving=0.5, lasting=1))
        seen = mixed(server, clients=8, seconds=60, requests=200)
    assert group.refused()
    assert seen.growth() > 40e6


def test_trainings_side_by_side_each_have_frames_and_let_others_ask(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        seen = trained(server, trainings=12, seconds=3)
    assert all(seen.frames)
    assert seen.steps > 12
    assert not seen.beside.refused()
    assert seen.memory < 600e6


def test_a_database_that_is_stopped_for_a_moment_is_reported_and_used_again(tmp_path: Path) -> None:
    seen = away(tmp_path, how="stopped", seconds=4, clients=4)
    assert seen.keys == {"storage_away"}
    assert {*seen.stored.statuses} == {503}
    assert not seen.stateless.refused()
    assert seen.stateless.statuses[200] > 5
    assert seen.recovered is not None
    assert seen.wrong == []


def test_the_proof_notices_changes_that_the_database_never_stored(tmp_path: Path) -> None:
    seen = away(tmp_path, how="stopped", seconds=4, clients=4, before=twins.PRETENDING)
    assert seen.stored.statuses[200]
    assert any("was acknowledged" in one for one in seen.wrong)


@pytest.fixture
def send(tmp_path: Path) -> Any:
    transport = httpx.ASGITransport(create_app(Settings(tmp_path)), raise_app_exceptions=False)
    http = httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1")

    async def sent(method: str, url: str, content: bytes) -> httpx.Response:
        return await http.request(method, url, content=content, headers={"Content-Type": "application/json"})

    return sent


def test_no_mutated_request_makes_the_service_fail(send: Any) -> None:
    seen: Mutated = asyncio.run(mutated(send, count=600, examples=("chapter", "softmax-classifier")))
    assert seen.failed == []
    assert seen.statuses[200] > 30
    assert seen.statuses[422] > 200


def test_the_proof_of_mutations_notices_a_number_that_is_not_foreseen(
    send: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fragile(*arguments: Any, **rest: Any) -> Any:
        raise KeyError("a number that is not foreseen")

    monkeypatch.setattr("app.routes.trace.trace_answer", fragile)
    assert asyncio.run(mutated(send, count=100, examples=("chapter",))).failed
