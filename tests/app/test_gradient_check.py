"""The gradient check over HTTP: all derivatives, chosen ones, the curve, and requests that do not fit."""

import json
import threading
from pathlib import Path
from typing import Any

import pytest

from app.schemas.checks import ErrorCurveAnswer, GradientCheckAnswer
from tests.app.conftest import Client, example
from tests.app.test_limits import wide
from tests.support.networks import Document
from tests.support.traces import entries
from tinyml.gradient_check import gradient_check

GOLDEN = json.loads((Path(__file__).parents[1] / "tinyml" / "golden" / "textbook-linear.json").read_text("utf-8"))
CHECK, CURVE = "/api/gradient-check", "/api/gradient-check/curve"


def check(client: Client, document: Document, **wish: Any) -> dict[str, Any]:
    """A successful check whose answer matches the schema."""
    response = client.post(CHECK, {"document": document, **wish})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    GradientCheckAnswer.model_validate(answer)
    return answer


def stored(client: Client, document: Document) -> str:
    return client.post("/api/networks", document).headers["Location"]


def test_the_chapters_table_comes_out_digit_for_digit(client: Client, chapter: Document) -> None:
    answer = check(client, chapter, epsilon=0.01)
    expected = {row["ref"]: row for row in GOLDEN["expected"]["gradient_check"]["rows"]}
    assert [row["ref"] for row in answer["rows"]] == list(expected)
    for row in answer["rows"]:
        right = expected[row["ref"]]
        for name in ("analytic", "left", "right"):
            assert row[name] == pytest.approx(right[name], rel=0, abs=1e-12), (row["ref"], name)
        assert row["numeric"] == pytest.approx(right["numeric"], rel=0, abs=1e-12 / 0.01)
        assert row["complex_step"] == pytest.approx(right["analytic"], rel=0, abs=1e-12)
        assert (row["verdict"], row["witness"]) == ("agrees", "complex_step")
        assert row["estimate"] == row["complex_step"]
        assert (row["estimate_epsilon"], row["limits"]) == (None, None)
        assert 0 <= row["bound"] < 1e-12
    second = answer["rows"][1]
    assert (second["ref"], round(second["left"], 12), round(second["right"], 12)) == (
        "fc_1.w[0,1]",
        0.1840205,
        0.1832805,
    )
    assert (answer["epsilon"], answer["tolerance"], answer["failed"]) == (0.01, 0.1, 0)
    assert answer["counts"] == {"agrees": 8, "differs": 0, "kink": 0, "undecided": 0}
    assert answer["decided"] == {"complex_step": 8, "this_epsilon": 0, "other_epsilon": 0, "one_sided": 0, "branch": 0}
    assert answer["largest_deviation"] == max(row["deviation"] for row in answer["rows"]) < 1e-14
    assert answer["worst"] == max(answer["rows"], key=lambda row: row["relative_error"])
    assert (answer["no_complex_step"], answer["nonfinite"]) == (None, [])


@pytest.mark.parametrize("slug", ["two-layers", "batch-of-three", "xor"])
def test_every_derivative_of_every_example_is_checked(client: Client, slug: str) -> None:
    document = example(slug)
    trace = client.post("/api/trace", document).json()
    answer = check(client, document)
    gradients = {
        f"{name}[{','.join(map(str, index))}]": value
        for name in ("x", *(name for layer in trace["layers"] for name in layer["parameters"]))
        for index, value in entries(trace["tensors"][f"{name}.grad"])
    }
    assert {row["ref"]: row["analytic"] for row in answer["rows"]} == gradients
    assert all(row["verdict"] == "agrees" for row in answer["rows"])


def test_chosen_numbers_are_checked_in_the_order_in_which_they_were_chosen(client: Client, chapter: Document) -> None:
    by_ref = {row["ref"]: row for row in check(client, chapter)["rows"]}
    refs = ["x[0,1]", "fc_1.b[0]", "fc_1.w[1,0]", "x[0,1]"]
    rows = check(client, chapter, refs=refs)["rows"]
    assert [row["ref"] for row in rows] == refs
    for row in rows:
        assert row["analytic"] == by_ref[row["ref"]]["analytic"]
        assert row["left"] == pytest.approx(by_ref[row["ref"]]["left"], rel=1e-13)


def test_inputs_may_be_left_out(client: Client, chapter: Document) -> None:
    refs = [row["ref"] for row in check(client, chapter, inputs=False)["rows"]]
    assert len(refs) == 6
    assert not [ref for ref in refs if ref.startswith("x")]


def test_the_tolerance_sets_how_closely_a_derivative_must_be_known(client: Client) -> None:
    document = example("two-layers")  # a rectifier, so that there is no complex step
    document["loss"] = {"type": "mean_squared_error"}
    strict = check(client, document, epsilon=1e-9, tolerance=1e-18)
    assert strict["counts"]["undecided"] > 0, strict["rows"]
    assert check(client, document)["counts"]["undecided"] == 0


def test_at_a_kink_both_one_sided_limits_are_reported(client: Client) -> None:
    document = example("chapter")
    document["layers"] = [{"type": "ReLu", "name": "relu_1"}]
    document["x"] = [[0.0, 0.5]]
    answer = check(client, document)
    kink, beside = answer["rows"]
    assert (kink["verdict"], kink["witness"], kink["estimate"]) == ("kink", "one_sided", None)
    assert kink["limits"] == pytest.approx([0, -0.01], abs=1e-8)
    assert (beside["verdict"], beside["limits"]) == ("agrees", None)
    assert (answer["failed"], answer["counts"]["kink"], answer["worst"]) == (0, 1, kink)


def test_where_no_complex_step_is_possible_the_reason_is_given(client: Client) -> None:
    document = example("chapter")
    document["layers"].append({"type": "ReLu", "name": "relu_1"})
    answer = check(client, document)
    why = answer["no_complex_step"]
    assert (why["type"], why["name"], why["reason"]) == ("ReLu", "relu_1", "not_analytic")
    assert why["detail"].startswith("No complex step: ReLu 'relu_1' compares its numbers")
    assert [row["complex_step"] for row in answer["rows"]] == [None] * 8
    curve = client.post(CURVE, {"document": document, "ref": "x[0,0]"}).json()
    assert (curve["complex_step"], curve["no_complex_step"]) == (None, why)


def test_non_finite_numbers_are_null_and_listed(client: Client, chapter: Document) -> None:
    chapter["layers"][0]["w"][0][0] = 1e200
    answer = check(client, chapter, refs=["fc_1.b[0]"])
    row = answer["rows"][0]
    assert (row["left"], row["right"], row["numeric"], row["relative_error"], row["bound"]) == (None,) * 5
    assert row["verdict"] == "undecided"
    assert (answer["failed"], answer["worst"]) == (0, row)
    kinds = {one["path"]: one["kind"] for one in answer["nonfinite"]}
    assert kinds["/rows/0/left"] == kinds["/rows/0/right"] == kinds["/worst/left"] == "+inf"
    assert kinds["/rows/0/bound"] == "+inf"
    assert kinds["/rows/0/numeric"] == kinds["/rows/0/relative_error"] == "nan"
    curve = client.post(CURVE, {"document": chapter, "ref": "fc_1.b[0]", "per_decade": 1}).json()
    ErrorCurveAnswer.model_validate(curve)
    assert {"path": "/points/11/left", "kind": "+inf"} in curve["nonfinite"]


def test_a_check_that_would_keep_others_waiting_gives_the_same(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    here = check(client, example("batch-of-three"))
    monkeypatch.setattr("app.work.cost.QUICK_MS", 0)
    assert check(client, example("batch-of-three")) == here


def test_only_a_quick_check_runs_where_all_requests_wait(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    threads = []

    def noting(*parts: Any, **wish: Any) -> Any:
        threads.append(threading.get_ident())
        return gradient_check(*parts, **wish)

    monkeypatch.setattr("app.routes.gradient_check.gradient_check", noting)
    for document in (example("chapter"), wide(60, 40), example("chapter")):
        check(client, document)
    quick, long, quick_again = threads
    assert quick == quick_again != long


def test_the_curve_is_what_the_check_gives_at_each_epsilon(client: Client) -> None:
    document = example("xor")
    curve = client.post(CURVE, {"document": document, "ref": "fc_1.w[0,1]"}).json()
    ErrorCurveAnswer.model_validate(curve)
    assert (curve["ref"], len(curve["points"])) == ("fc_1.w[0,1]", 4 * 11 + 1)
    assert curve["complex_step"] == pytest.approx(curve["analytic"], rel=1e-12)
    for point in curve["points"][::11]:
        row = check(client, document, epsilon=point["epsilon"], refs=["fc_1.w[0,1]"])["rows"][0]
        assert curve["analytic"] == row["analytic"]
        assert [point["left"], point["right"]] == pytest.approx([row["left"], row["right"]], rel=1e-14)
    assert curve["points"][0]["relative_error"] > 1e3 * min(point["relative_error"] for point in curve["points"])


def test_a_stored_network_is_checked_at_the_beginning_of_its_step(client: Client) -> None:
    document = example("batch-of-three")
    address = stored(client, document)
    expected = check(client, document)
    for step in ("forward", "backward", "update"):
        client.post(f"{address}/{step}")
        assert client.get(f"{address}/gradient-check").json() == expected
    client.post(f"{address}/forward")
    updated = client.get(address).json()["document"]
    after = client.get(f"{address}/gradient-check").json()
    assert after == check(client, updated)
    assert after["rows"][0]["left"] != expected["rows"][0]["left"]


def test_a_stored_network_takes_the_same_wishes(client: Client, chapter: Document) -> None:
    answer = client.get(
        f"{stored(client, chapter)}/gradient-check",
        params={"epsilon": 0.01, "tolerance": 1e-9, "ref": ["x[0,1]", "fc_1.w[0,1]"]},
    ).json()
    assert answer == check(client, chapter, epsilon=0.01, tolerance=1e-9, refs=["x[0,1]", "fc_1.w[0,1]"])
    without = client.get(f"{stored(client, chapter)}/gradient-check?inputs=false").json()
    assert without == check(client, chapter, inputs=False)


def test_a_network_that_is_not_there_cannot_be_checked(client: Client) -> None:
    assert client.get("/api/networks/none/gradient-check").status_code == 404
