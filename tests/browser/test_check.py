"""The Check view: every derivative by both methods."""

from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.axe import assert_accessible
from tests.browser.check_view import CheckView
from tests.browser.explorer import WALKED, Explorer, Watch

W12 = "fc_1.w[0,1]"


def test_its_code_is_loaded_when_it_is_first_opened(explorer: Explorer) -> None:
    loaded: list[str] = []
    explorer.page.on("request", lambda request: loaded.append(request.url))
    CheckView(explorer).open()
    assert any("Check-" in url for url in loaded)
    loaded.clear()
    explorer.page.get_by_role("link", name="Diagram").click()
    CheckView(explorer).open()
    assert not any("Check-" in url for url in loaded)


def test_the_address_keeps_the_view(view: CheckView) -> None:
    page = view.page
    assert page.url.endswith("#check")
    expect(page.get_by_role("link", name="Check")).to_have_attribute("aria-current", "page")
    page.reload()
    expect(view.table).to_be_visible()
    expect(view.explorer.diagram).to_be_hidden()
    page.get_by_role("link", name="Diagram").click()
    expect(view.explorer.diagram).to_be_visible()
    expect(view.region).to_have_count(0)
    page.go_back()
    expect(view.table).to_be_visible()


def test_the_diagram_comes_back_as_it_was_left(explorer: Explorer) -> None:
    explorer.press("ArrowRight", 3)
    explorer.part("x_1").click()
    explorer.expect_position(3, 11)
    CheckView(explorer).open()
    explorer.press("ArrowRight", 2)
    explorer.press("End")
    explorer.page.get_by_role("link", name="Diagram").click()
    explorer.expect_position(3, 11)
    expect(explorer.part("x_1")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("slug", WALKED)
def test_every_number_is_the_services_own(ongoing_view: CheckView, slug: str) -> None:
    document = ongoing_view.explorer.example(slug)
    ongoing_view.page.get_by_label("Example").select_option(slug)
    ongoing_view.page.set_viewport_size({"width": 1280, "height": 1800})
    answer = ongoing_view.check_answer(document)
    ongoing_view.shows(answer)
    expect(ongoing_view.summary).to_contain_text(f"All {len(answer['rows'])} derivatives agree")
    expect(ongoing_view.table.get_by_text("agrees")).to_have_count(len(answer["rows"]))


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080), (1024, 768), (820, 1180), (420, 900)])
def test_nothing_is_cut_off(ongoing_view: CheckView, width: int, height: int) -> None:
    ongoing_view.page.set_viewport_size({"width": width, "height": height})
    for slug in WALKED:
        ongoing_view.page.get_by_label("Example").select_option(slug)
        count = len(ongoing_view.check_answer(ongoing_view.explorer.example(slug))["rows"])
        expect(ongoing_view.summary).to_contain_text(f"All {count} derivatives agree")
        expect(ongoing_view.curve.locator(".dot")).to_have_count(45)
        assert overflow(ongoing_view.page) <= width
        for box, parts in ongoing_view.region.evaluate(DRAWN):
            assert box["height"] > 100
            assert parts
            for part in parts:
                assert part["left"] >= box["left"] - 3
                assert part["right"] <= box["right"] + 3


# The box of each picture and the boxes of its parts, measured at the same time.
DRAWN = """region => [...region.querySelectorAll(".drawing svg")].map(picture => [
    picture.getBoundingClientRect().toJSON(),
    [...picture.querySelectorAll(".map-node .body, .dot .body, text")].map(one => one.getBoundingClientRect().toJSON()),
])"""


def test_a_large_step_makes_no_right_derivative_wrong(ongoing_view: CheckView) -> None:
    ongoing_view.page.set_viewport_size({"width": 1280, "height": 1800})
    ongoing_view.page.get_by_label("Example").select_option("xor")
    ongoing_view.epsilon.fill("0.1")
    answer = ongoing_view.check_answer(ongoing_view.explorer.example("xor"), 0.1)
    assert answer["worst"]["relative_error"] > 1e-4
    ongoing_view.shows(answer)
    expect(ongoing_view.summary).to_contain_text(f"All {len(answer['rows'])} derivatives agree")
    expect(ongoing_view.region.locator(".mark .cross")).to_have_count(0)
    expect(ongoing_view.region.get_by_label("differ (0)")).to_be_visible()


def test_the_chapters_step_gives_the_chapters_losses(view: CheckView) -> None:
    chapter = view.explorer.example("chapter")
    for typed in ("0.01", "0,01", "10^-2", "1/100", "1e-2"):
        view.epsilon.fill(typed)
        expect(view.row(W12).locator(".left")).to_have_text("0.1840205")
        expect(view.row(W12).locator(".right")).to_have_text("0.1832805")
        expect(view.row(W12).locator(".numeric")).to_have_text("−0.0370000")
        view.shows(view.check_answer(chapter, 0.01))
        # Another step in between, so that each way to type this one fetches its losses.
        view.epsilon.fill("0.1")
        view.shows(view.check_answer(chapter, 0.1))


def test_the_chapters_step_is_one_press_away(view: CheckView) -> None:
    chapter = view.region.get_by_role("button", name="the chapter’s")
    chapter.click()
    expect(chapter).to_have_attribute("aria-pressed", "true")
    expect(view.epsilon).to_have_value("0.01")
    expect(view.row(W12).locator(".left")).to_have_text("0.1840205")


def at_a_kink(view: CheckView) -> dict[str, Any]:
    """A check of two layers with a rectifier whose first unit is exactly 0."""
    document = view.explorer.example("two-layers")
    view.page.get_by_label("Example").select_option("two-layers")
    for place, pointer in enumerate(("/x/0/0", "/x/0/1")):
        view.explorer.field(pointer).fill("0")
        document["x"][0][place] = 0.0
    view.explorer.field("/layers/0/b/0").fill("0")
    document["layers"][0]["b"][0] = 0.0
    return view.check_answer(document)


def test_a_kink_is_reported_with_both_slopes(view: CheckView) -> None:
    answer = at_a_kink(view)
    assert answer["failed"] == 0
    assert answer["counts"]["kink"] > 0
    view.shows(answer)
    counts, count = answer["counts"], len(answer["rows"])
    expect(view.summary).to_contain_text(f"None of {count} derivatives differs: {counts['agrees']} agree")
    expect(view.summary).to_contain_text("at a kink of the loss")
    view.region.get_by_label(f"kinks ({counts['kink']})").check(force=True)
    refs = [row["ref"] for row in answer["rows"] if row["verdict"] == "kink"]
    expect(view.table.locator("[data-row]")).to_have_count(len(refs))
    assert view.refs() == refs
    expect(view.table.locator(".verdict-mark.kink")).to_have_count(len(refs))
    view.row("fc_1.b[0]").click()
    [row] = [row for row in answer["rows"] if row["ref"] == "fc_1.b[0]"]
    limits = view.curve.locator(".grounds [data-value]")
    expect(limits).to_have_count(4)
    assert [float(value) for value in limits.evaluate_all("all => all.map(one => one.dataset.value)")] == [
        *row["limits"],
        row["analytic"],
        row["bound"],
    ]


def test_a_derivative_that_differs_is_marked_by_cross_and_word(view: CheckView) -> None:
    # No backward pass of the service is wrong, so the answer is modified in transit.
    def spoiled(route: Route) -> None:
        answer = route.fetch().json()
        for row in (answer["rows"][1], answer["worst"]):
            row.update(answer["rows"][1])
            row.update(verdict="differs", analytic=0.5)
        answer.update(failed=1, counts={"agrees": 7, "differs": 1, "kink": 0, "undecided": 0})
        route.fulfill(json=answer)

    view.page.route("**/api/gradient-check", spoiled)
    view.epsilon.fill("1e-4")
    expect(view.summary).to_contain_text("1 of 8 derivatives differs from the numerical derivative; 7 agree.")
    expect(view.summary).to_contain_text("Look first at")
    view.page.get_by_label("differ (1)").check(force=True)
    assert view.refs() == [W12]
    expect(view.table.get_by_text("differs")).to_have_count(1)
    expect(view.region.locator(".mark .cross")).to_have_count(1)


INVALID = {
    "0": "must be greater than 0",
    "-1e-5": "must be greater than 0",
    "1e-13": "at least 1e-12",
    "2": "at most 1",
    "tiny": "“tiny” is not a number",
    "": "Please give a number.",
}


def test_an_invalid_step_is_reported_and_the_last_result_stays(view: CheckView) -> None:
    for place, (typed, message) in enumerate(INVALID.items()):
        before = view.numbers()
        view.epsilon.fill(typed)
        expect(view.region.get_by_role("alert").filter(has_text=message)).to_be_visible()
        expect(view.epsilon).to_have_attribute("aria-invalid", "true")
        assert view.numbers() == before, typed
        view.page.get_by_role("link", name="Diagram").click()
        view.open()
        expect(view.epsilon).to_have_value(typed)
        # Another one each time, so that the numbers change.
        valid = ("1e-4", "1e-3")[place % 2]
        view.epsilon.fill(valid)
        expect(view.epsilon).to_have_attribute("aria-invalid", "false")
        view.shows(view.check_answer(view.explorer.example("chapter"), float(valid)))


def test_edits_are_followed(view: CheckView) -> None:
    document = view.explorer.example("chapter")
    document["layers"][0]["w"][0][1] = 0.7
    view.explorer.field("/layers/0/w/0/1").fill("0.7")
    view.shows(view.check_answer(document))


def test_of_many_edits_the_last_one_counts(view: CheckView) -> None:
    field = view.explorer.field("/layers/0/w/0/1")
    for number in ("0.1", "0.11", "0.111", "0.1112"):
        field.fill(number)
    document = view.explorer.example("chapter")
    document["layers"][0]["w"][0][1] = 0.1112
    view.shows(view.check_answer(document))


def test_without_the_server_the_last_result_stays_and_nothing_is_lost(view: CheckView, watch: Watch) -> None:
    watch.refusals_expected = True
    before = view.numbers()

    def unreachable(route: Route) -> None:
        route.abort("connectionrefused")

    view.page.route("**/api/**", unreachable)
    view.epsilon.fill("0.01")
    alert = view.region.get_by_role("alert").filter(has_text="The server cannot be reached.")
    expect(alert).to_contain_text("The table still shows the last valid results.")
    view.explorer.field("/x/0/0").fill("0.7")
    expect(alert).to_be_visible()
    assert view.numbers() == before
    view.page.unroute("**/api/**", unreachable)
    alert.get_by_role("button", name="Try again").click()
    expect(alert).to_have_count(0)
    expect(view.epsilon).to_have_value("0.01")
    document = view.explorer.example("chapter")
    document["x"][0][0] = 0.7
    view.shows(view.check_answer(document, 0.01))


def test_the_view_itself_may_fail_to_load_and_be_tried_again(explorer: Explorer, watch: Watch) -> None:
    watch.refusals_expected = True

    def unreachable(route: Route) -> None:
        route.abort("connectionrefused")

    explorer.page.route("**/Check-*.js", unreachable)
    explorer.page.get_by_role("link", name="Check").click()
    alert = explorer.page.get_by_role("alert").filter(has_text="could not be loaded")
    expect(alert).to_be_visible()
    explorer.page.unroute("**/Check-*.js", unreachable)
    alert.get_by_role("button", name="Try again").click()
    expect(CheckView(explorer).table).to_be_visible()


def test_axe_finds_no_violation(explorer: Explorer) -> None:
    view = CheckView(explorer)
    view.open()
    expect(view.curve.locator(".dot")).to_have_count(45)
    assert_accessible(explorer)
    explorer.page.get_by_label("Example").select_option("xor")
    view.row("fc_1.w[0,0]").get_by_role("button").click()
    assert_accessible(explorer)
    at_a_kink(view)
    expect(view.summary).to_contain_text("kink")
    assert_accessible(explorer)
    view.epsilon.fill("2")
    expect(view.epsilon).to_have_attribute("aria-invalid", "true")
    assert_accessible(explorer)


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_where_rows_differ_and_are_undecided(explorer: Explorer, width: int) -> None:
    view = CheckView(explorer)
    view.open()
    answer = view.check_answer(explorer.example("chapter"), 1e-4)
    answer["rows"][0].update(verdict="differs")
    answer["rows"][1].update(verdict="undecided", deviation=None)
    answer["rows"][2].update(verdict="kink", limits=[0.0, 1.0], estimate=None, deviation=None, witness="one_sided")
    answer.update(
        failed=1, counts={"agrees": 5, "differs": 1, "kink": 1, "undecided": 1}, worst=dict(answer["rows"][0])
    )
    view.page.route("**/api/gradient-check", lambda route: route.fulfill(json=answer))
    view.page.set_viewport_size({"width": width, "height": 720})
    view.epsilon.fill("1e-4")
    expect(view.summary).to_contain_text("1 of 8 derivatives differs")
    # Each verdict has its line style: a cross, dashes.
    expect(view.region.locator(".mark.failed .cross")).to_have_count(1)
    expect(view.region.locator(".mark.open")).to_have_count(2)
    assert_accessible(explorer)
    assert overflow(view.page) <= width


def overflow(page: Page) -> int:
    width: int = page.evaluate("document.documentElement.scrollWidth")
    return width
