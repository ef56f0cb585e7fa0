"""Trainings that are interrupted: by changes of their network, kills, readers that do not read, wrong requests."""

import asyncio
import json
import os
import signal
from collections.abc import Iterator
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.store import store_at
from app.store.keys import new_key
from app.trainings import trainings
from app.trainings.crew import InThread
from app.trainings.jobs import Order
from app.trainings.live import Live
from tests.soak.processes import family
from tests.support.server import Server, running
from tests.support.trainings import FOREVER, PATIENCE, PLANE, advanced, begun, ended, events, stored, until
from tinyml.training import Until


def test_a_network_that_was_changed_meanwhile_is_left_and_a_branch_has_the_result(http: httpx.Client) -> None:
    network = stored(http)
    training = begun(http, network, {"steps": 300}, paused=True)
    changed = http.patch(network, json={"document": {"name": "mine"}}, headers={"If-Match": "*"}).json()
    http.patch(training, json={"state": "running"})
    final = until(lambda: http.get(training).json(), lambda found: found["state"] == "done" and found["branch"])
    assert http.get(network).json()["document"] == changed["document"]
    branch = until(
        lambda: http.get(f"/api/networks/{final['branch']['id']}").json(), lambda found: found["step"] == 301
    )
    assert branch["document"]["name"] != "mine"
    assert http.get(f"/api/networks/{final['branch']['view']}").json()["document"] == branch["document"]
    # Who only reads the network does not learn the key that edits the branch.
    reading = training.replace(network, f"/api/networks/{changed['view']}")
    assert http.get(reading).json() == {**final, "branch": {"view": final["branch"]["view"]}}
    for where, known in ((training, final["branch"]), (reading, {"view": final["branch"]["view"]})):
        assert [fields for _, name, fields in events(http, where) if name == "state"][-1]["branch"] == known


def test_two_trainings_of_one_network_do_not_mix(http: httpx.Client) -> None:
    network = stored(http)
    trainings = [begun(http, network, {"steps": 200}, paused=True) for _ in range(2)]
    for training in trainings:
        http.patch(training, json={"state": "running"})
        ended(http, training)
    finals = [until(lambda t=t: http.get(t).json(), lambda found: found["step"] == 200) for t in trainings]
    branches = until(lambda: [http.get(training).json()["branch"] for training in trainings], lambda found: any(found))
    assert [branch is None for branch in branches].count(True) == 1
    assert finals[0]["loss"] == finals[1]["loss"]


def test_the_training_of_a_deleted_network_ends(http: httpx.Client) -> None:
    network = stored(http)
    training = begun(http, network, FOREVER)
    assert http.delete(network, headers={"If-Match": "*"}).status_code == 204
    final = ended(http, training)
    assert (final["state"], final["network_deleted"]) == ("cancelled", True)


def test_after_a_process_was_killed_its_trainings_go_on_from_a_checkpoint(server: Server, http: httpx.Client) -> None:
    network = stored(http)
    training = begun(http, network, FOREVER)
    until(lambda: http.get(network).json()["step"], lambda step: step > 1)  # there is a checkpoint
    reached = http.get(training).json()["step"]
    _kill_trainers(server)
    resumed = until(lambda: http.get(training).json(), lambda found: found["step"] > reached)
    assert resumed["state"] == "running"
    resumed = until(lambda: http.get(training).json(), lambda found: found["resumed_from"] is not None)
    assert 0 < resumed["resumed_from"] <= resumed["step"]
    assert resumed["lost"] >= 0
    http.delete(training)
    early = http.get(f"{training}/at/0")
    assert early.json()["key"] == "no_such_step"
    assert early.json()["values"]["first"] == resumed["resumed_from"]


def _kill_trainers(server: Server) -> None:
    """Kill every process of the server that computes now, but not those from which they are forked."""
    for number in family(server.process.pid)[1:]:
        name = Path(f"/proc/{number}/oom_score_adj").read_text("ascii").strip()
        if name == "500":
            os.kill(number, signal.SIGKILL)


def test_after_the_server_was_killed_trainings_go_on_or_say_how_they_ended(tmp_path: Path) -> None:
    with running(tmp_path) as first, httpx.Client(base_url=first.url, timeout=PATIENCE) as client:
        networks = [stored(client) for _ in range(6)]
        start = client.get(networks[0]).json()["document"]
        steady = begun(client, networks[0], {"epochs": 4_000}, speed=400)
        paused = begun(client, networks[1], FOREVER, steps=5)
        branched = begun(client, networks[2], FOREVER)
        client.patch(networks[2], json={"document": {"name": "mine"}}, headers={"If-Match": "*"})
        over = begun(client, networks[3], {"steps": 20})
        changed, deleted = (begun(client, networks[place], FOREVER) for place in (4, 5))
        until(lambda: client.get(paused).json()["state"], lambda state: state == "paused")
        branch = until(lambda: client.get(branched).json()["branch"], lambda found: found)
        done = until(lambda: client.get(over).json(), lambda found: found["state"] == "done")
        for network in [*networks[:2], *networks[4:]]:
            until(lambda at=network: client.get(at).json()["step"], lambda step: step > 1)
        shown = client.get(steady).json()["step"]
        first.process.kill()
        first.process.wait()
    assert not [
        file for file in (tmp_path / "trainings").iterdir() for key in networks if key[-24:] in file.read_text()
    ]
    with running(tmp_path) as second, httpx.Client(base_url=second.url, timeout=PATIENCE) as client:
        view = client.get(networks[0]).json()["view"]
        reading = steady.replace(networks[0], f"/api/networks/{view}")
        waiting = client.get(reading)
        assert (waiting.status_code, waiting.json()["key"]) == (404, "no_such_training")
        begins = client.get(networks[0]).json()["step"] - 1
        resumed = client.get(steady).json()
        assert (resumed["state"], resumed["resumed_from"], resumed["lost"]) == ("running", begins, None)
        assert shown - 3 * 400 <= begins <= shown + 400  # of at most two seconds, on a machine with other work three
        assert client.get(reading).status_code == 200
        client.patch(steady, json={"speed": None})
        final = ended(client, steady)
        assert (final["ended"], final["epoch"], final["step"]) == ("epochs", 4_000, 4_000)
        last = until(lambda: client.get(networks[0]).json(), lambda found: found["step"] == 4_001)
        assert last["document"] == advanced(client, start, 4_000)
        waits = client.get(paused).json()
        assert (waits["state"], waits["step"], waits["lost"]) == ("paused", 5, 0)
        client.patch(paused, json={"state": "running"})
        until(lambda: client.get(paused).json()["step"], lambda step: step > 5)
        again = client.get(f"{networks[2]}/trainings").json()
        assert [(one["state"], one["branch"]) for one in again] == [("running", branch)]
        client.delete(branched)
        assert client.get(over).json() == done
        assert [name for _, name, _ in events(client, over)] == ["state"]
        assert client.get(f"{over}/at/3").json()["key"] == "no_such_step"
        client.patch(networks[4], json={"document": {"name": "mine"}}, headers={"If-Match": "*"})
        assert client.get(changed).json()["state"] == "failed"
        client.delete(networks[5], headers={"If-Match": "*"})
        found = client.get(deleted).json()
        assert (found["state"], found["network_deleted"]) == ("cancelled", True)


def test_two_pages_on_one_training_see_and_change_the_same(server: Server, http: httpx.Client) -> None:
    training = begun(http, stored(http), FOREVER)
    with httpx.Client(base_url=server.url, timeout=PATIENCE) as other:
        one, two = events(http, training, rate=20), events(other, training, rate=5, surface=10)
        next(fields for _, name, fields in one if name == "frame")
        next(fields for _, name, fields in two if name == "frame" and "surface" in fields)
        with httpx.Client(base_url=server.url, timeout=PATIENCE) as third:
            third.patch(training, json={"state": "paused"})
            stops = [
                next(fields["step"] for _, name, fields in of if name == "state" and fields["state"] == "paused")
                for of in (one, two)
            ]
            assert stops[0] == stops[1] == third.get(training).json()["step"]
            third.patch(training, json={"state": "running"})
            third.delete(training)
        ends = [[fields for _, name, fields in of if name == "state"][-1] for of in (one, two)]
    assert ends[0] == ends[1]
    assert ends[0]["state"] == "cancelled"


def test_what_does_not_fit_is_refused(http: httpx.Client) -> None:
    network = stored(http)
    view = http.get(network).json()["view"]
    for until_, where in (
        ({"steps": 0}, "/until/steps"),
        ({"epochs": 100_000_001}, "/until/epochs"),
        ({"loss": "low"}, "/until/loss"),
        ({"plateau": {"epochs": 2, "min_delta": -1}}, "/until/plateau/min_delta"),
        ({"forever": True}, "/until/forever"),
    ):
        answer = http.post(f"{network}/trainings", json={"until": until_})
        assert (answer.status_code, answer.json()["where"]) == (422, where)
    assert http.post(f"{network}/trainings", json={"until": {}, "speed": 0}).status_code == 422
    for speed, limit in (
        (1e6, None), (1_000_001, "MAX_TRAINING_SPEED"), (1e308, "MAX_TRAINING_SPEED"),
        (1 / 3600, None), (1 / 3601, "MAX_TRAINING_PAUSE"), (1e-300, "MAX_TRAINING_PAUSE"),
    ):  # fmt: skip
        answer = http.post(f"{network}/trainings", json={"until": {}, "speed": speed, "paused": True})
        assert answer.json().get("limit") == limit
        if limit is None:
            http.delete(answer.headers["Location"])
        else:
            assert (answer.status_code, answer.json()["where"]) == (422, "/speed")
    assert http.post(f"/api/networks/{view}/trainings", json={"until": {}}).status_code == 404
    assert http.post("/api/networks/none/trainings", json={"until": {}}).status_code == 404
    training = begun(http, network, FOREVER)
    name = training.rpartition("/")[2]
    assert http.get(f"/api/networks/{view}/trainings/{name}").status_code == 200
    assert http.delete(f"/api/networks/{view}/trainings/{name}").status_code == 404
    assert http.get(f"{network}/trainings/none").status_code == 404
    assert http.get(f"{training}/events", params={"surface": 101}).json()["limit"] == "MAX_SURFACE"
    http.delete(training)


def test_readers_that_leave_or_do_not_read_disturb_no_others(server: Server, http: httpx.Client) -> None:
    training = begun(http, stored(http), FOREVER)
    with httpx.Client(base_url=server.url, timeout=PATIENCE) as other:
        for _, name, _ in events(other, training, rate=30, surface=100):
            if name == "frame":
                break  # it leaves in the middle of the stream
        with other.stream("GET", f"{training}/events", params={"rate": 30, "surface": 100, "hidden": 1}):
            seen = [fields["step"] for _, fields in _some_frames(http, training, 8)]
    assert seen == sorted(set(seen))
    assert http.delete(training).json()["state"] == "cancelled"


def _some_frames(http: httpx.Client, training: str, count: int) -> Iterator[tuple[int, Any]]:
    for number, name, fields in events(http, training, rate=30):
        if name == "frame":
            yield number, fields
            if (count := count - 1) == 0:
                return


def test_a_training_whose_step_takes_long_is_ended_within_200_ms(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its process hears of it only after that step."""
    ours: list[Connection] = []

    class Busy(InThread):
        def fork(self, niceness: int) -> tuple[int, Connection]:
            here, there = Pipe()
            ours.append(there)  # where no one reads
            return 0, here

    monkeypatch.setattr(trainings, "forking", Busy)
    waited: list[float] = []
    waits = asyncio.timeout

    def noted(seconds: float) -> asyncio.Timeout:
        waited.append(seconds)
        return waits(seconds)

    monkeypatch.setattr(asyncio, "timeout", noted)
    store, key = store_at(tmp_path, None), new_key()
    network = store.create(key, json.dumps(PLANE).encode())

    async def through() -> Live:
        made = trainings.Trainings(store, tmp_path / "trainings")
        live = await made.begin(key, network, Order(new_key(), network.document, Until()), {}, "")
        await made.cancel(live)
        made.close()
        return live

    live = asyncio.run(through())
    store.close()
    assert (live.state, live.taken) == ("cancelled", 0)
    assert 0 < sum(waited) <= 0.2
