"""Networks with more numbers than one check may move: checked layer by layer, or by a seeded sample."""

from collections import Counter
from typing import Any

import pytest

from app import limits
from app.documents import build
from app.schemas.document import NetworkDocument
from tests.app.conftest import Client, example
from tests.app.test_gradient_check import CHECK, check
from tests.app.test_gradient_check_bad_input import limit
from tests.app.test_limits import wide
from tests.support.networks import Document
from tinyml.gradient_check import check_cost


def refs(answer: dict[str, Any]) -> list[str]:
    return [row["ref"] for row in answer["rows"]]


def owners(answer: dict[str, Any]) -> Counter[str]:
    return Counter(ref.split("[")[0] for ref in refs(answer))


def share(answer: dict[str, Any]) -> tuple[int, int, int | None]:
    assert len(answer["rows"]) == answer["checked"] == sum(answer["counts"].values())
    return answer["checked"], answer["total"], answer["seed"]


@pytest.fixture
def deep() -> Document:
    return example("two-layers")


def test_a_seed_draws_the_same_rows_and_another_seed_others(client: Client) -> None:
    document = wide(20, 30)
    one, same, other = (check(client, document, sample={"seed": seed, "count": 100}) for seed in (7, 7, 8))
    assert one == same
    assert refs(one) != refs(other)
    assert share(one) == (100, 650, 7)
    assert share(other) == (100, 650, 8)


def test_a_sample_has_the_rows_of_the_whole_check_in_their_order(client: Client) -> None:
    document = wide(20, 30)
    whole = {row["ref"]: row for row in check(client, document)["rows"]}
    for seed in range(5):
        answer = check(client, document, sample={"seed": seed, "count": 60})
        drawn = refs(answer)
        assert drawn == [ref for ref in whole if ref in set(drawn)]
        for row in answer["rows"]:
            assert row["analytic"] == whole[row["ref"]]["analytic"]
            assert row["numeric"] == pytest.approx(whole[row["ref"]]["numeric"], rel=1e-6, abs=1e-9)


def test_every_number_of_the_network_is_drawn_by_some_seed(client: Client, deep: Document) -> None:
    whole = refs(check(client, deep))
    met = {ref for seed in range(40) for ref in refs(check(client, deep, sample={"seed": seed, "count": 8}))}
    assert met == set(whole)


def test_each_parameter_and_the_input_has_its_share(client: Client) -> None:
    # 600 weights, 30 biases and 20 inputs: the weights get what the small tensors leave of their shares.
    answer = check(client, wide(20, 30), sample={"seed": 0, "count": 120})
    assert owners(answer) == {"fc_1.w": 70, "fc_1.b": 30, "x": 20}
    assert owners(check(client, wide(20, 30), sample={"seed": 0, "count": 31})) in (
        {"fc_1.w": 11, "fc_1.b": 10, "x": 10},
        {"fc_1.w": 10, "fc_1.b": 11, "x": 10},
        {"fc_1.w": 10, "fc_1.b": 10, "x": 11},
    )
    assert sum(owners(check(client, wide(20, 30), sample={"seed": 0, "count": 2})).values()) == 2


def test_without_inputs_none_is_drawn(client: Client) -> None:
    answer = check(client, wide(20, 30), sample={"seed": 0, "count": 120}, inputs=False)
    assert owners(answer) == {"fc_1.w": 90, "fc_1.b": 30}
    assert share(answer) == (120, 630, 0)


@pytest.mark.parametrize("sample", [{"seed": 3}, {"seed": 3, "count": 8}, {"seed": 3, "count": 10_000}])
def test_nothing_is_drawn_where_everything_can_be_checked(client: Client, chapter: Document, sample: Any) -> None:
    assert check(client, chapter, sample=sample) == check(client, chapter)
    assert share(check(client, chapter, sample=sample)) == (8, 8, None)


@pytest.mark.slow
def test_at_the_limit_all_are_checked_and_beyond_a_sample(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_CHECK_WORK", 10 * limits.MAX_CHECK_WORK)
    assert share(check(client, wide(72, 136), sample={"seed": 1})) == (10_000, 10_000, None)
    # 1,666 outputs of 5 inputs are one number more than the limit.
    beyond = check(client, wide(5, 1666), sample={"seed": 1})
    assert share(beyond) == (limits.MAX_CHECKED_NUMBERS, limits.MAX_CHECKED_NUMBERS + 1, 1)


def test_the_work_that_is_allowed_bounds_the_sample(
    client: Client, chapter: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_one = check_cost(build(NetworkDocument.model_validate(chapter)).model, (1, 2), 1)
    monkeypatch.setattr(limits, "MAX_CHECK_WORK", 6 * of_one - 1)
    assert share(check(client, chapter, sample={"seed": 0})) == (5, 8, 0)
    assert share(check(client, chapter, sample={"seed": 0, "count": 5})) == (5, 8, 0)
    response = client.post(CHECK, {"document": chapter, "sample": {"seed": 0, "count": 6}})
    assert limit(response) == ("/sample/count", "MAX_CHECK_WORK", 6 * of_one, 6 * of_one - 1)
    monkeypatch.setattr(limits, "MAX_CHECK_WORK", of_one - 1)
    response = client.post(CHECK, {"document": chapter, "sample": {"seed": 0}})
    assert limit(response) == ("/document", "MAX_CHECK_WORK", of_one, of_one - 1)


def test_one_layer_is_checked_alone_and_x_means_the_inputs(client: Client, deep: Document) -> None:
    whole = refs(check(client, deep))
    for layer in ("fc_1", "fc_2", "x"):
        answer = check(client, deep, layer=layer)
        own = [ref for ref in whole if ref.startswith((f"{layer}.", f"{layer}["))]
        assert refs(answer) == own != []
        assert share(answer) == (len(own), len(own), None)
    assert refs(check(client, deep, layer="x", inputs=False)) == refs(check(client, deep, layer="x"))


def test_a_layer_is_sampled_too(client: Client) -> None:
    answer = check(client, wide(20, 30), layer="fc_1", sample={"seed": 0, "count": 50})
    assert owners(answer) == {"fc_1.w": 25, "fc_1.b": 25}
    assert share(answer) == (50, 630, 0)


def test_a_layer_that_is_too_large_without_a_sample_is_refused(client: Client) -> None:
    response = client.post(CHECK, {"document": wide(72, 138), "layer": "fc_1"})
    assert limit(response) == ("/document", "MAX_CHECKED_NUMBERS", 73 * 138, 10_000)
    assert len(check(client, wide(72, 138), layer="x")["rows"]) == 72


@pytest.mark.parametrize(
    ("wish", "where", "message"),
    [
        ({"layer": "fc1"}, "/layer", "did you mean 'fc_1'? Those that can be checked: fc_1, fc_2, x."),
        ({"layer": "sigmoid_1"}, "/layer", "no layer of that name has parameters to check"),
        ({"layer": ""}, "/layer", "no layer of that name has parameters to check"),
        ({"layer": 1}, "/layer", "expected a string, got a number"),
        ({"layer": "fc_1", "refs": ["x[0,0]"]}, "/layer", "layer: the refs already choose what is checked"),
        ({"sample": {"seed": 0}, "refs": ["x[0,0]"]}, "/sample", "sample: the refs already choose what is checked"),
        ({"sample": {}}, "/sample/seed", "this field is missing"),
        ({"sample": {"seed": -1}}, "/sample/seed", "must be at least 0"),
        ({"sample": {"seed": 2**53}}, "/sample/seed", "MAX_SEED"),
        ({"sample": {"seed": 0.5}}, "/sample/seed", "expected a whole number"),
        ({"sample": {"seed": 0, "count": 0}}, "/sample/count", "must be at least 1"),
        ({"sample": {"seed": 0, "count": 10_001}}, "/sample/count", "MAX_CHECKED_NUMBERS"),
        ({"sample": 5}, "/sample", "expected an object"),
    ],
)
def test_an_invalid_request_is_refused(client: Client, deep: Document, wish: Any, where: str, message: str) -> None:
    response = client.post(CHECK, {"document": deep, **wish})
    assert (response.status_code, response.json()["where"]) == (422, where)
    assert message in response.json()["detail"]


def test_a_name_that_was_probably_meant_is_data_too(client: Client, deep: Document) -> None:
    problem = client.post(CHECK, {"document": deep, "layer": "fc2"}).json()
    assert (problem["key"], problem["suggestion"]) == ("unknown", "fc_2")


def of_stored(client: Client, document: Document, query: str) -> Any:
    return client.get(f"{client.post('/api/networks', document).headers['Location']}/gradient-check?{query}")


@pytest.mark.parametrize(
    ("query", "wish"),
    [
        ("layer=fc_2", {"layer": "fc_2"}),
        ("layer=x&epsilon=0.01", {"layer": "x", "epsilon": 0.01}),
        ("seed=3", {"sample": {"seed": 3}}),
        ("seed=3&count=5", {"sample": {"seed": 3, "count": 5}}),
        ("seed=4&count=5&inputs=false", {"sample": {"seed": 4, "count": 5}, "inputs": False}),
        ("seed=1&count=2&layer=fc_1", {"sample": {"seed": 1, "count": 2}, "layer": "fc_1"}),
    ],
)
def test_a_stored_network_is_checked_by_layer_and_sample_as_a_document_is(
    client: Client, deep: Document, query: str, wish: Any
) -> None:
    response = of_stored(client, deep, query)
    assert response.status_code == 200, response.text
    assert response.json() == check(client, deep, **wish)


def test_a_stored_network_that_is_too_large_for_all_is_checked_by_a_sample(client: Client) -> None:
    assert limit(of_stored(client, wide(5, 1666), "")) == ("/ref", "MAX_CHECKED_NUMBERS", 10_001, 10_000)
    answer = of_stored(client, wide(5, 1666), "seed=2&count=50").json()
    assert share(answer) == (50, 10_001, 2)


@pytest.mark.parametrize(
    ("query", "where", "message"),
    [
        ("layer=fc1", "/layer", "did you mean 'fc_1'?"),
        ("layer=fc_1&ref=x[0,0]", "/layer", "layer: the refs already choose what is checked"),
        ("seed=0&ref=x[0,0]", "/seed", "seed: the refs already choose what is checked"),
        ("count=5", "/seed", "count: a sample requires a seed; add seed=0."),
        ("seed=-1", "/seed", "must be at least 0"),
        ("seed=0.5", "/seed", "whole number"),
        ("seed=0&count=0", "/count", "must be at least 1"),
        ("seed=0&count=10001", "/count", "must be at most 10000"),
    ],
)
def test_an_invalid_query_is_refused(client: Client, deep: Document, query: str, where: str, message: str) -> None:
    response = of_stored(client, deep, query)
    assert (response.status_code, response.json()["where"]) == (422, where), response.text
    assert message in response.json()["detail"]


def test_more_work_than_allowed_is_refused_with_its_count(
    client: Client, deep: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_CHECK_WORK", 1)
    assert limit(of_stored(client, deep, "seed=0&count=5"))[:2] == ("/count", "MAX_CHECK_WORK")
