"""A merge patch of a stored network: what remains after a change of type or of layers."""

import pytest

from tests.app.conftest import Client
from tests.app.test_optimizers import MOMENTUM, chapter, store, update
from tests.support.networks import Document


@pytest.mark.parametrize(
    ("patch", "optimizer", "remembers"),
    [
        # Another type starts fresh, without the fields that it does not have.
        ({"optimizer": {"type": "adam"}}, {"type": "adam", "lr": 0.5}, set()),
        ({"optimizer": {"type": "rmsprop", "lr": 0.1}}, {"type": "rmsprop", "lr": 0.1}, set()),
        # The same type keeps its state, whatever else is changed.
        ({"optimizer": {"type": "sgd", "lr": 0.1}}, {**MOMENTUM, "lr": 0.1}, {"fc_1.w", "fc_1.b"}),
        ({"optimizer": {"momentum": 0.5}}, {**MOMENTUM, "momentum": 0.5}, {"fc_1.w", "fc_1.b"}),
        ({"optimizer": {"momentum": None}}, {"type": "sgd", "lr": 0.5}, {"fc_1.w", "fc_1.b"}),
        ({"seed": 7}, MOMENTUM, {"fc_1.w", "fc_1.b"}),
        # Parameters whose shape has not changed are kept as well.
        ({"layers": [{"type": "Linear", "output_dim": 2}, {"type": "Linear", "output_dim": 2}]}, MOMENTUM, None),
        (
            {"layers": [{"type": "Linear", "name": "fc_1", "output_dim": 1}], "y": [[0]]},
            MOMENTUM,
            set(),
        ),
        ({"layers": [{"type": "Linear", "name": "other", "output_dim": 2}]}, MOMENTUM, set()),
        # Values in the patch itself are used unchanged.
        ({"optimizer": {"state": None}}, MOMENTUM, set()),
        ({"optimizer": {"state": {"fc_1.b": None}}}, MOMENTUM, {"fc_1.w"}),
        (
            {
                "optimizer": {
                    "type": "rmsprop",
                    "state": {"fc_1.w": None, "fc_1.b": {"velocity": None, "square": [1, 2]}},
                }
            },
            {"type": "rmsprop", "lr": 0.5},
            {"fc_1.b"},
        ),
    ],
)
def test_a_patch_keeps_what_still_fits(
    client: Client, patch: Document, optimizer: Document, remembers: set[str] | None
) -> None:
    address = store(client, chapter(**MOMENTUM))
    before = update(client, address)["optimizer"]["state"]
    response = client.request("PATCH", address, json={"document": patch})
    assert response.status_code == 200, response.text
    patched = response.json()["document"]["optimizer"]
    state = patched.pop("state", {})
    assert patched == optimizer
    assert state.keys() == ({"fc_1.w", "fc_1.b"} if remembers is None else remembers)
    for key in state.keys() & before.keys() if "state" not in patch.get("optimizer", {}) else ():
        assert state[key] == before[key]


def test_a_patch_to_another_loss_leaves_behind_what_that_does_not_know(client: Client) -> None:
    address = store(client, {**chapter(**MOMENTUM), "loss": {"type": "huber", "delta": 2}})
    patched = client.request("PATCH", address, json={"document": {"loss": {"type": "mean_squared_error"}}})
    assert patched.json()["document"]["loss"] == {"type": "mean_squared_error"}
    refused = client.request("PATCH", address, json={"document": {"loss": {"type": "huber", "colour": 1}}})
    assert refused.json()["where"] == "/document/loss/colour"
