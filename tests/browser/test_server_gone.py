"""A server that cannot be reached: a message explains it, the page tries again, and nothing is lost."""

from playwright.sync_api import Route, expect

from tests.browser.explorer import Explorer, Watch
from tests.browser.links import notice, payload, settled


def test_a_link_waits_for_a_server_out_of_reach(explorer: Explorer, watch: Watch) -> None:
    watch.refusals_expected = True
    link = payload({"document": explorer.example("two-layers")})
    explorer.press("ArrowRight")
    settled(explorer)  # so that the code for links is loaded

    def unreachable(route: Route) -> None:
        route.abort("connectionrefused")

    explorer.page.route("**/api/**", unreachable)
    explorer.page.evaluate("link => { location.hash = link }", f"#diagram&s={link}")
    expect(notice(explorer)).to_contain_text("It will be opened when the server answers.")
    explorer.page.unroute("**/api/**", unreachable)
    expect(explorer.diagram.locator(".edge")).to_have_count(12)
    expect(notice(explorer)).to_have_text("")


def test_sentences_and_formulas_come_by_themselves_once_the_server_answers_one_who_only_steps(
    explorer: Explorer, watch: Watch
) -> None:
    watch.refusals_expected = True
    explorer.choose("two-layers")

    def unreachable(route: Route) -> None:
        route.abort("connectionrefused")

    explorer.page.route("**/api/**", unreachable)
    explorer.press("ArrowRight", 9)
    expect(explorer.sentence).to_contain_text(
        "The server does not answer. The explanation of this step appears when it answers again."
    )
    expect(explorer.diagram.get_by_role("alert")).to_contain_text("The server cannot be reached.")
    explorer.page.unroute("**/api/**", unreachable)
    # Nothing is pressed or changed: the page retries by itself.
    expect(explorer.sentence).to_contain_text(" = ")
    expect(explorer.inspector.locator(".formula").first).to_be_visible()
    expect(explorer.diagram.get_by_role("alert")).to_have_text("")
    explorer.expect_position(9)


def test_edits_are_worked_out_by_themselves_once_the_server_answers(explorer: Explorer, watch: Watch) -> None:
    watch.refusals_expected = True

    def unreachable(route: Route) -> None:
        route.abort("connectionrefused")

    explorer.page.route("**/api/**", unreachable)
    explorer.field("/x/0/0").fill("0.7")
    explorer.field("/x/0/1").fill("0.6")
    expect(explorer.diagram.get_by_role("alert")).to_contain_text("The server cannot be reached.")
    # The picture shows the network before the edit: no steps are taken in it while the panel shows another network.
    forward = explorer.page.get_by_role("button", name="Take the first step")
    expect(forward).to_have_attribute("aria-disabled", "true")
    explorer.press("ArrowRight")
    expect(explorer.diagram.locator('[data-ref="x[0,0]"]')).to_have_attribute("data-value", "0.1")
    explorer.page.unroute("**/api/**", unreachable)
    explorer.page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(explorer.diagram.locator('[data-ref="x[0,0]"]')).to_have_attribute("data-value", "0.7")
    expect(explorer.diagram.locator('[data-ref="x[0,1]"]')).to_have_attribute("data-value", "0.6")
    expect(explorer.diagram.get_by_role("alert")).to_have_text("")
