"""Invalid input is refused with its location, the expected and actual value and a suggestion, never with a 500."""

import copy
import json
from typing import Any

import pytest

from tests.app.conftest import Client, example
from tests.support.networks import Document

CHAPTER = example("chapter")
LINEAR = CHAPTER["layers"][0]


def changed(**members: Any) -> Document:
    return {**copy.deepcopy(CHAPTER), **members}


def without(name: str) -> Document:
    return {key: value for key, value in CHAPTER.items() if key != name}


def linear(**members: Any) -> Document:
    return changed(layers=[{**LINEAR, **members}])


@pytest.mark.parametrize(
    ("document", "where", "message"),
    [
        pytest.param([], "", "expected an object, got a list of 0", id="a list"),
        pytest.param("text", "", "expected an object, got a string", id="a string"),
        pytest.param({}, "/input_shape", "input_shape: this field is missing; add it", id="nothing"),
        pytest.param(without("loss"), "/loss", "loss: this field is missing", id="no loss"),
        pytest.param(
            changed(colour="red"), "/colour", "this field is unknown; the fields are format, name,", id="unknown field"
        ),
        pytest.param(
            changed(**{"<b>": 1}), "", "this field is unknown", id="a field name that is no name is not echoed"
        ),
        pytest.param(changed(format="other/2"), "/format", "expected 'tinyml-network/1'", id="unknown format"),
        pytest.param(changed(seed=-1), "/seed", "must be at least 0", id="negative seed"),
        pytest.param(changed(seed=1.5), "/seed", "expected a whole number, got a number", id="half a seed"),
        pytest.param(changed(name=7), "/name", "expected a string, got a number", id="a number for a name"),
        pytest.param(changed(input_shape=[0]), "/input_shape/0", "must be at least 1", id="zero inputs"),
        pytest.param(changed(input_shape=[1] * 4), "/input_shape", "takes at most 3, got 4", id="four axes"),
        pytest.param(
            changed(input_shape=[1, 1, 2]),
            "/layers/0",
            "Linear 'fc_1': takes samples of one axis, got samples of 1 × 1 × 2; add a Flatten layer before it",
            id="images for Linear",
        ),
        pytest.param(changed(layers=[]), "/layers", "needs at least 1, got 0", id="no layers"),
        pytest.param(changed(layers={}), "/layers", "expected a list, got an object", id="layers as an object"),
        pytest.param(
            changed(layers=[{"type": "Magic"}]), "/layers/0/type", "expected one of 'Linear', 'ReLu'", id="type"
        ),
        pytest.param(changed(layers=[{}]), "/layers/0", "the field 'type' is missing", id="no type"),
        pytest.param(changed(layers=[7]), "/layers/0", "expected an object, got a number", id="a number as layer"),
        pytest.param(linear(output_dim=0), "/layers/0/output_dim", "must be at least 1", id="zero width"),
        pytest.param(linear(output_dim="2"), "/layers/0/output_dim", "got a string", id="width in quotes"),
        pytest.param(linear(output_dim=True), "/layers/0/output_dim", "got true or false", id="true as a width"),
        pytest.param(
            linear(output_dim=3), "/layers/0/w/0", "Linear 'fc_1': w (inputs × outputs), row 0: expected 3", id="w"
        ),
        pytest.param(linear(w=[[0.1, 0.2]]), "/layers/0/w", "expected 2 × 2, got a list of 1", id="w too short"),
        pytest.param(linear(w=[[1, 2], [3]]), "/layers/0/w/1", "row 1: expected 2, got a list of 1", id="ragged w"),
        pytest.param(linear(w=[1, 2]), "/layers/0/w/0", "expected a list, got a number", id="flat w"),
        pytest.param(
            linear(w=[["nan", 0], [0, 0]]), "/layers/0/w/0/0", "expected a finite number, got a string", id="nan"
        ),
        pytest.param(linear(w=[[True, 0], [0, 0]]), "/layers/0/w/0/0", "got true or false", id="true as a weight"),
        pytest.param(linear(w=[[None, 0], [0, 0]]), "/layers/0/w/0/0", "got null", id="null as a weight"),
        pytest.param(linear(w=[[10**400, 0], [0, 0]]), "/layers/0/w/0/0", "got a number beyond float64", id="huge int"),
        pytest.param(linear(b=[1, 2, 3]), "/layers/0/b", "b (one for each output): expected 2", id="b too long"),
        pytest.param(linear(name="1st"), "/layers/0/name", "letters, digits and underscores", id="layer name"),
        pytest.param(linear(name="loss"), "/layers/0/name", "are reserved; choose another name", id="reserved name"),
        pytest.param(changed(layers=[LINEAR, LINEAR]), "/layers/1/name", "two layers have this name", id="name twice"),
        pytest.param(changed(loss={"type": "guess"}), "/loss/type", "expected one of 'half_squared_error'", id="loss"),
        pytest.param(changed(optimizer={"type": "sgd"}), "/optimizer/lr", "missing", id="no learning rate"),
        pytest.param(changed(optimizer={"type": "sgd", "lr": -0.1}), "/optimizer/lr", "at least 0", id="negative lr"),
        pytest.param(
            changed(optimizer={"type": "luck", "lr": 1}), "/optimizer/type", "one of 'sgd', 'rmsprop'", id="optimizer"
        ),
        pytest.param(changed(x=[]), "/x", "needs at least 1, got 0", id="empty batch"),
        pytest.param(changed(x=[[]]), "/x/0", "needs at least 1, got 0", id="empty sample"),
        pytest.param(
            changed(x=[[1, 2, 3]]), "/x/0", "x (samples × inputs), row 0: expected 2, got a list of 3", id="x"
        ),
        pytest.param(changed(x=[[1, 2], [3]], y=[[1, 2]] * 2), "/x/1", "row 1: expected 2", id="ragged x"),
        pytest.param(
            changed(y=[[1, 2], [3, 4]]), "/y", "y (samples × outputs): expected 1 × 2, got a list of 2", id="y rows"
        ),
        pytest.param(changed(y=[[1]]), "/y/0", "expected 2, got a list of 1", id="y columns"),
        pytest.param(changed(y=[[[1], [2]]]), "/y/0/0", "expected a finite number, got a list of 1", id="y too deep"),
    ],
)
@pytest.mark.parametrize("address", ["/api/trace", "/api/networks", "/api/explain"])
def test_an_invalid_document_is_refused_with_place_and_reason(
    client: Client, address: str, document: Any, where: str, message: str
) -> None:
    wrapped = address == "/api/explain"
    response = client.post(address, {"document": document, "ref": "loss"} if wrapped else document)
    assert response.status_code == 422
    assert response.headers["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert problem["where"] == ("/document" + where if wrapped else where)
    if not (wrapped and where == ""):
        assert message in problem["detail"].replace("document.", "")
    assert problem["detail"].endswith(".")
    assert problem["status"] == 422


@pytest.mark.parametrize(
    ("body", "status"),
    [
        pytest.param(b"{", 400, id="cut off"),
        pytest.param(b"", 400, id="empty"),
        pytest.param(b"\xff\xfe\x00", 400, id="no UTF-8"),
        pytest.param(b"[" * 100_000 + b"]" * 100_000, 400, id="100,000 lists deep"),
        pytest.param(b'{"layers":' * 100_000 + b"1" + b"}" * 100_000, 400, id="100,000 objects deep"),
        pytest.param(b"1" * 100_000, 400, id="100,000 digits"),
        pytest.param(json.dumps(CHAPTER).replace("0.15", "NaN").encode(), 422, id="NaN"),
        pytest.param(json.dumps(CHAPTER).replace("0.15", "Infinity").encode(), 422, id="Infinity"),
        pytest.param(json.dumps(CHAPTER).replace("0.15", "1e999").encode(), 422, id="1e999"),
        pytest.param(json.dumps(CHAPTER).replace("0.15", "-1e999").encode(), 422, id="-1e999"),
        pytest.param(b"null", 422, id="null"),
        pytest.param(b'{"x": [' + b"[]," * 500_000 + b"[]]}", 422, id="half a million empty samples"),
        pytest.param(b'{"layers": [' + b'{"type":1},' * 300_000 + b"{}]}", 422, id="300,000 wrong layers"),
        pytest.param(b"{" + b",".join(b'"f%d":0' % i for i in range(300_000)) + b"}", 422, id="300,000 unknown fields"),
    ],
)
@pytest.mark.parametrize("address", ["/api/trace", "/api/networks", "/api/explain"])
def test_a_body_that_is_no_document_is_a_short_problem(client: Client, address: str, body: bytes, status: int) -> None:
    response = client.post(address, content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
    assert len(response.content) < 5_000


def test_a_body_that_is_not_json_is_refused_with_the_remedy(client: Client) -> None:
    response = client.post("/api/trace", content=json.dumps(CHAPTER), headers={"Content-Type": "text/plain"})
    assert response.status_code == 415
    assert "send it with Content-Type: application/json" in response.json()["detail"]


@pytest.mark.parametrize("sample", ["1", "-1", "1.5", "x", "999999999999999999999999"])
def test_a_sample_outside_the_batch_is_refused(client: Client, sample: str) -> None:
    response = client.post(f"/api/trace?sample={sample}", CHAPTER)
    assert response.status_code == 422
    assert response.json()["where"] == "/sample"


@pytest.mark.parametrize(
    ("body", "where", "message"),
    [
        ({"by": "mile"}, "/by", "expected 'pass', 'layer', 'node' or 'term'"),
        ({"count": 1}, "/by", "missing"),
        ({"by": "pass", "count": 1.5}, "/count", "expected a whole number"),
        ({"by": "pass", "count": True}, "/count", "expected a whole number, got true or false"),
        ({"by": "pass", "count": "1"}, "/count", "expected a whole number, got a string"),
        ({"by": "pass", "speed": 1}, "/speed", "the fields are by, count"),
    ],
)
def test_an_invalid_step_is_refused(client: Client, body: Any, where: str, message: str) -> None:
    address = client.post("/api/networks", CHAPTER).headers["Location"]
    response = client.post(f"{address}/step", body)
    assert response.status_code == 422
    assert response.json()["where"] == where
    assert message in response.json()["detail"]


@pytest.mark.parametrize(
    ("method", "url", "status"),
    [("GET", "/api/nothing", 404), ("GET", "/api/trace", 405), ("PUT", "/api/networks", 405)],
)
def test_addresses_and_methods_that_are_not_there_are_problems_too(
    client: Client, method: str, url: str, status: int
) -> None:
    response = client.request(method, url)
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
    assert "GET /openapi.json lists" in response.json()["detail"]


def test_a_wrong_method_is_refused_with_the_allowed_ones(client: Client) -> None:
    assert client.request("PUT", "/api/networks/some-id").headers["Allow"] == "DELETE, GET, HEAD, PATCH"
    assert client.get("/api/trace").headers["Allow"] == "POST"


@pytest.mark.parametrize(
    ("document", "where"),
    [
        (changed(seed=2**64), "/seed"),
        (changed(seed=10**400), "/seed"),
        (linear(output_dim=10**20), "/layers/0/output_dim"),
        (changed(input_shape=[2**64]), "/input_shape/0"),
    ],
)
def test_huge_numbers_are_reported_as_far_beyond_the_limit(client: Client, document: Any, where: str) -> None:
    problem = client.post("/api/trace", document).json()
    assert (problem["status"], problem["where"]) == (422, where)
    assert problem["asked"] == 2**63 - 1


@pytest.mark.parametrize("address", ["/api/trace", "/api/networks"])
def test_keys_that_are_no_text_are_refused_like_any_unknown_field(client: Client, address: str) -> None:
    response = client.post(address, content=rb'{"\ud800": 1}', headers={"Content-Type": "application/json"})
    assert response.status_code == 422
    assert response.json()["where"] == ""
