"""Editing: all views follow, and errors are reported where they were typed."""

from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.browser.explorer import Explorer, Watch, numbers_of


def edited(document: dict[str, Any], pointer: str, value: float) -> dict[str, Any]:
    *path, last = [int(key) if key.isdigit() else key for key in pointer.split("/")[1:]]
    place: Any = document
    for key in path:
        place = place[key]
    place[last] = value
    return document


@pytest.mark.parametrize(
    ("pointer", "text", "value"),
    [
        ("/layers/0/w/0/1", "-1.5", -1.5),
        ("/layers/2/b/1", "1/3", 1 / 3),
        ("/x/0/0", "0,75", 0.75),
        ("/y/0/1", "2", 2),
        ("/optimizer/lr", "1e-2", 0.01),
    ],
)
def test_an_edit_is_followed_by_everything(ongoing: Explorer, pointer: str, text: str, value: float) -> None:
    document = ongoing.begin("two-layers")["document"]
    ongoing.press("End")
    ongoing.field(pointer).fill(text)
    numbers = numbers_of(ongoing.trace(edited(document, pointer, value)))
    updated = ongoing.diagram.locator('[data-ref="fc_2.w.next[0,1]"]')
    expect(updated).to_have_attribute("data-value", shortest(numbers["fc_2.w.next[0,1]"]))
    for ref, shown in ongoing.shown(ongoing.diagram).items():
        assert shown == numbers[ref], ref
    expect(ongoing.page.get_by_label("Example")).to_have_value("")


def shortest(number: float) -> str:
    return repr(number).removesuffix(".0")


def test_the_cursor_stays_where_it_was(explorer: Explorer) -> None:
    explorer.press("ArrowRight", 6)
    explorer.field("/layers/0/w/0/0").fill("0.5")
    value = explorer.trace(edited(explorer.example("chapter"), "/layers/0/w/0/0", 0.5))["tensors"]["fc_1.output"][0][0]
    expect(explorer.diagram.locator('[data-ref="fc_1.output[0,0]"]')).to_have_attribute("data-value", shortest(value))
    explorer.expect_position(6, 11)


def test_quick_typing_ends_with_the_last_number(explorer: Explorer) -> None:
    explorer.press("End")
    field = explorer.field("/x/0/1")
    field.click()
    field.press("Control+a")
    field.press_sequentially("0.123456", delay=5)
    expect(explorer.diagram.locator('[data-ref="x[0,1]"]')).to_have_attribute("data-value", "0.123456")


def test_the_formula_follows_too(explorer: Explorer) -> None:
    explorer.press("ArrowRight")
    explorer.field("/x/0/0").fill("1")
    result = explorer.inspector.locator('.formula [data-ref="fc_1.output[0,0]"][data-value]')
    value = explorer.trace(edited(explorer.example("chapter"), "/x/0/0", 1))["tensors"]["fc_1.output"][0][0]
    expect(result).to_have_attribute("data-value", shortest(value))


def test_a_text_that_is_not_a_number_is_reported_at_the_field_and_not_sent(explorer: Explorer) -> None:
    requests: list[str] = []
    explorer.page.on("request", lambda request: requests.append(request.url))
    before = explorer.shown(explorer.diagram)
    field = explorer.field("/layers/0/w/1/0")
    field.fill("abc")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description("“abc” is not a number. Write it like 0.5, 0,5 or 1/3.")
    assert explorer.shown(explorer.diagram) == before
    assert requests == []
    field.fill("0.25")
    expect(field).to_have_attribute("aria-invalid", "false")


def test_an_invalid_value_is_reported_at_its_field_and_the_network_stays(explorer: Explorer, watch: Watch) -> None:
    watch.refusals_expected = True
    explorer.press("End")
    before = explorer.shown(explorer.diagram)
    field = explorer.field("/optimizer/lr")
    field.fill("-1")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description("Learning rate must be at least 0. Use 0")
    assert explorer.shown(explorer.diagram) == before
    field.blur()
    expect(field).to_have_value("-1")
    expect(field).to_have_attribute("data-value", "0.5")
    # The steps are those of the network with 0.5.
    explorer.press("Home")
    explorer.press("End")
    assert explorer.shown(explorer.diagram) == before
    field.fill("0.5")
    expect(field).to_have_attribute("aria-invalid", "false")


def test_an_unreachable_server_is_reported_and_the_edit_is_kept(explorer: Explorer, watch: Watch) -> None:
    watch.refusals_expected = True

    def unreachable(route: Route) -> None:
        route.abort("connectionrefused")

    explorer.page.route("**/api/**", unreachable)
    explorer.field("/x/0/0").fill("0.7")
    expect(explorer.diagram.get_by_role("alert")).to_contain_text("The server cannot be reached.")
    expect(explorer.field("/x/0/0")).to_have_value("0.7")
    explorer.page.unroute("**/api/**", unreachable)
    explorer.diagram.get_by_role("button", name="Try again").click()
    expect(explorer.diagram.locator('[data-ref="x[0,0]"]')).to_have_attribute("data-value", "0.7")
    expect(explorer.diagram.get_by_role("alert")).to_have_text("")


def test_the_loss_can_be_changed(explorer: Explorer) -> None:
    explorer.press("End")
    document = explorer.example("chapter") | {"loss": {"type": "mean_squared_error"}}
    explorer.build.get_by_label("Loss").select_option("mean_squared_error")
    loss = explorer.diagram.locator('[data-ref="loss"]')
    expect(loss).to_have_attribute("data-value", shortest(explorer.trace(document)["loss"]["value"]))


def test_classes_stand_at_the_outputs_of_a_large_network_too(unopened: Explorer) -> None:
    layers = [{"type": "Linear", "name": "wide", "output_dim": 64}, {"type": "Linear", "name": "out", "output_dim": 64}]
    large = unopened.example("chapter") | {"layers": layers, "y": [1], "loss": {"type": "softmax_cross_entropy"}}
    answer = [{"slug": "large", "name": "Large", "title": "Large", "description": "", "document": large}]
    unopened.page.route("**/api/examples?*", lambda route: route.fulfill(json=answer))
    unopened.page.goto(unopened.origin)
    expect(unopened.diagram.locator(".heat")).to_have_count(1)
    unopened.press("End")
    expect(unopened.sentence).to_contain_text("One training step is complete.")
    expect(unopened.part("truth-1")).to_have_accessible_name("target y 2, value 1")
