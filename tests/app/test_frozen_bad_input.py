"""Invalid values of `frozen` and `bias` are refused, with a remedy."""

from typing import Any

import pytest

from tests.app.conftest import Client, example
from tests.support.networks import Document

NULL = (
    'null is not a parameter; leave {name} out to have it initialised, write "frozen": ["{name}"] to keep updates from '
    'changing it, or "bias": false for a layer without b.'
)
REFUSED: list[tuple[Document, str, str]] = [
    ({"w": None}, "w", NULL.format(name="w")),
    ({"b": None}, "b", NULL.format(name="b")),
    ({"bias": False}, "b", '"bias": false means that there is no b; leave out one of the two.'),
    ({"frozen": ["b", "b"]}, "frozen", "a parameter is named twice; name each once."),
    ({"frozen": ["v"]}, "frozen/0", "this parameter is unknown; the layer has w and b."),
    ({"frozen": ["w", "bias"]}, "frozen/1", "this parameter is unknown; did you mean 'b'? The layer has w and b."),
    ({"frozen": "b"}, "frozen", "expected a list, got a string; write it in square brackets."),
    ({"frozen": None}, "frozen", "expected a list, got null; write it in square brackets."),
    ({"frozen": [1]}, "frozen/0", "expected a string, got a number; write it in quotes."),
    ({"bias": None}, "bias", "expected true or false, got null; write it so, without quotes."),
    ({"bias": 0}, "bias", "expected true or false, got a number; write it so, without quotes."),
    ({"bias": "no"}, "bias", "expected true or false, got a string; write it so, without quotes."),
]


@pytest.mark.parametrize(("change", "where", "message"), REFUSED, ids=lambda value: str(value)[:40])
def test_what_cannot_be_meant_is_refused(
    client: Client, chapter: Document, change: Document, where: str, message: str
) -> None:
    chapter["layers"][0] |= change
    problem = refusal(client.post("/api/trace", chapter))
    assert problem["where"] == f"/layers/0/{where}"
    assert problem["detail"].endswith(f": {message}")
    # A list is replaced as a whole (RFC 7396), so a null in it does not remove anything, and is refused.
    address = client.post("/api/networks", example("chapter")).headers["Location"]
    response = client.request("PATCH", address, json={"document": {"layers": chapter["layers"]}})
    assert refusal(response)["where"] == f"/document/layers/0/{where}"
    assert "frozen" not in client.get(address).json()["document"]["layers"][0]


def refusal(response: Any) -> Any:
    assert response.status_code == 422, response.text
    return response.json()


@pytest.mark.parametrize(
    ("layer", "where", "message"),
    [
        (
            {"type": "ReLu", "frozen": ["w"]},
            "frozen",
            "ReLu has no parameters, so nothing can be frozen; leave it out.",
        ),
        (
            {"type": "ReLu", "frozen": []},
            "frozen",
            "ReLu has no parameters, so nothing can be frozen; leave it out.",
        ),
        ({"type": "Dropout", "probability": 0.5, "bias": False}, "bias", "Dropout has no bias b; leave the field out."),
        (
            {"type": "BatchNorm", "bias": False},
            "bias",
            "BatchNorm has no bias b; leave the field out, or freeze the parameter that shifts its outputs: "
            '"frozen": ["beta"].',
        ),
        (
            {"type": "BatchNorm", "frozen": ["running_mean"]},
            "frozen/0",
            "this parameter is unknown; the layer has gamma and beta.",
        ),
        ({"type": "LayerNorm", "beta": None}, "beta", NULL.format(name="beta")),
        (
            {"type": "Linear", "output_dim": 2, "bias": False, "b": [0, 0]},
            "b",
            '"bias": false means that there is no b; leave out one of the two.',
        ),
        ({"type": "Linear", "output_dim": 2, "bias": False, "b": None}, "b", NULL.format(name="b")),
        (
            {"type": "Linear", "output_dim": 2, "bias": False, "frozen": ["b"]},
            "frozen",
            '"bias": false means that there is no b to freeze; leave out one of the two.',
        ),
    ],
    ids=str,
)
def test_a_switch_for_what_a_layer_does_not_have_is_refused(
    client: Client, chapter: Document, layer: Document, where: str, message: str
) -> None:
    chapter["layers"].append(layer)
    problem = refusal(client.post("/api/trace", chapter))
    assert (problem["where"], problem["detail"]) == (
        f"/layers/1/{where}",
        f"layers[1].{where.replace('/0', '[0]')}: {message}",
    )


def test_a_state_for_a_bias_that_is_not_there_is_refused(client: Client, chapter: Document) -> None:
    layer = chapter["layers"][0]
    del layer["b"]
    layer["bias"] = False
    chapter["optimizer"] = {"type": "sgd", "lr": 0.5, "momentum": 0.9, "state": {"fc_1.b": {"velocity": [0, 0]}}}
    problem = refusal(client.post("/api/trace", chapter))
    assert problem["detail"] == "optimizer.state: this parameter is unknown; the parameters are fc_1.w."
