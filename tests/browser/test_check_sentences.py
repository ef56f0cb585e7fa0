"""Every sentence of the Check view and of the inspector's check is true of its numbers."""

import re
from collections import Counter
from collections.abc import Iterator
from math import isclose, isfinite
from typing import Any

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.browser.check_view import CheckView
from tests.browser.explorer import Explorer

EPSILONS = ("1e-12", "1e-8", "1e-5", "0.01", "1")
ROWS_OF_A_KIND = 2


def trained(explorer: Explorer, slug: str, steps: int) -> dict[str, Any]:
    document = explorer.example(slug)
    if not steps:
        return document
    answer: dict[str, Any] = explorer.ask("/api/advance", {"document": document, "steps": steps})
    return dict(answer["document"])


def alone(layers: list[dict[str, Any]], x: float, y: float) -> dict[str, Any]:
    return {
        "input_shape": [1],
        "layers": layers,
        "loss": {"type": "half_squared_error"},
        "optimizer": {"type": "sgd", "lr": 0.1},
        "x": [[x]],
        "y": [[y]],
    }


def fc(w: float, b: float = 0.0) -> dict[str, Any]:
    return {"type": "Linear", "output_dim": 1, "w": [[w]], "b": [b]}


STATES: dict[str, tuple[str, int] | dict[str, Any]] = {
    "chapter, 1 step": ("chapter", 1),
    "chapter, 100 steps": ("chapter", 100),
    "chapter, 10,000 steps": ("chapter", 10_000),
    "xor, 100 steps": ("xor", 100),
    "dead-relu, 100 steps": ("dead-relu", 100),
    "two-layers, 10,000 steps": ("two-layers", 10_000),
    "vanishing": ("vanishing", 0),
    "a kink": alone([fc(1.0), {"type": "ReLu"}], 0.0, -1.0),
    "many kinks at once": {
        **alone([], 0.0, 0.0),
        "input_shape": [1, 5, 5],
        "layers": [
            {
                "type": "Conv2D",
                "n_filter": 1,
                "h_filter": 2,
                "w_filter": 2,
                "w": [[[[0.5, -1.0], [0.75, 0.25]]]],
                "b": [0.0],
            },
            {"type": "MaxPool2D", "size": 2, "stride": 1},
            {"type": "Flatten"},
            {
                "type": "Linear",
                "output_dim": 1,
                "w": [[1.0], [-2.0], [0.5], [1.5], [-1.0], [2.0], [0.75], [-0.5], [1.25]],
            },
        ],
        "x": [[[[0.0] * 5, [0.0] * 5, [0.0, 0.0, 0.5, 0.25, 0.0], [0.0] * 5, [0.0] * 5]]],
        "y": [[1.0]],
    },
    "a derivative below rounding": alone([fc(1e-17), {"type": "LeakyReLu"}], 1.0, 0.7),
    "a loss that is no number": alone([fc(1e200), {"type": "ReLu"}], 1.0, 1.0),
    "a loss that is none one step away": alone([fc(1e153), {"type": "Tanh"}, fc(1e154)], 1e-153, 1.0),
}


@pytest.mark.parametrize("state", STATES)
def test_the_summary_and_the_grounds_hold_at_every_step(ongoing_view: CheckView, state: str) -> None:
    given = STATES[state]
    document = trained(ongoing_view.explorer, *given) if isinstance(given, tuple) else given
    document = bring_and_trace(ongoing_view, document)
    for typed in EPSILONS:
        ongoing_view.epsilon.fill(typed)
        answer = ongoing_view.check_answer(document, float(typed))
        settled(ongoing_view, answer)
        holds_of_all(ongoing_view, answer)
        for row in few_of_each_kind(answer):
            ongoing_view.scroll_to(answer["rows"].index(row))
            ongoing_view.row(row["ref"]).get_by_role("button").evaluate("button => button.click()")
            expect(ongoing_view.row(row["ref"]).get_by_role("button")).to_have_attribute("aria-pressed", "true")
            grounds = ongoing_view.curve.locator(".grounds")
            expect(grounds).to_contain_text(re.compile("[Ii]t is|kink|No step|not all losses"))
            holds_of_one(grounds, row)


def test_the_sentence_names_what_decided(ongoing_view: CheckView) -> None:
    # The chapter's example after 100 training steps: derivatives of 1e-13, whose quotients are rounding.
    document = bring_and_trace(ongoing_view, trained(ongoing_view.explorer, "chapter", 100))
    ongoing_view.epsilon.fill("1e-5")
    answer = ongoing_view.check_answer(document)
    settled(ongoing_view, answer)
    assert answer["worst"]["relative_error"] > 0.1
    assert answer["largest_deviation"] < 1e-12
    summary = ongoing_view.region.locator(".summary")
    expect(summary).to_contain_text("All 8 derivatives agree with the complex step; the largest relative deviation is ")
    expect(summary).to_contain_text("The quotients at this step, which no verdict uses, have relative errors of up to ")


def test_a_row_that_differs_has_its_least_difference(view: CheckView) -> None:
    document = view.explorer.example("chapter")
    answer = view.check_answer(document, 1e-4)
    for row in answer["rows"]:
        row.update(verdict="differs", analytic=2 * row["analytic"])
    answer["rows"][0].update(witness="quotient", estimate_epsilon=1e-4)
    answer["rows"][1].update(
        witness="one_sided", estimate=None, estimate_epsilon=None, deviation=None, limits=[-1.0, 0.5], analytic=0.75
    )
    answer["rows"][2].update(analytic=None)
    answer["nonfinite"] = [{"path": "/rows/2/analytic", "kind": "nan"}]
    answer.update(failed=8, counts={"agrees": 0, "differs": 8, "kink": 0, "undecided": 0})

    def spoiled(route: Route) -> None:
        route.fulfill(json=answer)

    view.page.route("**/api/gradient-check", spoiled)
    view.epsilon.fill("1e-4")
    expect(view.region.locator(".summary")).to_contain_text("8 of 8 derivatives differ from the numerical derivative")
    for row in answer["rows"]:
        view.row(row["ref"]).get_by_role("button").evaluate("button => button.click()")
        expect(view.row(row["ref"]).get_by_role("button")).to_have_attribute("aria-pressed", "true")
        if row["analytic"] is None:
            expect(view.curve.locator(".grounds")).to_contain_text("gives no finite number")
        else:
            holds_of_one(view.curve.locator(".grounds"), row)


@pytest.mark.parametrize("steps", [0, 100])
def test_the_inspector_s_check_names_what_decided_where_that_is_not_its_quotient(
    explorer: Explorer, steps: int
) -> None:
    document = explorer.bring(trained(explorer, "chapter", steps))["document"]
    explorer.press("End")
    explorer.select("fc_1.w[0,1]")
    explorer.press("c")
    check = explorer.inspector.locator(".numeric-check")
    expect(check).to_contain_text("relative error of this quotient")
    [row] = explorer.ask("/api/gradient-check", {"document": document, "refs": ["fc_1.w[0,1]"]})["rows"]
    assert row["witness"] == "complex_step"
    expect(check.locator(".grounds")).to_contain_text("By the complex step it is")
    holds_of_one(check.locator(".grounds"), row)


def bring_and_trace(view: CheckView, document: dict[str, Any]) -> dict[str, Any]:
    return dict(view.explorer.bring(document)["document"])


def settled(view: CheckView, answer: dict[str, Any]) -> None:
    """Wait until the view shows the answer, and the curve of the row to look at first."""
    rows = {row["ref"]: row for row in answer["rows"]}

    def shown() -> bool:
        numbers_shown = view.numbers()
        return bool(numbers_shown) and all(
            ref in rows and value == rows[ref][column]
            for ref, numbers in numbers_shown.items()
            for column, value in numbers.items()
            if value is not None and isfinite(value) and (ref not in rows or rows[ref][column] is not None)
        )

    for _ in range(200):
        if shown():
            break
        view.page.wait_for_timeout(50)
    assert shown()
    expect(view.curve.locator(".drawing svg")).to_have_count(1)


def few_of_each_kind(answer: dict[str, Any]) -> Iterator[dict[str, Any]]:
    met: Counter[Any] = Counter()
    for row in answer["rows"]:
        kind = row["verdict"], row["witness"], row["estimate_epsilon"] == answer["epsilon"], row["bound"] is None
        met[kind] += 1
        if met[kind] <= ROWS_OF_A_KIND:
            yield row


def values(shown: Locator) -> list[float]:
    found: list[str] = shown.locator("[data-value]").evaluate_all("all => all.map(one => one.dataset.value)")
    return [float(value) for value in found]


def holds_of_all(view: CheckView, answer: dict[str, Any]) -> None:
    summary = view.region.locator(".summary")
    text, rows = summary.inner_text(), answer["rows"]
    count = Counter(row["verdict"] for row in rows)
    if count["agrees"] < len(rows):
        counts = {word: int(n) for n, word in re.findall(r"(\d+) (?:is |are )?(agree|at a kink|undecided)", text)}
        assert counts == {
            word: count[verdict]
            for word, verdict in (("agree", "agrees"), ("at a kink", "kink"), ("undecided", "undecided"))
            if count[verdict] or (word == "agree" and not count["differs"])
        }, text
        assert f"None of {len(rows)} derivatives differs" in text
        return
    # What decided: each witness that is named did, and those that did are named.
    here = [row for row in rows if row["witness"] == "quotient" and row["estimate_epsilon"] == answer["epsilon"]]
    exact = [row for row in rows if row["witness"] == "complex_step"]
    others = len(rows) - len(here) - len(exact)
    assert ("complex step" in text) == bool(exact), text
    assert ("at this step;" in text or "of the losses at this step" in text) == bool(here) or "finite" in text, text
    assert ("at another step" in text) == bool(others), text
    assert ("which no verdict uses" in text) <= (not here), text
    rest = values(summary)
    known = [row for row in rows if row["deviation"] is not None]
    zeros = [row for row in rows if row["deviation"] is None]
    assert all(max(abs(row["analytic"]), abs(row["estimate"])) <= row["bound"] for row in zeros)
    if not known:
        assert re.search("(all are|it is) 0 to within rounding", text), text
    else:
        assert ("apart from" in text) == bool(zeros), text
        assert not zeros or f"apart from {len(zeros)} that" in text
        sizes = [max(abs(row["analytic"]), abs(row["estimate"])) for row in known]
        off = [abs(row["analytic"] - row["estimate"]) / (size or 1) for row, size in zip(known, sizes, strict=True)]
        assert isclose(rest.pop(0), max(off), rel_tol=1e-9)
    if rest:
        errors = [row["relative_error"] for row in rows]
        assert all(error is not None and error <= rest[0] for error in errors)
        assert rest[0] in errors
    else:
        assert any(row["relative_error"] is None for row in rows), text


def holds_of_one(verdict_text: Locator, row: dict[str, Any]) -> None:
    text, numbers = verdict_text.inner_text(), values(verdict_text)
    analytic, verdict = row["analytic"], row["verdict"]
    if "kink" in text:
        left, right, *others, taken = numbers[: -1 if verdict == "kink" else None]
        assert [left, right] == row["limits"]
        assert taken == analytic
        bound = numbers[-1:]
        if "branches" in text:
            assert (verdict, row["witness"]) == ("kink", "branch")
            assert others == [row["estimate_epsilon"], row["estimate"]]
            assert abs(taken - row["estimate"]) <= bound[0]
            assert not min(left, right) <= taken <= max(left, right)
        elif "not between" in text:
            assert verdict == "differs"
            assert not min(left, right) <= taken <= max(left, right)
        else:
            assert verdict == "kink"
            assert min(left, right) - bound[0] <= taken <= max(left, right) + bound[0]
            assert abs(left - right) > bound[0]
    elif "No step" in text:
        assert verdict == "undecided"
        assert abs(analytic) <= 10 * numbers[-1]
    elif "not all losses" in text:
        assert (verdict, row["bound"]) == ("undecided", None)
    else:
        *step, estimate, bound_ = numbers
        assert ("complex step" in text) == (row["witness"] == "complex_step") == (not step)
        # A complex step is not cut off anywhere.
        assert ("truncation" in text) == bool(step), text
        assert [estimate, bound_] == [row["estimate"], row["bound"]]
        assert step == ([] if row["estimate_epsilon"] is None else [row["estimate_epsilon"]])
        assert isfinite(bound_)
        assert ("no farther" in text) == (abs(analytic - estimate) <= bound_) == (verdict == "agrees"), (text, row)
