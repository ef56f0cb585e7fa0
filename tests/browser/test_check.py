"""The Check view: every derivative both ways, its error over the network and against ε."""

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.check_view import CheckView
from tests.browser.explorer import EXAMPLES, Explorer, Watch
from tests.browser.test_accessibility import found

W12 = "fc_1.w[0,1]"


@pytest.fixture
def view(explorer: Explorer) -> CheckView:
    """The view, opened."""
    view = CheckView(explorer)
    view.open()
    return view


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
    before = explorer.position()
    CheckView(explorer).open()
    explorer.press("ArrowRight", 2)
    explorer.press("End")
    explorer.page.get_by_role("link", name="Diagram").click()
    assert explorer.position() == before
    expect(explorer.part("x_1")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("slug", EXAMPLES)
def test_every_number_is_the_services_own(view: CheckView, slug: str) -> None:
    document = view.explorer.example(slug)
    view.page.get_by_label("Example").select_option(slug)
    view.page.set_viewport_size({"width": 1280, "height": 1800})
    answer = view.asked(document)
    view.shows(answer)
    expect(view.summary).to_contain_text(f"All {len(answer['rows'])} derivatives agree")
    expect(view.table.get_by_text("agrees")).to_have_count(len(answer["rows"]))


@pytest.mark.parametrize("typed", ["0.01", "0,01", "10^-2", "1/100", "1e-2"])
def test_the_chapters_step_gives_the_chapters_losses(view: CheckView, typed: str) -> None:
    view.epsilon.fill(typed)
    expect(view.row(W12).locator(".left")).to_have_text("0.1840205")
    expect(view.row(W12).locator(".right")).to_have_text("0.1832805")
    expect(view.row(W12).locator(".numeric")).to_have_text("−0.037")
    view.shows(view.asked(view.explorer.example("chapter"), 0.01))


def test_the_chapters_step_is_one_press_away(view: CheckView) -> None:
    chapter = view.region.get_by_role("button", name="the chapter’s")
    chapter.click()
    expect(chapter).to_have_attribute("aria-pressed", "true")
    expect(view.epsilon).to_have_value("0.01")
    expect(view.row(W12).locator(".left")).to_have_text("0.1840205")


def test_a_large_step_fails_and_is_told_by_mark_and_word(view: CheckView) -> None:
    document = view.explorer.example("xor")
    view.page.set_viewport_size({"width": 1280, "height": 1800})
    view.page.get_by_label("Example").select_option("xor")
    view.epsilon.fill("0.1")
    answer = view.asked(document, 0.1)
    assert answer["failed"] > 1
    expect(view.summary).to_contain_text(f"{answer['failed']} of {len(answer['rows'])} derivatives differ")
    view.page.get_by_label(f"failed ({answer['failed']})").check(force=True)
    failed = [row["ref"] for row in answer["rows"] if not row["ok"]]
    expect(view.table.locator("[data-row]")).to_have_count(len(failed))
    assert view.refs() == failed
    expect(view.table.get_by_text("differs")).to_have_count(len(failed))
    marked = [ref for ref in failed if not ref.startswith("x[") or ref.startswith("x[0,")]
    expect(view.region.locator(".mark .cross")).to_have_count(len(marked))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("0", "must be greater than 0"),
        ("-1e-5", "must be greater than 0"),
        ("1e-13", "at least 1e-12"),
        ("2", "at most 1"),
        ("tiny", "“tiny” is not a number"),
        ("", "Please give a number."),
    ],
)
def test_a_step_that_cannot_be_is_told_and_the_last_result_stays(view: CheckView, typed: str, told: str) -> None:
    before = view.numbers()
    view.epsilon.fill(typed)
    expect(view.region.get_by_role("alert").filter(has_text=told)).to_be_visible()
    expect(view.epsilon).to_have_attribute("aria-invalid", "true")
    assert view.numbers() == before
    view.page.get_by_role("link", name="Diagram").click()
    view.open()
    expect(view.epsilon).to_have_value(typed)
    view.epsilon.fill("1e-4")
    expect(view.epsilon).to_have_attribute("aria-invalid", "false")
    view.shows(view.asked(view.explorer.example("chapter"), 1e-4))


@pytest.mark.parametrize(
    ("name", "column"), [("Analytic", "analytic"), ("Right loss", "right"), ("Numeric", "numeric")]
)
def test_a_column_sorts_by_click_and_by_key(view: CheckView, name: str, column: str) -> None:
    rows = view.asked(view.explorer.example("chapter"))["rows"]
    ascending = [row["ref"] for row in sorted(rows, key=lambda row: row[column])]
    view.head(name).get_by_role("button").click()
    expect(view.head(name)).to_have_attribute("aria-sort", "ascending")
    assert view.refs() == ascending
    view.page.keyboard.press("Enter")
    expect(view.head(name)).to_have_attribute("aria-sort", "descending")
    assert view.refs() == ascending[::-1]
    assert view.table.locator("[aria-sort]").count() == 1


def test_the_worst_come_worst_first(view: CheckView) -> None:
    document = view.explorer.example("batch-of-three")
    view.page.get_by_label("Example").select_option("batch-of-three")
    view.page.set_viewport_size({"width": 1280, "height": 1800})
    rows = view.asked(document)["rows"]
    expect(view.table.locator("[data-row]")).to_have_count(len(rows))
    view.page.get_by_label("the worst 20").check(force=True)
    expect(view.table.locator("[data-row]")).to_have_count(20)
    assert view.refs() == [row["ref"] for row in sorted(rows, key=lambda row: -row["relative_error"])][:20]
    expect(view.head("Relative error")).to_have_attribute("aria-sort", "descending")


def test_the_rows_of_one_layer_can_be_had_alone(view: CheckView) -> None:
    document = view.explorer.example("two-layers")
    view.page.get_by_label("Example").select_option("two-layers")
    menu = view.region.get_by_role("combobox")
    menu.select_option("fc_2")
    refs = [row["ref"] for row in view.asked(document)["rows"] if row["ref"].startswith("fc_2.")]
    expect(view.table.locator("[data-row]")).to_have_count(len(refs))
    assert view.refs() == refs
    view.page.get_by_label("Example").select_option("chapter")
    expect(menu).to_have_value("")
    expect(view.row(W12)).to_be_visible()


def test_a_row_shows_its_curve(view: CheckView) -> None:
    document = view.explorer.example("xor")
    view.page.get_by_label("Example").select_option("xor")
    for ref in ("fc_1.w[0,1]", "fc_2.b[0]"):
        view.row(ref).click()
        answer = view.asked_curve(document, ref)
        first = answer["points"][0]
        dot = view.curve.locator(f'[data-epsilon="{first["epsilon"]}"]')
        expect(dot).to_have_attribute("data-value", str(first["relative_error"]))
        assert view.points() == {point["epsilon"]: point["relative_error"] for point in answer["points"]}
        expect(view.row(ref).get_by_role("button")).to_have_attribute("aria-pressed", "true")
        expect(view.curve).to_contain_text("truncation ∝ 𝜀")
        expect(view.curve).to_contain_text("rounding ∝ 1/𝜀")
        expect(view.curve).to_contain_text("A third witness")


def test_a_parabola_has_no_truncation_and_a_rectifier_no_third_witness(view: CheckView) -> None:
    expect(view.curve).to_contain_text("No truncation arm")
    expect(view.curve).not_to_contain_text("truncation ∝")
    expect(view.head("Complex step")).to_be_visible()
    view.page.get_by_label("Example").select_option("two-layers")
    expect(view.curve).to_contain_text("No complex step: ReLu 'relu_1'")
    expect(view.head("Complex step")).to_have_count(0)


def test_a_point_of_the_curve_tells_its_numbers(view: CheckView) -> None:
    view.row(W12).click()
    points = view.asked_curve(view.explorer.example("chapter"), W12)["points"]
    [at] = [point for point in points if point["epsilon"] == 1e-3]
    view.curve.locator('[data-epsilon="0.001"] .reach').hover()
    reading = view.curve.locator(".reading [data-value]")
    expect(reading.first).to_have_attribute("data-value", "0.001")
    told = [float(value) for value in reading.evaluate_all("all => all.map(one => one.dataset.value)")]
    assert told == [at[column] for column in ("epsilon", "left", "right", "numeric", "relative_error")]


def test_the_curve_is_walked_by_key_and_sets_the_step(view: CheckView) -> None:
    chosen = view.curve.get_by_role("button", pressed=True)
    expect(chosen).to_have_attribute("data-epsilon", "0.00001")
    chosen.focus()
    view.page.keyboard.press("ArrowRight")
    view.page.keyboard.press("ArrowRight")
    expect(view.curve.locator(".reading [data-value]").first).to_have_attribute("data-value", "0.001")
    expect(view.epsilon).to_have_value("1e-5")
    view.page.keyboard.press("Enter")
    expect(view.epsilon).to_have_value("0.001")
    view.shows(view.asked(view.explorer.example("chapter"), 1e-3))


def test_the_formula_of_a_row_is_one_press_away(view: CheckView) -> None:
    view.row(W12).click()
    view.curve.get_by_role("button", name="Its formula").click()
    expect(view.explorer.inspector).to_contain_text("Selected")
    shown = view.explorer.inspector.locator('[data-ref="fc_1.w.grad[0,1]"]')
    expect(shown.first).to_have_attribute("data-value", "-0.037")
    assert view.page.url.endswith("#diagram")


def test_what_is_selected_in_the_diagram_is_current_in_the_check(explorer: Explorer) -> None:
    explorer.part(W12).focus()
    explorer.press("Enter")
    view = CheckView(explorer)
    view.open()
    expect(view.row(W12).get_by_role("button")).to_have_attribute("aria-pressed", "true")


def test_a_line_of_the_map_and_its_row_light_each_other(view: CheckView) -> None:
    view.row(W12).hover()
    expect(view.mark(W12)).to_have_class("mark lit")
    view.point_at_mark("fc_1.b[1]")
    expect(view.row("fc_1.b[1]")).to_have_class("lit")
    expect(view.mark(W12)).to_have_class("mark")


def test_a_line_of_the_map_brings_its_row_into_view(view: CheckView) -> None:
    view.page.get_by_label("Example").select_option("batch-of-three")
    expect(view.mark("fc_2.b[1]")).to_be_visible()
    expect(view.row("fc_2.b[1]")).not_to_be_in_viewport()
    view.point_at_mark("fc_2.b[1]")
    expect(view.row("fc_2.b[1]")).to_be_in_viewport()


def test_rows_are_walked_by_key(view: CheckView) -> None:
    refs = view.refs()
    view.row(refs[0]).get_by_role("button").focus()
    view.page.keyboard.press("ArrowDown")
    expect(view.row(refs[1]).get_by_role("button")).to_be_focused()
    expect(view.mark(refs[1])).to_have_class("mark lit")
    view.page.keyboard.press("End")
    expect(view.row(refs[-1]).get_by_role("button")).to_be_focused()
    expect(view.row(refs[-1])).to_be_in_viewport()
    view.page.keyboard.press("Enter")
    expect(view.row(refs[-1]).get_by_role("button")).to_have_attribute("aria-pressed", "true")
    view.page.keyboard.press("Home")
    expect(view.row(refs[0]).get_by_role("button")).to_be_focused()
    # One tab stop for all rows: the next is in the field after the table, or the page's end.
    assert view.table.locator('tbody button[tabindex="0"]').count() == 1


def test_edits_are_followed(view: CheckView) -> None:
    document = view.explorer.example("chapter")
    document["layers"][0]["w"][0][1] = 0.7
    view.explorer.field("/layers/0/w/0/1").fill("0.7")
    view.shows(view.asked(document))


def test_of_many_edits_the_last_one_counts(view: CheckView) -> None:
    field = view.explorer.field("/layers/0/w/0/1")
    for number in ("0.1", "0.11", "0.111", "0.1112"):
        field.fill(number)
    document = view.explorer.example("chapter")
    document["layers"][0]["w"][0][1] = 0.1112
    view.shows(view.asked(document))


def test_without_the_server_the_last_result_stays_and_nothing_is_lost(view: CheckView, watch: Watch) -> None:
    watch.refusals_expected = True
    before = view.numbers()

    def unreachable(route: Route) -> None:
        route.abort("connectionrefused")

    view.page.route("**/api/**", unreachable)
    view.epsilon.fill("0.01")
    alert = view.region.get_by_role("alert").filter(has_text="The server cannot be reached.")
    expect(alert).to_contain_text("The table still shows the last numbers that worked.")
    view.explorer.field("/x/0/0").fill("0.7")
    expect(alert).to_be_visible()
    assert view.numbers() == before
    view.page.unroute("**/api/**", unreachable)
    alert.get_by_role("button", name="Try again").click()
    expect(alert).to_have_count(0)
    expect(view.epsilon).to_have_value("0.01")
    document = view.explorer.example("chapter")
    document["x"][0][0] = 0.7
    view.shows(view.asked(document, 0.01))


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


def test_of_thousands_of_rows_only_those_in_view_are_drawn(explorer: Explorer) -> None:
    name = "Wide"
    document = {
        "name": name,
        "input_shape": [20],
        "layers": [{"type": "Linear", "output_dim": 90}, {"type": "Tanh"}, {"type": "Linear", "output_dim": 30}],
        "loss": {"type": "mean_squared_error"},
        "optimizer": {"type": "sgd", "lr": 0.1},
        "x": [[0.05 * i for i in range(20)]],
        "y": [[0.0] * 30],
    }
    examples = [*explorer.ask("/api/examples"), {"slug": "wide", "name": name, "document": document}]
    explorer.page.route("**/api/examples", lambda route: route.fulfill(json=examples))
    explorer.open()
    view = CheckView(explorer)
    view.open()
    view.page.get_by_label("Example").select_option("wide")
    count = 20 * 90 + 90 + 90 * 30 + 30 + 20
    expect(view.summary).to_contain_text(f"All {count} derivatives agree")
    expect(view.table).to_have_attribute("aria-rowcount", str(count + 1))
    assert view.table.locator("[data-row]").count() < 60
    first = view.refs()[0]
    view.row(first).get_by_role("button").focus()
    view.page.keyboard.press("End")
    expect(view.row("x[0,19]").get_by_role("button")).to_be_focused()
    assert view.table.locator("[data-row]").count() < 60
    view.page.keyboard.press("Home")
    expect(view.row(first).get_by_role("button")).to_be_focused()


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080), (1024, 768), (820, 1180), (420, 900)])
def test_nothing_is_cut_off(view: CheckView, width: int, height: int) -> None:
    view.page.set_viewport_size({"width": width, "height": height})
    for slug in EXAMPLES:
        view.page.get_by_label("Example").select_option(slug)
        expect(view.curve.locator(".dot")).to_have_count(45)
        assert overflow(view.page) <= width
        for picture in view.region.locator(".drawing svg").all():
            box = picture.bounding_box()
            assert box
            assert box["height"] > 100
            for part in picture.locator(".map-node .body, .dot .body, text").all():
                inside = part.bounding_box()
                assert inside
                assert inside["x"] >= box["x"] - 3
                assert inside["x"] + inside["width"] <= box["x"] + box["width"] + 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(chromium: Browser, origin: str, watch: Watch, scheme: str) -> None:
    page = chromium.new_page(
        viewport={"width": 1280, "height": 720},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    watch.follow(page)
    explorer = Explorer(page, origin)
    explorer.open()
    view = CheckView(explorer)
    view.open()
    expect(view.curve.locator(".dot")).to_have_count(45)
    found(explorer)
    page.get_by_label("Example").select_option("xor")
    view.epsilon.fill("0.1")
    expect(view.summary).to_contain_text("differ")
    view.row("fc_1.w[0,0]").get_by_role("button").click()
    found(explorer)
    view.epsilon.fill("2")
    expect(view.epsilon).to_have_attribute("aria-invalid", "true")
    found(explorer)
    page.close()
    watch.verify()


def overflow(page: Page) -> int:
    width: int = page.evaluate("document.documentElement.scrollWidth")
    return width
