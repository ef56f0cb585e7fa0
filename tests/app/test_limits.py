"""Each limit holds at the limit and one beyond it, and the error names it."""

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from app import limits
from tests.app.conftest import Client
from tests.app.test_bad_input import CHAPTER, changed, linear
from tests.support.networks import Document
from tests.support.traces import output_of


def wide(inputs: int, outputs: int, batch: int = 1) -> Document:
    return changed(
        input_shape=[inputs],
        layers=[{"type": "Linear", "output_dim": outputs}],
        x=[[0.0] * inputs] * batch,
        y=[[0.0] * outputs] * batch,
    )


def deep(layers: int) -> Document:
    return changed(layers=[{"type": "Tanh"}] * layers, y=[[0, 0]])


def image(layer: Document, shape: list[int], outputs: list[int]) -> Document:
    return changed(
        input_shape=shape, layers=[layer], x=np.zeros((1, *shape)).tolist(), y=np.zeros((1, *outputs)).tolist()
    )


def filter_rows(rows: int) -> Document:
    layer = {"type": "Conv2D", "n_filter": 1, "h_filter": rows, "w_filter": 1}
    return image(layer, [1, rows, 2], [1, 1, 2])


def pool_columns(columns: int) -> Document:
    return image({"type": "MaxPool2D", "size": [1, columns], "stride": 1}, [1, 1, columns], [1, 1, 1])


def stride(apart: int) -> Document:
    layer = {"type": "Deconv2D", "n_filters": 1, "h_filter": 1, "w_filter": 1, "stride": apart}
    return image(layer, [1, 1, 2], [1, 1, apart + 1])


def dilation(apart: int) -> Document:
    layer = {"type": "Deconv2D", "n_filters": 1, "h_filter": 1, "w_filter": 2, "stride": 1, "dilation": apart}
    return image(layer, [1, 1, 1], [1, 1, apart + 1])


def padding(zeros: int) -> Document:
    layer = {"type": "Conv2D", "n_filter": 1, "h_filter": 1, "w_filter": 1, "padding": zeros}
    return image(layer, [1, 1, 1], [1, 2 * zeros + 1, 2 * zeros + 1])


def window_numbers(count: int) -> Document:
    # Windows of 25 × 32, in 50 rows and this number of columns.
    columns = -(-count // (25 * 32 * 50))
    layer = {"type": "AvgPool2D", "size": [25, 32], "stride": 1}
    return image(layer, [1, 74, 31 + columns], [1, 50, columns])


def remembering(parameters: int) -> Document:
    layers = [{"type": "BatchNorm", "name": f"norm_{i}"} for i in range(limits.MAX_LAYERS)]
    keys = [f"norm_{i}.{name}" for i in range(limits.MAX_LAYERS + 1) for name in ("gamma", "beta")]
    state = {key: {"velocity": [0.5, 0.5]} for key in keys[:parameters]}
    return changed(layers=layers, optimizer={"type": "sgd", "lr": 0.1, "momentum": 0.9, "state": state})


def dropping(passes: int) -> Document:
    return changed(layers=[{"type": "Dropout", "probability": 0.5, "passes": passes}], y=[[0, 0]])


def of_set(samples: int = 20, epoch: int = 0) -> Document:
    rest = {name: value for name, value in wide(2, 1).items() if name not in ("x", "y")}
    data = {"set": "circle", "samples": samples, "batch": 10}
    return {**rest, "data": data, "position": {"epoch": epoch, "step": 1}}


LIMITS: list[tuple[str, int, Callable[[int], Document], str]] = [
    ("MAX_LAYERS", limits.MAX_LAYERS, deep, "/layers"),
    ("MAX_WIDTH", limits.MAX_WIDTH, lambda n: wide(1, n), "/layers/0/output_dim"),
    ("MAX_WIDTH", limits.MAX_WIDTH, lambda n: wide(n, 1), "/input_shape/0"),
    ("MAX_BATCH", limits.MAX_BATCH, lambda n: wide(1, 1, n), "/x"),
    ("MAX_NAME_LENGTH", limits.MAX_NAME_LENGTH, lambda n: changed(name="n" * n), "/name"),
    ("MAX_LAYER_NAME_LENGTH", limits.MAX_LAYER_NAME_LENGTH, lambda n: linear(name="n" * n), "/layers/0/name"),
    ("MAX_WINDOW", limits.MAX_WINDOW, filter_rows, "/layers/0/h_filter"),
    ("MAX_WINDOW", limits.MAX_WINDOW, pool_columns, "/layers/0/size/1"),
    ("MAX_STRIDE", limits.MAX_STRIDE, stride, "/layers/0/stride"),
    ("MAX_STRIDE", limits.MAX_STRIDE, dilation, "/layers/0/dilation"),
    ("MAX_PADDING", limits.MAX_PADDING, padding, "/layers/0/padding"),
    ("MAX_WINDOW_NUMBERS", limits.MAX_WINDOW_NUMBERS, window_numbers, "/layers/0"),
    ("MAX_REMEMBERED", limits.MAX_REMEMBERED, remembering, "/optimizer/state"),
    ("MAX_PASSES", limits.MAX_PASSES, dropping, "/layers/0/passes"),
    ("MAX_SEED", limits.MAX_SEED, lambda n: changed(seed=n), "/seed"),
    ("MAX_SAMPLES", limits.MAX_SAMPLES, of_set, "/data/samples"),
    ("MAX_EPOCH", limits.MAX_EPOCH, lambda n: of_set(epoch=n), "/position/epoch"),
    # 499 inputs and a bias make 500 parameters per output.
    ("MAX_PARAMETERS", limits.MAX_PARAMETERS, lambda n: wide(499, -(-n // 500)), "/layers/0"),
    ("MAX_ACTIVATIONS", limits.MAX_ACTIVATIONS, lambda n: wide(1, -(-n // 1000) - 1, 1000), "/layers/0"),
]


@pytest.mark.parametrize(("name", "most", "document", "where"), LIMITS, ids=[f"{row[0]} {row[3]}" for row in LIMITS])
def test_every_limit_holds_at_the_limit_and_one_beyond(
    client: Client, name: str, most: int, document: Callable[[int], Document], where: str
) -> None:
    assert client.post("/api/trace", document(most)).status_code == 200
    response = client.post("/api/trace", document(most + 1))
    assert response.status_code == 422
    problem = response.json()
    assert (problem["where"], problem["limit"], problem["allowed"]) == (where, name, most)
    assert problem["asked"] > most
    assert f"is {most:,}, got" in problem["detail"]


def test_every_limit_is_tested_and_in_the_catalog(client: Client) -> None:
    elsewhere = {
        "MAX_ADVANCE_BYTES", "MAX_ADVANCE_STEPS", "MAX_ADVANCE_WORK", "MAX_BODY_BYTES", "MAX_BRACKETS",
        "MAX_CHECKED_NUMBERS", "MAX_CHECKED_REFS", "MAX_CHECK_WORK", "MAX_COLUMNS", "MAX_EDITS",
        "MAX_EXPLAINED_PARTS", "MAX_EXPLAINED_REFS", "MAX_EXPLAINED_TERMS", "MAX_EXPORTED_NUMBERS", "MAX_GRAPH_EDGES",
        "MAX_FIGURE_NUMBERS",
        "MAX_WORKBOOK_TERMS",
        "MAX_SAVED_BYTES", "MAX_SAVED_NUMBERS",
        "MAX_KEPT_BYTES",
        "MAX_KNOWN_BYTES", "MAX_KNOWN_DOCUMENTS", "MAX_MATRIX_ENTRIES", "MAX_KEPT_STEPS", "MAX_NONFINITE",
        "MAX_PATCH_DEPTH", "MAX_STEPS_LISTED", "MAX_TRACED_ACTIVATIONS", "MAX_PATH_FACTORS", "MAX_REF_LENGTH",
        "MAX_HEAD_BYTES", "MAX_HEADERS", "MAX_HEAD_SECONDS", "MAX_STALL_SECONDS", "MAX_CONNECTIONS",
        "MAX_IDEMPOTENCY_KEY", "MAX_REPEATABLE", "MAX_REPEAT_SECONDS",
        "MAX_ADDRESS_COMPUTED", "MAX_ADDRESS_NETWORKS", "MAX_GUEST_BYTES", "MAX_GUEST_COMPUTED", "MAX_GUEST_NETWORKS",
        "MAX_BODIES_IN_FLIGHT", "MAX_ANSWERS_IN_FLIGHT",
        "MAX_WORK_MILLISECONDS", "MAX_ANSWER_BYTES",
        "MAX_WORK_BYTES", "MAX_WORKING_BYTES", "MAX_COMPUTING", "MAX_COMPUTING_LONG",
        "MAX_SHORT_MILLISECONDS", "MAX_WAITING",
        "MAX_ROUNDING_ZEROS", "MAX_WINDOW_PLACES", "MAX_POINTS_PER_DECADE", "MAX_RECEIPT_BYTES",
        "MAX_RECEIPT_FACTORS", "MAX_RECEIPT_LINES", "MAX_RECEIPTS",
        "MAX_TRAINING_STEPS", "MAX_TRAINING_SPEED", "MAX_TRAINING_PAUSE",
        "MAX_TRAININGS", "MAX_TRAININGS_KEPT", "MAX_GUEST_TRAININGS", "MAX_TRAINING_BYTES",
        "MAX_TRAINING_LOSSES", "MAX_TRAINING_POINTS",
        "MAX_FRAME_RATE", "MAX_FRAME_LOSSES", "MAX_FRAME_PARAMETERS", "MAX_MEASURED_ROWS",
        "MAX_SURFACE",
    }  # fmt: skip
    listed = {limit["name"]: limit["value"] for limit in client.get("/api/catalog").json()["limits"]}
    assert listed.keys() == {row[0] for row in LIMITS} | elsewhere
    assert listed == {name: value for name, value in vars(limits).items() if name.startswith("MAX_")}


def test_a_trace_has_the_numbers_of_every_sample_up_to_the_limit_and_of_one_beyond(client: Client) -> None:
    # Two inputs and one output per sample, plus one input.
    samples = limits.MAX_TRACED_ACTIVATIONS // 50

    def document(inputs: int) -> Document:
        return wide(inputs, 50 - inputs, samples)

    at_most = client.post("/api/trace?sample=1", document(20)).json()
    assert (at_most["sampled"], len(output_of(at_most))) == ([], samples)
    more = document(20)
    more["x"].append(more["x"][0])
    more["y"].append(more["y"][0])
    beyond = client.post("/api/trace?sample=1", more).json()
    by_sample = {"x", "y", "fc_1.output", "fc_1.one"}
    assert set(beyond["sampled"]) == by_sample | {f"{name}.grad" for name in by_sample - {"y"}}
    assert len(output_of(beyond)) == 1
    assert len(beyond["document"]["x"]) == samples + 1


def test_a_body_may_be_as_large_as_the_limit_and_no_larger(client: Client) -> None:
    body = json.dumps(CHAPTER).encode()
    headers = {"Content-Type": "application/json"}
    full = body + b" " * (limits.MAX_BODY_BYTES - len(body))
    assert client.post("/api/trace", content=full, headers=headers).status_code == 200
    response = client.post("/api/trace", content=full + b" ", headers=headers)
    assert response.status_code == 413
    problem = response.json()
    assert (problem["limit"], problem["allowed"]) == ("MAX_BODY_BYTES", limits.MAX_BODY_BYTES)
    assert problem["asked"] == limits.MAX_BODY_BYTES + 1


def test_a_body_may_have_as_many_lists_as_the_limit_and_no_more(client: Client) -> None:
    def post(lists: int) -> dict[str, Any]:
        body = b'{"x":[' + b"[]," * (lists - 3) + b"[]]}"
        answer: dict[str, Any] = client.post(
            "/api/trace", content=body, headers={"Content-Type": "application/json"}
        ).json()
        return answer

    assert post(limits.MAX_BRACKETS)["errors"][0]["where"] == "/input_shape"
    problem = post(limits.MAX_BRACKETS + 1)
    assert (problem["status"], problem["limit"], problem["asked"]) == (422, "MAX_BRACKETS", limits.MAX_BRACKETS + 1)


def test_a_patch_may_be_nested_as_deep_as_the_limit_and_no_deeper(client: Client) -> None:
    address = client.post("/api/networks", CHAPTER).headers["Location"]

    def patch(depth: int) -> dict[str, Any]:
        value: dict[str, Any] = {}
        for _ in range(depth - 1):
            value = {"loss": value}
        return client.request("PATCH", address, json={"document": value}).json()

    # An empty object nested in the loss is not a loss; the error is about that, not about the limit.
    assert "limit" not in patch(limits.MAX_PATCH_DEPTH)
    assert patch(limits.MAX_PATCH_DEPTH + 1)["limit"] == "MAX_PATCH_DEPTH"


def test_a_small_request_cannot_ask_for_a_large_picture(client: Client) -> None:
    softmax = changed(layers=[{"type": "Softmax"}], input_shape=[1000], x=[[0.0] * 1000], y=[[0.0] * 1000])
    answer = client.post("/api/trace?graph=1", softmax)
    assert answer.json()["edges"] is None
    assert len(answer.content) < 1_000_000


def test_a_sum_is_written_out_up_to_the_limit_and_folded_beyond(client: Client) -> None:
    def explain(terms: int) -> dict[str, Any]:
        document = image(conv, [1, 100, 100], [1, 100, 100])
        return client.post("/api/explain", {"document": document, "ref": "conv.b.grad[0]", "terms": terms}).json()

    conv = {"type": "Conv2D", "name": "conv", "n_filter": 1, "h_filter": 1, "w_filter": 1}
    places = explain(limits.MAX_EXPLAINED_TERMS)["expression"]
    assert (len(places["args"]), places["folded"]["count"]) == (limits.MAX_EXPLAINED_TERMS, 5_000)
    problem = explain(limits.MAX_EXPLAINED_TERMS + 1)
    assert (problem["limit"], problem["asked"]) == ("MAX_EXPLAINED_TERMS", limits.MAX_EXPLAINED_TERMS + 1)
    assert problem["where"] == "/terms"


def test_so_many_numbers_are_explained_at_once_and_no_more(client: Client) -> None:
    def explained(count: int) -> dict[str, Any]:
        return client.post("/api/explanations", {"document": CHAPTER, "wishes": [{"ref": "loss"}] * count}).json()

    assert len(explained(limits.MAX_EXPLAINED_REFS)["answers"]) == limits.MAX_EXPLAINED_REFS
    problem = explained(limits.MAX_EXPLAINED_REFS + 1)
    assert (problem["limit"], problem["asked"]) == ("MAX_EXPLAINED_REFS", limits.MAX_EXPLAINED_REFS + 1)
    assert problem["where"] == "/wishes"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("ref", "notation"),
    [
        ("loss", "scalar"),
        ("fc_1.output.grad[0,1]", "chain"),
        ("x.grad[0,0]", "chain"),
        ("x.grad[0,0]", "matrix"),
        ("x.grad[0,0]", "paths"),
    ],
)
def test_a_formula_takes_so_many_parts_and_folds_the_terms_beyond(client: Client, ref: str, notation: str) -> None:
    document = wide(1, 900, 100) | {"loss": {"type": "softmax_cross_entropy"}, "y": [0] * 100}
    document["layers"] = [{"type": "Linear", "name": "fc_1", "output_dim": 900}]
    if ref.startswith("x"):
        document["layers"][:0] = [{"type": "LayerNorm"}]
        document |= {"input_shape": [900], "x": [[float(i) for i in range(900)]], "y": [0]}
        document["layers"][1]["output_dim"] = 100
    request = {"document": document, "ref": ref, "notation": notation, "terms": limits.MAX_EXPLAINED_TERMS}
    answer = client.post("/api/explain", request)
    assert answer.json()["notation"] == notation
    # Only the last term exceeds the limit, and no term has more than a hundred parts.
    assert parts_of(answer.json()["expression"]) < limits.MAX_EXPLAINED_PARTS + 100
    assert len(answer.content) < 6_000_000


def parts_of(expression: dict[str, Any]) -> int:
    inner = [*expression.get("args", []), *(case["value"] for case in expression.get("cases", []))]
    return 1 + sum(map(parts_of, inner))


def test_paths_are_listed_up_to_the_limit_of_derivatives(client: Client) -> None:
    def explain(first: int, second: int, third: int) -> dict[str, Any]:
        widths = [first, second, third]
        document = wide(1, third) | {"layers": [{"type": "Linear", "output_dim": width} for width in widths]}
        return client.post("/api/explain", {"document": document, "ref": "x.grad[0,0]", "notation": "paths"}).json()

    # `first` factors from x, `second` from each of those, `third` from each of those.
    assert limits.MAX_PATH_FACTORS == 100 + 100 * 900 + 900 * 11
    assert explain(100, 900, 11)["paths"]["count"] == 100 * 900 * 11
    assert limits.MAX_PATH_FACTORS + 1 == 1 + 100 + 100 * 999
    problem = explain(1, 100, 999)
    assert (problem["limit"], problem["asked"]) == ("MAX_PATH_FACTORS", limits.MAX_PATH_FACTORS + 1)
    assert problem["where"] == "/notation"


def test_a_ref_may_be_as_long_as_the_limit_and_no_longer(client: Client) -> None:
    def explain(length: int) -> dict[str, Any]:
        return client.post("/api/explain", {"document": CHAPTER, "ref": "x" * length}).json()

    assert "limit" not in explain(limits.MAX_REF_LENGTH)
    assert explain(limits.MAX_REF_LENGTH + 1)["limit"] == "MAX_REF_LENGTH"


def test_the_list_of_what_is_not_finite_has_an_end(client: Client) -> None:
    document = wide(1, 600)
    document["layers"][0] |= {"w": [[1e308] * 600], "b": [0.0] * 600}
    document["x"] = [[1e308]]
    answer = client.post("/api/trace", document).json()
    assert len(answer["nonfinite"]) == limits.MAX_NONFINITE
    assert output_of(answer) == [[None] * 600]
