"""POST /api/trace?products=1: what each weighted edge carries in a sample."""

import base64

import numpy as np

from tests.app.conftest import Client, example


def test_products_are_included_on_request_and_change_nothing_else(client: Client) -> None:
    plain, drawn, asked = (
        client.post(f"/api/trace?sample=1{query}", example("batch-of-three")).json()
        for query in ("", "&graph=1", "&products=1")
    )
    products = asked.pop("products")
    assert asked == {name: value for name, value in plain.items() if name != "products"}
    edges = {edge["ref"]: edge["product"] for edge in drawn["edges"] if edge["ref"]}
    assert edges == {
        f"{name}[{','.join(map(str, index))}]": value
        for name, array in products.items()
        for index, value in np.ndenumerate(np.array(array))
    }


def test_products_are_there_for_images_too_and_empty_without_weighted_edges(client: Client) -> None:
    answer = client.post("/api/trace?products=1", example("digits-cnn")).json()
    assert list(answer["products"]) == ["fc_1.w", "fc_1.b"]
    alone = {"input_shape": [1], "layers": [{"type": "ReLu"}], "x": [[1.0]], "y": [[1.0]]}
    rest = {"loss": {"type": "mean_squared_error"}, "optimizer": {"type": "sgd", "lr": 0.1}}
    assert client.post("/api/trace?products=1", alone | rest).json()["products"] == {}


def test_large_products_are_encoded_and_overflow_is_reported(client: Client) -> None:
    document = example("chapter") | {"x": [[1e308, 1.0]]}
    document["layers"][0] |= {"w": [[10.0] * 600, [2.0] * 600], "b": [0.0] * 600, "output_dim": 600}
    document["y"] = [[0.0] * 600]
    answer = client.post("/api/trace?products=1&encoding=base64", document).json()
    sent = answer["products"]["fc_1.w"]
    values = np.frombuffer(base64.b64decode(sent["float64"]), "<f8").reshape(sent["shape"])
    assert values.tolist() == [[np.inf] * 600, [2.0] * 600]
    assert client.post("/api/trace?products=1", document).json()["products"]["fc_1.w"][0][0] is None
