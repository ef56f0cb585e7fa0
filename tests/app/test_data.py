"""A document's data as a table: rows as given, columns with names and roles, scaled inputs."""

import copy
import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import limits
from app.documents import build, filled
from app.fitting import fit
from app.known import KnownDocument
from app.problems import Problem
from app.receipts import receipt_answer
from app.schemas.document import NetworkDocument
from tests.app.conftest import Client
from tests.support.documents_at_random import documents
from tests.support.networks import Document
from tests.support.reaching import reaches
from tinyml.explain import explain
from tinyml.explain.tensors import explained_tensors
from tinyml.verify import verify

ROWS = [[5.1, 3.5], [4.9, 3.0], [6.3, 2.9], [5.8, 2.7]]
COLUMNS: list[Document] = [
    {"name": "Id", "role": "unused"},
    {"name": "length", "role": "input"},
    {"name": "width", "role": "input"},
    {"name": "species", "role": "class", "classes": ["setosa", "virginica"]},
]


def table(**data: Any) -> Document:
    return {
        "input_shape": [2],
        "layers": [{"type": "Linear", "name": "fc_1", "output_dim": 2}],
        "loss": {"type": "softmax_cross_entropy"},
        "optimizer": {"type": "sgd", "lr": 0.5},
        "data": {"rows": {"x": ROWS, "y": [0, 0, 1, 1]}, "columns": COLUMNS, "scale": "standard"} | data,
    }


def parsed(document: Document) -> NetworkDocument:
    return NetworkDocument.model_validate_json(json.dumps(document))


def as_table(document: Document, **data: Any) -> Document:
    """The same document with its batch as rows."""
    moved = {name: value for name, value in document.items() if name not in ("x", "y")}
    return moved | {"data": {"rows": {name: document[name] for name in ("x", "y") if name in document}} | data}


# --- The form ------------------------------------------------------------------------------------------------------


def test_rows_stay_as_they_were_given_and_the_network_gets_them_scaled(client: Client) -> None:
    answer = client.post("/api/trace?graph=1", table()).json()
    given = np.array(ROWS)
    assert answer["document"]["data"] == table()["data"]
    assert "x" not in answer["document"]
    assert answer["scaling"]["kind"] == "standard"
    assert answer["scaling"]["center"] == pytest.approx(given.mean(axis=0), rel=1e-15)
    assert answer["scaling"]["spread"] == pytest.approx(given.std(axis=0), rel=1e-14)
    x = answer["tensors"]["x"]
    assert np.array(x) == pytest.approx((given - given.mean(0)) / given.std(0), rel=1e-12)
    assert [node["value"] for node in answer["nodes"] if node["role"] == "input"] == x[0]


def test_what_comes_back_leads_to_the_same_step_and_hash(client: Client) -> None:
    first = client.post("/api/trace", table()).json()
    again = client.post("/api/trace", first["document"]).json()
    assert again == first
    assert again["hash"] == first["hash"]


@given(document=documents())
@settings(max_examples=40)
def test_a_table_that_is_not_scaled_is_the_same_training_step(document: Document) -> None:
    plain, rows = parsed(document), parsed(as_table(document))
    one, other = build(plain).trace(), build(rows).trace()
    assert one.x.tolist() == other.x.tolist()
    assert np.array_equal(one.loss.value, other.loss.value, equal_nan=True)
    written = json.loads(json.dumps(filled(rows, other), default=lambda array: array.tolist()))
    assert as_table(json.loads(json.dumps(filled(plain, one), default=lambda array: array.tolist()))) == {
        **written, "data": {"rows": written["data"]["rows"]},
    }  # fmt: skip


@pytest.mark.parametrize("scale", ["none", "standard", "minmax"])
def test_training_steps_keep_the_table(client: Client, scale: str) -> None:
    document = table(scale=scale)
    run = client.post("/api/advance", {"document": document, "steps": 3, "every": 1}).json()
    for _ in range(3):
        recorded = build(parsed(document)).trace()
        document = json.loads(
            json.dumps(filled(parsed(document), recorded, updated=True), default=lambda array: array.tolist())
        )
    assert run["document"] == document
    assert run["document"]["data"] == table(scale=scale)["data"]


@pytest.mark.parametrize("scale", ["none", "standard", "minmax"])
def test_receipts_of_scaled_data_hold_and_name_the_scaled_numbers(scale: str) -> None:
    document = parsed(table(scale=scale))
    receipt = receipt_answer(KnownDocument(document))
    assert verify(receipt).ok
    wrong = json.loads(receipt)
    wrong["document"]["data"]["rows"]["x"][0][0] += 1
    assert not verify(json.dumps(wrong).encode()).ok


@pytest.mark.parametrize("scale", ["standard", "minmax"])
def test_a_scaled_input_explains_itself_from_what_the_table_gives(scale: str) -> None:
    recorded = build(parsed(table(scale=scale))).trace()
    found = explain(recorded, "x[2,1]")
    assert found.expression.value == found.value == recorded.x[2, 1]
    assert "2.9" in found.text
    assert found.law.key == f"law.scaled.{scale}"


def test_the_gradient_check_moves_the_numbers_that_enter_the_network(client: Client) -> None:
    found = client.post("/api/gradient-check", {"document": table()}).json()
    assert found["counts"]["differs"] == 0
    assert any(row["ref"] == "x[0,0]" for row in found["rows"])


def test_stored_networks_and_patches_keep_the_table(client: Client) -> None:
    place = client.post("/api/networks", table()).headers["location"]
    changed = client.request("PATCH", place, json={"document": {"data": {"scale": "minmax"}}}).json()
    assert changed["document"]["data"] == table(scale="minmax")["data"]
    rows = {"x": ROWS, "y": [0, 1, 1, 0], "data": None}
    plain = client.request("PATCH", place, json={"document": rows}).json()["document"]
    assert (plain["y"], "data" in plain) == ([0, 1, 1, 0], False)


# --- Inconsistent tables --------------------------------------------------------------------------------------------

BAD: list[tuple[str, Document, str, str]] = [
    ("both", table() | {"x": ROWS, "y": [0, 0, 1, 1]}, "/data", "replaces x and y"),
    ("x as well", table() | {"x": ROWS}, "/data", "replaces x and y"),
    ("no rows", table(rows={}), "/data/rows/x", "missing"),
    ("ragged", table(rows={"x": [[1, 2], [3]], "y": [0, 1]}), "/data/rows/x/1", "list of 1"),
    ("a class too many", table(rows={"x": ROWS, "y": [0, 0, 1, 2]}, columns=None) | {}, "/data/rows/y/3", "0 to 1"),
    ("inputs", table(columns=COLUMNS[:2] + COLUMNS[3:]), "/data/columns", "1 are inputs, but rows.x has 2"),
    ("no class", table(columns=COLUMNS[:3]), "/data/columns", "role class"),
    ("two classes", table(columns=[*COLUMNS, COLUMNS[3]]), "/data/columns", "role class"),
    ("targets", table(columns=[*COLUMNS, {"name": "y", "role": "target"}]), "/data/columns", "1 are targets"),
    ("names", table(columns=[*COLUMNS[:3], {**COLUMNS[3], "classes": ["a"]}]), "/data/columns", "fewer"),
    ("names of none", table(columns=[{**COLUMNS[0], "classes": ["a"]}, *COLUMNS[1:]]), "/data/columns", "only"),
    ("role", table(columns=[{"name": "a", "role": "label"}]), "/data/columns/0/role", "expected"),
    ("scale", table(scale="log"), "/data/scale", "expected"),
    ("too far apart", table(rows={"x": [[1, -1e308], [2, 1.7e308]], "y": [0, 1]}), "/data/scale", "column 1"),
]  # fmt: skip


@pytest.mark.parametrize(("document", "where", "message"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_what_does_not_go_together_is_refused_at_its_place(
    client: Client, document: Document, where: str, message: str
) -> None:
    if document["data"].get("columns", ...) is None:
        del document["data"]["columns"]
    response = client.post("/api/trace", document)
    problem = response.json()
    assert (response.status_code, problem["where"]) == (422, where)
    assert message in problem["detail"]


def test_images_have_neither_columns_nor_a_scale(client: Client) -> None:
    image = {
        "input_shape": [1, 2, 2],
        "layers": [{"type": "Flatten"}, {"type": "Linear", "output_dim": 1}],
        "loss": {"type": "mean_squared_error"},
        "optimizer": {"type": "sgd", "lr": 0.5},
    }
    rows = {"x": [[[[1, 2], [3, 4]]]], "y": [[1]]}
    assert client.post("/api/trace", image | {"data": {"rows": rows}}).status_code == 200
    for name, value in (("columns", [{"name": "a", "role": "input"}]), ("scale", "minmax")):
        problem = client.post("/api/trace", image | {"data": {"rows": rows, name: value}}).json()
        assert problem["where"] == f"/data/{name}"


@pytest.mark.parametrize("count", [limits.MAX_COLUMNS, limits.MAX_COLUMNS + 1])
def test_columns_are_held_to_their_limit(client: Client, count: int) -> None:
    unused = [{"name": "", "role": "unused"}] * (count - len(COLUMNS))
    response = client.post("/api/trace", table(columns=[*COLUMNS, *unused]))
    assert response.status_code == (200 if count <= limits.MAX_COLUMNS else 422)
    if count > limits.MAX_COLUMNS:
        assert (response.json()["where"], response.json()["limit"]) == ("/data/columns", "MAX_COLUMNS")


# --- Fitting --------------------------------------------------------------------------------------------------------


def chapter_with(chapter: Document, data: Document) -> Document:
    return {**{name: value for name, value in chapter.items() if name not in ("x", "y")}, "data": data}


def test_a_table_makes_the_network_fit_its_columns_and_classes(chapter: Document) -> None:
    rows = {"x": [[1, 2, 3], [4, 5, 6], [7, 8, 9]], "y": [0, 1, 2]}
    made = fit(parsed(chapter_with(chapter, {"rows": rows})), ["/data"])
    assert [change["key"] for change in made.changes] == ["inputs", "loss", "width", "weights"]
    assert made.document.loss.type == "softmax_cross_entropy"
    assert build(made.document).y.shape == (3, 3)
    assert made.document.data is not None
    assert made.document.data.rows.x == rows["x"]
    # The weights that still have a place are kept.
    kept = made.document.model_dump()["layers"][0]["w"]
    assert [row[:2] for row in kept[:2]] == chapter["layers"][0]["w"]


@pytest.mark.parametrize(
    ("loss", "targets", "after"),
    [
        ("softmax_cross_entropy", [[350.0, 1.0], [120.0, 2.0]], "mean_squared_error"),
        ("softmax_cross_entropy", [[0.25, 0.75], [1.0, 0.0]], "softmax_cross_entropy"),
        ("binary_cross_entropy", [[0.0, 1.0], [0.0, 2.0]], "mean_squared_error"),
        ("binary_cross_entropy", [[0.0, 1.0], [0.0, 0.0]], "binary_cross_entropy"),
        ("half_squared_error", [[350.0, 1.0], [120.0, 2.0]], "half_squared_error"),
    ],
)
def test_other_data_bring_a_loss_that_is_meant_for_their_targets(
    chapter: Document, loss: str, targets: list[list[float]], after: str
) -> None:
    document = chapter_with(chapter, {"rows": {"x": [[1, 2], [3, 4]], "y": targets}}) | {"loss": {"type": loss}}
    assert fit(parsed(document), ["/data"]).document.loss.type == after
    # One number of them does not.
    assert fit(parsed(document), ["/data/rows/y/0/0"]).document.loss.type == loss


def test_columns_follow_the_rows() -> None:
    document = table()
    wider = copy.deepcopy(document)
    wider["data"]["rows"]["x"] = [[*row, 0.5] for row in ROWS]
    made = fit(parsed(wider), ["/data/rows"]).document.data
    assert made is not None
    assert [(column.name, column.role) for column in made.columns or []] == [
        ("Id", "unused"), ("length", "input"), ("width", "input"), ("x_3", "input"), ("species", "class"),
    ]  # fmt: skip
    narrower = copy.deepcopy(document)
    narrower["data"]["rows"]["x"] = [row[:1] for row in ROWS]
    made = fit(parsed(narrower), ["/data/rows"]).document.data
    assert made is not None
    assert [column.name for column in made.columns or []] == ["Id", "length", "species"]


def test_classes_that_become_rows_name_their_columns() -> None:
    document = table() | {"loss": {"type": "mean_squared_error"}}
    made = fit(parsed(document), ["/loss"]).document.data
    assert made is not None
    assert made.rows.y == [[1, 0], [1, 0], [0, 1], [0, 1]]
    assert [(column.name, column.role) for column in made.columns or []][2:] == [
        ("width", "input"), ("setosa", "target"), ("virginica", "target"),
    ]  # fmt: skip


def test_what_cannot_be_made_to_fit_points_into_the_rows() -> None:
    document = table(rows={"x": ROWS, "y": [0, 0, 1, 5]}, columns=[])
    with pytest.raises(Problem) as caught:
        fit(parsed(document), ["/layers/0/output_dim"])
    assert caught.value.where == ("data", "rows", "y")


# Of a single sample, every scaled number is 0.
SEVERAL = st.sampled_from([3, 2, 4, 1])


@given(document=documents(shapes=[(3,), (4,)], batches=SEVERAL), scale=st.sampled_from(["standard", "minmax"]))
@settings(max_examples=30)
def test_every_number_of_scaled_data_explains_itself(document: Document, scale: str) -> None:
    reaches(0.5, "several samples, which differ", len(document["x"]) > 1)
    recorded = build(parsed(as_table(document, scale=scale))).trace()
    for family in explained_tensors(recorded):
        if family.owner == "x" and family.kind == "value":
            for at in np.ndindex(recorded.x.shape):
                assert family.explain(at).expression.value == recorded.x[at]
