"""Answers contain warnings about unsuitable settings, with a remedy."""

import copy
from typing import Any

import pytest

from tests.app.conftest import Client
from tests.support.networks import Document

# The loss with logits applies σ itself: this is PyTorch's BCEWithLogitsLoss(σ(1), 1) instead of BCELoss(σ(1), 1).
TWICE: Document = {
    "input_shape": [1],
    "layers": [
        {"type": "Linear", "name": "i", "output_dim": 1, "w": [[1]], "b": [0]},
        {"type": "Sigmoid", "name": "s"},
    ],
    "loss": {"type": "binary_cross_entropy"},
    "optimizer": {"type": "sgd", "lr": 0.1},
    "x": [[1]],
    "y": [[1]],
}
ONCE = TWICE | {"layers": TWICE["layers"][:1]}


def test_a_sigmoid_before_the_logistic_loss_gives_a_warning(client: Client) -> None:
    answer = client.post("/api/trace", TWICE).json()
    assert abs(answer["loss"]["value"] - 0.392986993541201) < 1e-15
    (warning,) = answer["warnings"]
    assert (warning["where"], warning["layer"]) == ("/layers/1", "s")
    assert "the logistic function is applied twice" in warning["detail"]
    patch = [{"op": "remove", "path": "/layers/1"}]
    removal = {"kind": "remove", "layer": "s", "value": None, "edited": "/layers", "patch": patch}
    assert warning["remedies"] == [removal]
    message = warning["message"]
    assert message["key"] == "warning.twice.logistic"
    assert message["values"]["layer"] == {"key": "type.Sigmoid", "refs": {}, "values": {"name": "s"}}
    assert abs(message["values"]["most"]["value"] - 0.7310585786300049) < 1e-15
    assert message["values"]["least"]["value"] == 0.5


def test_without_it_the_loss_is_the_one_that_was_meant(client: Client) -> None:
    answer = client.post("/api/trace", ONCE).json()
    assert answer["warnings"] == []
    assert abs(answer["loss"]["value"] - 0.3132616875182228) < 1e-15


def test_a_target_is_pointed_at(client: Client) -> None:
    (warning,) = client.post("/api/trace", ONCE | {"x": [[1], [1]], "y": [[1], [1.5]]}).json()["warnings"]
    assert (warning["where"], warning["layer"]) == ("/y/1/0", None)
    assert "y₁ of sample 2 = 1.5" in warning["detail"]
    assert warning["message"]["refs"]["target"] == {"ref": "y[1,0]", "symbol": "y_1^[2]", "value": 1.5}


def test_a_stored_network_repeats_the_warning_in_every_answer(client: Client) -> None:
    created = client.post("/api/networks", TWICE)
    address = created.headers["Location"]
    expected = client.post("/api/trace", TWICE).json()["warnings"]
    answers: list[Any] = [created, client.get(address), client.post(f"{address}/forward")]
    answers += [client.post(f"{address}/step", {"by": "node", "count": -1}), client.get(f"{address}/trace")]
    assert [answer.json()["warnings"] for answer in answers] == [expected] * 5
    mended = client.request("PATCH", address, json={"document": {"layers": ONCE["layers"]}})
    assert mended.json()["warnings"] == []


def test_an_explanation_has_the_warnings_about_its_number(client: Client) -> None:
    def explained(ref: str) -> list[str]:
        answer = client.post("/api/explain", {"document": TWICE, "ref": ref}).json()
        return [warning["message"]["key"] for warning in answer["warnings"]]

    assert (
        explained("loss") == explained("s.output[0,0]") == explained("s.input.grad[0,0]") == ["warning.twice.logistic"]
    )
    assert explained("i.w[0,0]") == explained("x[0,0]") == []
    address = client.post("/api/networks", TWICE).headers["Location"]
    assert len(client.get(f"{address}/explain?ref=loss").json()["warnings"]) == 1


# A loss without targets.
ALONE = {name: value for name, value in TWICE.items() if name != "y"} | {
    "layers": [TWICE["layers"][0], {"type": "Softmax", "name": "s"}],
    "loss": {"type": "output"},
}
CLASSES = ONCE | {"loss": {"type": "softmax_cross_entropy"}, "y": [0]}
SHARED = CLASSES | {"layers": [ONCE["layers"][0] | {"output_dim": 2, "w": [[1, 2]], "b": [0, 0]}], "y": [[1, 1]]}


@pytest.mark.parametrize(
    ("document", "patches"),
    [
        (TWICE, [[{"op": "remove", "path": "/layers/1"}]]),
        (ALONE, [[{"op": "remove", "path": "/layers/1"}]]),
        (
            CLASSES | {"y": [[1]]},
            [
                [
                    {"op": "replace", "path": "/layers/0/output_dim", "value": 2},
                    {"op": "replace", "path": "/y", "value": [[0, 1]]},
                ],
                [{"op": "replace", "path": "/loss", "value": {"type": "binary_cross_entropy"}}],
            ],
        ),
        (
            CLASSES,
            [
                [{"op": "replace", "path": "/layers/0/output_dim", "value": 2}],
                [
                    {"op": "replace", "path": "/loss", "value": {"type": "binary_cross_entropy"}},
                    {"op": "replace", "path": "/y", "value": [[0]]},
                ],
            ],
        ),
        (
            SHARED,
            [
                [{"op": "replace", "path": "/y", "value": [[0.5, 0.5]]}],
                [{"op": "replace", "path": "/loss", "value": {"type": "binary_cross_entropy"}}],
            ],
        ),
    ],
    ids=["remove", "without targets", "outputs", "classes", "shares"],
)
def test_a_remedy_has_the_change_of_the_document_that_resolves_it(
    client: Client, document: Document, patches: list[Any]
) -> None:
    (warning,) = client.post("/api/trace", document).json()["warnings"]
    assert [remedy["patch"] for remedy in warning["remedies"]] == patches
    for remedy in warning["remedies"]:
        answer = client.post(f"/api/trace?edited={remedy['edited']}", patched(document, remedy["patch"]))
        assert answer.status_code == 200
        assert answer.json()["warnings"] == []


def test_the_change_of_a_table_is_in_its_rows(client: Client) -> None:
    document = {name: value for name, value in SHARED.items() if name not in ("x", "y")} | {
        "data": {"rows": {"x": [[1]], "y": [[1, 1]]}}
    }
    (warning,) = client.post("/api/trace", document).json()["warnings"]
    remedy = warning["remedies"][0]
    assert (remedy["edited"], [one["path"] for one in remedy["patch"]]) == ("/data/rows/y", ["/data/rows/y"])
    fitted = client.post(f"/api/trace?edited={remedy['edited']}", patched(document, remedy["patch"])).json()
    assert fitted["warnings"] == []


def patched(document: Document, patch: list[dict[str, Any]]) -> Document:
    """The document after a JSON Patch."""
    changed = copy.deepcopy(document)
    for operation in patch:
        *path, last = (int(key) if key.isdigit() else key for key in operation["path"].split("/")[1:])
        place: Any = changed
        for key in path:
            place = place[key]
        if operation["op"] == "remove":
            del place[last]
        else:
            place[last] = operation["value"]
    return changed
