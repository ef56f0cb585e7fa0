"""Optimizers over HTTP: their state is part of the document, so that a training continues without a difference."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from anyio.from_thread import BlockingPortal
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.app.conftest import Client, example
from tests.support.documents_at_random import OPTIMIZERS, documents
from tests.support.layers_at_random import LEARNING
from tests.support.networks import Document, build
from tests.support.traces import remembered_of

MOMENTUM = {"type": "sgd", "lr": 0.5, "momentum": 0.9}


def chapter(**optimizer: Any) -> Document:
    return {**example("chapter"), "optimizer": optimizer}


def store(client: Client, document: Document) -> str:
    response = client.post("/api/networks", document)
    assert response.status_code == 201, response.text
    return response.headers["Location"]


def update(client: Client, address: str) -> Document:
    """One whole training step; the document after it."""
    for step in ("forward", "backward", "update"):
        response = client.post(f"{address}/{step}")
    document: Document = response.json()["document"]
    return document


@pytest.mark.slow
@pytest.mark.parametrize("kind", OPTIMIZERS)
def test_updates_over_http_are_the_engines_steps_to_the_last_bit(
    portal: BlockingPortal, tmp_path_factory: pytest.TempPathFactory, kind: str
) -> None:
    @given(document=documents(optimizers=[kind], modes=["train"]), steps=st.integers(2, 4))
    @settings(suppress_health_check=list(HealthCheck), max_examples=15)
    def check(document: Document, steps: int) -> None:
        assume({*LEARNING} & {layer["type"] for layer in document["layers"]})
        stepped_over_http(portal, tmp_path_factory.mktemp("data"), document, steps)

    check()


def test_the_shares_of_twenty_classes_are_summed_alike_over_http_and_by_hand(
    portal: BlockingPortal, tmp_path: Path
) -> None:
    """Found at random: the loss called alone summed the shares of a target in another order than a plan."""
    rng = np.random.default_rng(9)
    document = {
        "input_shape": [1, 4, 5],
        "layers": [{"type": "Conv2D", "n_filter": 1, "h_filter": 1, "w_filter": 1}] * 2 + [{"type": "Flatten"}],
        "loss": {"type": "softmax_cross_entropy"},
        "optimizer": {"type": "rmsprop", "lr": 0.06, "decay": 0.9},
        "x": rng.uniform(-2, 2, (3, 1, 4, 5)).tolist(),
        "y": rng.dirichlet(np.ones(20), 3).tolist(),
    }
    stepped_over_http(portal, tmp_path, document, 2)


def stepped_over_http(portal: BlockingPortal, data: Path, document: Document, steps: int) -> None:
    """Take the steps over HTTP, and compare the document after them with the engine's."""
    client = Client(portal, data)
    document = client.post("/api/trace", document).json()["document"]
    address = store(client, document)
    after = update(client, address)
    # Another server continues where the first one stopped.
    client.close()
    client = Client(portal, data)
    for _ in range(steps - 1):
        after = update(client, address)
    client.close()
    assert after == trained(document, steps)


def trained(document: Document, steps: int) -> Document:
    """The document after some steps of the engine in one run."""
    setting = build(document)
    model = setting.model
    for _ in range(steps):
        _, gradient = setting.loss(model.forward(setting.x), setting.y)
        model.backward(gradient)
        model.update(setting.optimizer)
    written = json.loads(json.dumps(document))
    state = {}
    for layer, layer_document in zip(model.layers, written["layers"], strict=True):
        for name, parameter in layer.parameters().items():
            layer_document[name] = layer.in_notation(name, parameter.tensor).tolist()
            if parameter.state:
                state[f"{layer.name}.{name}"] = {
                    word: layer.in_notation(name, array).tolist() for word, array in parameter.state.items()
                }
        for name in layer.running_state:
            layer_document[name] = np.asarray(getattr(layer, name)).tolist()
    if state:
        written["optimizer"]["state"] = state
    return written


def test_a_trace_has_the_optimizer_state_before_and_after(client: Client) -> None:
    answer = client.post("/api/trace", chapter(**MOMENTUM)).json()
    tensors = answer["tensors"]
    assert "fc_1.w.velocity" not in tensors
    assert tensors["fc_1.w.velocity.next"] == tensors["fc_1.w.grad"]
    assert "state" not in answer["document"]["optimizer"]
    going_on = chapter(**MOMENTUM, state={"fc_1.w": {"velocity": [[1, 2], [3, 4]]}})
    tensors = client.post("/api/trace", going_on).json()["tensors"]
    assert tensors["fc_1.w.velocity"] == [[1, 2], [3, 4]]
    # w is inputs × outputs everywhere, so the velocity's rows are those of w.
    velocity = np.array(tensors["fc_1.w.velocity.next"])
    np.testing.assert_allclose(velocity, 0.9 * np.array([[1, 2], [3, 4]]) + tensors["fc_1.w.grad"], rtol=1e-14)
    np.testing.assert_allclose(tensors["fc_1.w.next"], np.array(tensors["fc_1.w"]) - 0.5 * velocity, rtol=1e-14)


def test_a_state_that_is_not_reached_yet_is_null(client: Client) -> None:
    address = store(client, chapter(type="adam"))
    client.post(f"{address}/backward")
    client.post(f"{address}/forward")
    before, after = remembered_of(client.get(f"{address}/trace").json(), "fc_1.w")
    assert (before, after) == ({}, {"mean": None, "square": None, "count": None})
    client.post(f"{address}/backward")
    client.post(f"{address}/update")
    before, after = remembered_of(client.get(f"{address}/trace").json(), "fc_1.w")
    assert (before, after["count"]) == ({}, [1])
    assert np.shape(after["mean"]) == np.shape(after["square"]) == (2, 2)


def test_stepping_back_across_an_update_forgets_what_it_remembered(client: Client) -> None:
    layers = [{"type": "BatchNorm"}, {"type": "Dropout", "probability": 0.5}, *example("chapter")["layers"]]
    document = {**chapter(**MOMENTUM), "layers": layers, "x": [[1, 2], [3, 5]], "y": [[1, 2], [3, 4]]}
    address = store(client, document)
    before = client.get(address).json()["document"]
    after = client.post(f"{address}/step", {"by": "pass", "count": 4}).json()["document"]
    assert after["optimizer"]["state"].keys() == {
        "batch_norm_1.gamma",
        "batch_norm_1.beta",
        "fc_1.w",
        "fc_1.b",
    }
    assert (before["layers"][1]["passes"], after["layers"][1]["passes"]) == (0, 1)
    assert before["layers"][0]["running_mean"] == [0, 0]
    assert after["layers"][0]["running_mean"] == pytest.approx([0.2, 0.35])
    assert client.post(f"{address}/step", {"by": "pass", "count": -1}).json()["document"] == before


def test_looking_moves_nothing_and_an_update_draws_a_new_mask(client: Client) -> None:
    layers = [{"type": "Dropout", "probability": 0.5, "seed": 3}, *example("chapter")["layers"]]
    layers[1]["output_dim"], layers[1]["w"], layers[1]["b"] = 1, [[0.1]] * 30, [0.2]
    document = {**chapter(**MOMENTUM), "layers": layers, "input_shape": [30], "x": [[1.0] * 30], "y": [[1.0]]}
    address = store(client, document)

    def mask() -> Any:
        return client.get(f"{address}/trace").json()["tensors"]["dropout_1.mask"]

    client.post(f"{address}/forward")
    first = mask()
    assert mask() == first
    assert client.post("/api/trace", document).json()["tensors"]["dropout_1.mask"] == first
    client.post(f"{address}/backward")
    client.post(f"{address}/update")
    client.post(f"{address}/forward")
    assert mask() != first
    stored = client.get(address).json()["document"]
    assert client.post("/api/trace", stored).json()["tensors"]["dropout_1.mask"] == mask()


def test_predicting_drops_nothing_and_moves_no_statistics(client: Client) -> None:
    layers = [{"type": "BatchNorm"}, {"type": "Dropout", "probability": 0.5}, *example("chapter")["layers"]]
    document = {**chapter(type="sgd", lr=0.1), "layers": layers, "mode": "predict"}
    answer = client.post("/api/trace", document).json()
    assert answer["document"]["mode"] == "predict"
    tensors = answer["tensors"]
    assert tensors["dropout_1.mask"] == [[1, 1]]
    np.testing.assert_allclose(tensors["batch_norm_1.output"], np.array(document["x"]) / np.sqrt(1 + 1e-5), rtol=1e-14)
    address = store(client, document)
    after = update(client, address)
    assert after["layers"][1]["passes"] == 0
    assert after["layers"][0]["running_mean"] == [0, 0]
    assert after["layers"][2]["w"] != document["layers"][2]["w"]
    trained = client.request("PATCH", address, json={"document": {"mode": None}}).json()["document"]
    assert "mode" not in trained


@pytest.mark.parametrize(
    ("optimizer", "where", "message"),
    [
        ({"type": "sgd", "lr": 1, "nesterov": True}, "/optimizer", "there is none; set momentum, such as 0.9"),
        ({"type": "sgd", "lr": 1, "momentum": -1}, "/optimizer/momentum", "must be at least 0"),
        ({"type": "sgd", "lr": 1, "betas": [0, 0]}, "/optimizer/betas", "the fields are type, lr, state, momentum"),
        ({"type": "adam", "betas": [0.9]}, "/optimizer/betas", "needs at least 2, got 1"),
        ({"type": "adam", "betas": [0.9, 1]}, "/optimizer/betas/1", "must be less than 1"),
        ({"type": "adam", "epsilon": 0}, "/optimizer/epsilon", "must be more than 0"),
        ({"type": "rmsprop", "decay": 1}, "/optimizer/decay", "must be less than 1"),
        ({"type": "adamw", "weight_decay": -1}, "/optimizer/weight_decay", "must be at least 0"),
        ({**MOMENTUM, "state": []}, "/optimizer/state", "expected an object"),
        (
            {**MOMENTUM, "state": {"fc_9.w": {"velocity": [1]}}},
            "/optimizer/state/fc_9.w",
            "the parameters are fc_1.w, fc_1.b",
        ),
        ({**MOMENTUM, "state": {"<b>": {"velocity": [1]}}}, "/optimizer/state", "this parameter is unknown"),
        ({**MOMENTUM, "state": {"fc_1.w": {}}}, "/optimizer/state/fc_1.w/velocity", "missing; add it"),
        ({**MOMENTUM, "state": {"fc_1.w": {"mean": [[1]]}}}, "/optimizer/state/fc_1.w/mean", "the fields are velocity"),
        (
            {**MOMENTUM, "state": {"fc_1.w": {"velocity": [[1, 2], [3]]}}},
            "/optimizer/state/fc_1.w/velocity/1",
            "optimizer.state: velocity of fc_1.w, row 1: expected 2, got a list of 1",
        ),
        (
            {**MOMENTUM, "state": {"fc_1.b": {"velocity": [[1, 2]]}}},
            "/optimizer/state/fc_1.b/velocity",
            "expected 2, got a list of 1",
        ),
        (
            {"type": "rmsprop", "state": {"fc_1.b": {"square": [1, -1]}}},
            "/optimizer/state/fc_1.b/square",
            "a mean of squares is never below 0",
        ),
        (
            {"type": "adam", "state": {"fc_1.b": {"mean": [1, 1], "square": [1, 1], "count": [0.5]}}},
            "/optimizer/state/fc_1.b/count/0",
            "multiple of 1",
        ),
        (
            {"type": "adam", "state": {"fc_1.b": {"mean": [1, 1], "square": [1, 1], "count": [-1]}}},
            "/optimizer/state/fc_1.b/count/0",
            "must be at least 0",
        ),
    ],
)
def test_an_invalid_optimizer_is_refused_at_its_place(
    client: Client, optimizer: Document, where: str, message: str
) -> None:
    response = client.post("/api/trace", chapter(**optimizer))
    assert response.status_code == 422
    problem = response.json()
    assert message in problem["detail"]
    assert problem["where"] == where
    assert "<b>" not in response.text


def test_an_update_that_would_lose_what_is_remembered_is_refused(client: Client) -> None:
    huge = {"fc_1.w": {"velocity": [[1e308, 0], [0, 0]]}}
    address = store(client, chapter(type="sgd", lr=0, momentum=10, state=huge))
    client.post(f"{address}/forward")
    before = client.post(f"{address}/backward").json()
    response = client.post(f"{address}/update")
    assert response.status_code == 409
    assert "not finite" in response.json()["detail"]
    assert client.get(address).json() == before


def test_an_update_beyond_the_last_pass_is_refused(client: Client) -> None:
    layers = [{"type": "Dropout", "probability": 0.5, "passes": 2**53 - 1}, *example("chapter")["layers"]]
    address = store(client, {**chapter(**MOMENTUM), "layers": layers})
    client.post(f"{address}/forward")
    client.post(f"{address}/backward")
    response = client.post(f"{address}/update")
    assert response.status_code == 409
    assert "PATCH its passes to 0" in response.json()["detail"]


def test_a_state_survives_the_way_through_a_file(client: Client, tmp_path: Path) -> None:
    address = store(client, chapter(type="adamw", lr=0.1))
    update(client, address)
    file = tmp_path / "network.json"
    file.write_text(json.dumps(client.get(address).json()["document"]), "utf-8")
    copied = store(client, json.loads(file.read_text("utf-8")))
    assert update(client, copied) == update(client, address)
