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
    written = json.loads(json.dumps(document))
    for _ in range(steps):
        _, gradient = setting.loss(model.forward(setting.x), setting.y)
        model.backward(gradient)
        model.update(setting.optimizer)
        if "position" in written:
            # Without mini-batches, an epoch is a step.
            written["position"]["epoch"] += 1
            setting.optimizer.go_to(written["position"]["epoch"], written["position"]["epoch"])
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


def test_a_clip_is_told_apart_from_the_gradients(client: Client) -> None:
    plain = client.post("/api/trace", chapter(type="sgd", lr=0.5)).json()["tensors"]
    names = ("fc_1.w", "fc_1.b")
    gradients = {name: np.array(plain[f"{name}.grad"]) for name in names}
    norm = np.sqrt(sum((gradient**2).sum() for gradient in gradients.values()))
    for clip, factor, count in (({"norm": 0.1}, 0.1 / (norm + 1e-6), 6), ({"norm": 100}, 1, 0), ({"value": 100}, 1, 0)):
        document = chapter(type="sgd", lr=0.5, clip=clip)
        answer = client.post("/api/trace", document).json()
        assert answer["clipped"] == {"norm": pytest.approx(norm), "factor": pytest.approx(factor), "count": count}
        for name in names:
            assert answer["tensors"][f"{name}.grad"] == plain[f"{name}.grad"]
            expected = np.array(plain[name]) - 0.5 * factor * gradients[name]
            np.testing.assert_allclose(answer["tensors"][f"{name}.next"], expected, rtol=1e-14)
        explained = client.post("/api/explain", {"document": document, "ref": "fc_1.w.next[0,0]"}).json()
        assert ("G" in explained["text"]) == (factor < 1)


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


def test_the_state_of_the_other_form_of_momentum_is_not_used(client: Client) -> None:
    """A velocity is no change: taken for one, it would move a weight by itself."""
    going_on = chapter(**MOMENTUM, state={"fc_1.w": {"velocity": [[1, 2], [3, 4]]}})
    address = store(client, going_on)
    form = {"document": {"optimizer": {"momentum_form": "previous_change"}}}
    document = client.request("PATCH", address, json=form).json()["document"]
    assert "state" not in document["optimizer"]
    tensors = client.post("/api/trace", document).json()["tensors"]
    assert "fc_1.w.change" not in tensors
    w, gradient = np.array(tensors["fc_1.w"]), np.array(tensors["fc_1.w.grad"])
    np.testing.assert_allclose(tensors["fc_1.w.change.next"], -0.5 * gradient, rtol=1e-14)
    np.testing.assert_allclose(tensors["fc_1.w.next"], w - 0.5 * gradient, rtol=1e-14)


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


def test_an_update_that_divides_0_by_0_names_the_parameter(client: Client) -> None:
    document = {**chapter(type="adam", epsilon=0), "x": [[0, 1]]}
    address = store(client, document)
    response = client.post(f"{address}/step", {"by": "pass", "count": 4})
    assert (response.status_code, response.json()["key"]) == (409, "zero_by_zero")
    assert "all gradients of fc_1.w[0,0] so far are 0, and epsilon is 0 too" in response.json()["detail"]
    trace = client.post("/api/trace", document).json()
    assert [one["where"] for one in trace["warnings"]] == ["/optimizer/epsilon"]
    assert trace["tensors"]["fc_1.w.next"][0] == [None, None]


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
