"""Errors in an optimizer of a document are reported at their place."""

from typing import Any

import pytest

from tests.app.conftest import Client, example
from tests.support.networks import Document

MOMENTUM = {"type": "sgd", "lr": 0.5, "momentum": 0.9}


def chapter(**optimizer: Any) -> Document:
    return {**example("chapter"), "optimizer": optimizer}


@pytest.mark.parametrize(
    ("optimizer", "where", "message"),
    [
        ({"type": "sgd", "lr": 1, "nesterov": True}, "/optimizer", "there is none; set momentum, such as 0.9"),
        ({"type": "sgd", "lr": 1, "momentum": -1}, "/optimizer/momentum", "must be at least 0"),
        (
            {"type": "sgd", "lr": 1, "betas": [0, 0]},
            "/optimizer/betas",
            "the fields are type, lr, state, schedule, decay_biases, clip",
        ),
        ({"type": "adam", "betas": [0.9]}, "/optimizer/betas", "needs at least 2, got 1"),
        ({"type": "adam", "betas": [0.9, 1]}, "/optimizer/betas/1", "must be less than 1"),
        ({"type": "adam", "epsilon": -1e-8}, "/optimizer/epsilon", "must be at least 0"),
        ({"type": "rmsprop", "decay": 1}, "/optimizer/decay", "must be less than 1"),
        ({"type": "adamw", "weight_decay": -1}, "/optimizer/weight_decay", "must be at least 0"),
        ({**MOMENTUM, "clip": {"norm": 0}}, "/optimizer/clip/norm", "must be more than 0"),
        ({**MOMENTUM, "clip": {"value": -1}}, "/optimizer/clip/value", "must be more than 0"),
        ({**MOMENTUM, "clip": {}}, "/optimizer/clip/norm", "missing; add it"),
        ({**MOMENTUM, "clip": {"norm": 1, "value": 1}}, "/optimizer/clip/norm", "the fields are value"),
        ({**MOMENTUM, "momentum_form": "heavy"}, "/optimizer/momentum_form", "'velocity' or 'previous_change'"),
        (
            {**MOMENTUM, "state": {"fc_1.w": {"change": [[1, 2], [3]]}}},
            "/optimizer/state/fc_1.w/change/1",
            "optimizer.state: change of fc_1.w, row 1: expected 2, got a list of 1",
        ),
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
            "squares are never below 0",
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
