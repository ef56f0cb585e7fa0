"""Trainings over HTTP, on a real server: watched, paused, ended, opened at any step."""

import re
import time
from base64 import b64decode
from pathlib import Path

import httpx
import numpy as np
import pytest

from tests.app.conftest import example
from tests.support.server import Server
from tests.support.trainings import FOREVER, PLANE, advanced, begun, ended, events, stored, until

ROOT = Path(__file__).resolve().parents[2]


def test_a_training_is_its_steps_and_ends_in_the_network(http: httpx.Client) -> None:
    network = stored(http)
    document = http.get(network).json()["document"]
    training = begun(http, network, {"steps": 700, "loss": 0.0})
    said = list(events(http, training, rate=30, surface=20, hidden=1))
    assert [name for _, name, _ in said][-1] == "state"
    final = said[-1][2]
    assert (final["state"], final["ended"], final["step"], final["resumed_from"]) == ("done", "steps", 700, None)
    assert final == http.get(training).json()
    assert final["branch"] is None
    frames = [fields for _, name, fields in said if name == "frame"]
    steps = [step for fields in frames for step in fields["losses"]["steps"]]
    losses = [loss for fields in frames for loss in fields["losses"]["values"]]
    assert steps == sorted(set(steps))
    one_by_one = http.post("/api/advance", json={"document": document, "steps": 700}).json()
    assert losses == [one_by_one["losses"][step] for step in steps]
    assert frames[-1]["loss"] == one_by_one["losses"][699]
    after = http.get(network).json()
    assert after["document"] == one_by_one["document"]
    assert (after["step"], after["phase"], after["cursor"]) == (701, "ready", 0)
    assert frames[-1]["parameters"]["fc_1.w"] == after["document"]["layers"][0]["w"]
    assert sum(map(sum, frames[-1]["confusion"])) == 40
    surface = frames[-1]["surface"]
    assert surface["size"] == 20
    assert surface["hidden"].keys() == {"fc_1", "tanh_1", "fc_2"}
    for of, units in ((surface["outputs"], 1), (surface["hidden"]["tanh_1"], 4)):
        assert of["units"] == units
        assert np.isfinite(np.frombuffer(b64decode(of["float32"]), "<f4")).sum() == 400 * units
    # Any step of it can be opened, to the last bit.
    for step in (0, 1, 356, 700):
        at = http.get(f"{training}/at/{step}").json()
        expected = document if step == 0 else advanced(http, document, step)
        assert at == {"step": step, "document": expected}
    # With what was to be seen then: of the last step as in its frame.
    at = http.get(f"{training}/at/700", params={"numbers": True, "surface": 20, "hidden": True}).json()
    assert at["document"] == after["document"]
    for name in ("training_loss", "accuracy", "confusion", "held_out_loss", "gradients", "surface"):
        assert at["numbers"][name] == frames[-1][name]
    at = http.get(f"{training}/at/356", params={"numbers": True}).json()
    assert at["numbers"]["loss"] == one_by_one["losses"][356]
    assert "surface" not in at["numbers"]
    trace = http.post("/api/trace", json=at["document"]).json()
    outputs = next(one for one in at["numbers"]["histograms"] if one["tensor"] == "tanh_1.output")
    values = np.array(trace["tensors"]["tanh_1.output"])
    edges = (outputs["first"] + np.arange(len(outputs["counts"]) + 1)) * outputs["width"]
    assert outputs["counts"] == np.histogram(values, edges)[0].tolist()
    assert (outputs["size"], outputs["highest"], outputs["not_finite"]) == (values.size, values.max(), 0)
    flow = http.post("/api/gradient-flow", json={"document": at["document"]}).json()
    assert [one["parameters"] for one in at["numbers"]["gradients"]] == [one["parameters"] for one in flow["rows"]]
    beyond = http.get(f"{training}/at/701")
    assert (beyond.status_code, beyond.json()["key"]) == (409, "no_such_step")
    assert beyond.json()["values"] == {"first": 0, "last": 700}


def test_data_with_mini_batches_are_trained_on_and_measured_on_what_is_held_out(http: httpx.Client) -> None:
    data = {"set": "circle", "samples": 60, "noise": 0.1, "seed": 1, "batch": 7, "held_out": 0.2, "scale": "standard"}
    document = {name: value for name, value in PLANE.items() if name not in ("x", "y")} | {"data": data}
    network = stored(http, document)
    start = http.get(network).json()["document"]
    training = begun(http, network, {"epochs": 30})
    final = ended(http, training)
    assert (final["ended"], final["epoch"], final["step"]) == ("epochs", 30, 30 * 7)
    assert sum(map(sum, final["held_out_confusion"])) == 12
    assert 0 <= final["held_out_accuracy"] <= 1
    assert final["held_out_loss"] > 0
    for step in (1, 38, 210):
        at = http.get(f"{training}/at/{step}").json()["document"]
        assert at == advanced(http, start, step)
        assert at["position"] == {"epoch": step // 7, "step": step % 7}
    frame = next(fields for _, name, fields in events(http, training, surface=5) if name == "frame")
    assert frame["step"] == 210
    assert "histograms" not in frame


def test_frames_have_histograms_if_a_reader_asks(http: httpx.Client) -> None:
    training = begun(http, stored(http), FOREVER, speed=50)
    frame = next(
        fields
        for _, name, fields in events(http, training, rate=30, histograms=True)
        if name == "frame" and "histograms" in fields
    )
    found = {one["tensor"]: one for one in frame["histograms"]}
    assert found.keys() == {"fc_1.w", "fc_1.b", "fc_1.output", "tanh_1.output", "fc_2.w", "fc_2.b", "fc_2.output"}
    weights = np.array(frame["parameters"]["fc_1.w"])
    assert (found["fc_1.w"]["lowest"], found["fc_1.w"]["highest"]) == (weights.min(), weights.max())
    assert sum(found["tanh_1.output"]["counts"]) == found["tanh_1.output"]["size"] == 4 * 40
    assert "histograms" not in http.delete(training).json()


def test_an_event_has_a_number_after_which_a_reader_goes_on(http: httpx.Client) -> None:
    training = begun(http, stored(http), {"steps": 50})
    ended(http, training)
    said = list(events(http, training))
    numbers = [number for number, _, _ in said]
    assert numbers == sorted(numbers)
    # Of the frames only the newest, with the losses of all.
    assert [name for _, name, _ in said].count("frame") == 1
    frame = next(fields for _, name, fields in said if name == "frame")
    assert frame["losses"]["steps"] == list(range(50))
    assert list(events(http, training, last=numbers[-2])) == said[-1:]
    assert list(events(http, training, last=numbers[-1])) == []
    assert http.head(f"{training}/events").headers["content-type"].startswith("text/event-stream")


def test_a_training_is_paused_goes_on_at_a_speed_and_is_ended(http: httpx.Client) -> None:
    network = stored(http)
    training = begun(http, network, FOREVER, paused=True)
    assert http.get(training).json()["state"] == "paused"
    assert http.patch(training, json={"state": "running", "speed": 20}).json()["speed"] == 20
    until(lambda: http.get(training).json()["step"], lambda step: step >= 3)
    paused = http.patch(training, json={"state": "paused"}).json()
    assert (paused["state"], paused["speed"]) == ("paused", 20)
    time.sleep(0.3)
    step = http.get(training).json()["step"]
    time.sleep(0.3)
    assert http.get(training).json()["step"] == step
    assert http.patch(training, json={"state": "running", "speed": None}).json()["speed"] is None
    until(lambda: http.get(training).json()["step"], lambda now: now > step + 1_000)
    cancelled = http.delete(training).json()
    assert cancelled["state"] == "cancelled"
    again = http.patch(training, json={"state": "running"})
    assert (again.status_code, again.json()["key"]) == (409, "order")
    assert http.delete(training).json()["state"] == "cancelled"
    after = until(lambda: http.get(network).json(), lambda found: found["step"] == cancelled["step"] + 1)
    assert after["document"] == http.get(f"{training}/at/{cancelled['step']}").json()["document"]
    assert [one["id"] for one in http.get(f"{network}/trainings").json()] == [cancelled["id"]]


def test_a_training_pauses_after_so_many_steps_each_time(http: httpx.Client) -> None:
    network = stored(http)
    training = begun(http, network, FOREVER, steps=3)
    said = events(http, training)
    at = next(fields for _, name, fields in said if name == "state" and fields["state"] == "paused")
    assert at["step"] == 3
    assert http.patch(training, json={"state": "running", "steps": 500}).status_code == 200
    running = next(fields for _, name, fields in said if name == "state")
    again = next(fields for _, name, fields in said if name == "state")
    assert [running["state"], again["state"], again["step"]] == ["running", "paused", 503]
    # What is paused without a number of steps goes on until it is paused again.
    http.patch(training, json={"state": "running"})
    until(lambda: http.get(training).json()["step"], lambda now: now > 700)
    http.delete(training)


def test_the_rows_of_the_data_are_points_beside_the_surface(http: httpx.Client) -> None:
    rows = {"x": PLANE["x"], "y": PLANE["y"]}
    document = {name: value for name, value in PLANE.items() if name not in rows}
    document["data"] = {"rows": rows, "batch": 8, "order": "shuffled", "held_out": 0.25, "scale": "standard"}
    training = begun(http, stored(http, document), FOREVER)
    points = http.get(f"{training}/points").json()
    assert (points["x"], points["y"], points["rows"], points["every"]) == (rows["x"], rows["y"], 40, 1)
    assert sum(points["held_out"]) == 10
    assert (points["border"], points["targets"]) == (0.5, [0, 1])
    surface = next(fields["surface"] for _, _, fields in events(http, training, surface=20) if "surface" in fields)
    http.delete(training)
    assert surface["of"] == "probability"
    chances = np.frombuffer(b64decode(surface["outputs"]["float32"]), "<f4")
    assert chances.shape == (400,)
    assert 0 < chances.min() < chances.max() < 1
    # In the coordinates of the rows, not in those of the scaled inputs.
    across = [x for x, _ in rows["x"]]
    assert surface["lowest"][0] < min(across) < max(across) < surface["highest"][0]
    assert http.get(f"{begun(http, stored(http, example('xor')), {'steps': 5})}/points").json()["border"] is not None
    image = begun(http, stored(http, example("convolution")), {"steps": 1})
    assert http.get(f"{image}/points").json() is None


def test_a_diverging_training_names_the_first_number_that_is_not_finite(http: httpx.Client) -> None:
    document = PLANE | {"loss": {"type": "half_squared_error"}, "layers": [{"type": "Linear", "output_dim": 1}]}
    network = stored(http, document | {"optimizer": {"type": "sgd", "lr": 1e20}})
    training = begun(http, network, FOREVER)
    final = ended(http, training)
    assert final["state"] == "diverged"
    start = http.get(f"{training}/at/0").json()["document"]
    stopped = http.post("/api/advance", json={"document": start, "steps": 1_000}).json()["stopped"]
    assert final["where"]["step"] == final["step"] >= stopped["step"] - 1
    assert final["where"]["ref"].split("[")[0] in {"fc_1.output", "loss", "fc_1.w.grad", "fc_1.w.next", "fc_1.b.next"}
    last = http.get(f"{training}/at/{final['step']}").json()["document"]
    assert http.get(network).json()["step"] == final["step"] + 1
    assert http.get(network).json()["document"] == last


def test_the_chapters_example_is_trained_too(http: httpx.Client) -> None:
    training = begun(http, stored(http, example("chapter")), {"loss": 0.01, "steps": 5_000})
    assert ended(http, training)["ended"] == "loss"


def test_the_program_in_the_documentation_trains_and_reads_the_events(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (ROOT / "docs" / "api.md").read_text("utf-8").split("\n## Trainings\n")[1].split("\n## ")[0]
    found = re.search(r"```python\n(.*?)```", text, re.DOTALL)
    assert found is not None
    exec(found[1].replace("http://127.0.0.1:8000", server.url), {})
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1].split()[-1] == "done"
    assert float(lines[-1].split()[1]) <= 0.01
