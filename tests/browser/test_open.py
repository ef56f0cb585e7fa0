"""The first view."""

from playwright.sync_api import Browser, expect

from tests.browser.clashes import SETTLED
from tests.browser.explorer import EXAMPLES, Explorer, Watch, numbers_of


def test_it_opens_on_the_chapters_example_already_traced(explorer: Explorer) -> None:
    expect(explorer.page).to_have_title("Backprop Explorer")
    expect(explorer.page.get_by_label("Example")).to_have_value("chapter")
    expect(explorer.diagram.locator(".node")).to_have_count(5)
    expect(explorer.diagram.locator(".edge")).to_have_count(6)
    expect(explorer.sentence).to_contain_text("is ready")
    expect(explorer.node("x 1")).to_be_visible()
    # Its parts by their roles and names, by which other tests do not look for them.
    page = explorer.page
    for part, named in (
        (explorer.diagram, page.get_by_role("region", name="Diagram")),
        (explorer.build, page.get_by_role("region", name="Build")),
        (explorer.timeline, page.get_by_role("region", name="Timeline")),
        (explorer.inspector, page.get_by_role("complementary", name="Inspector")),
        (explorer.sentence, page.get_by_role("status")),
        (explorer.slider, page.get_by_role("slider", name="Position in the training step")),
    ):
        assert named.evaluate("(one, other) => one === other", part.element_handle())


def test_one_obvious_button_takes_the_first_step(explorer: Explorer) -> None:
    explorer.page.get_by_role("button", name="Take the first step").click()
    expect(explorer.node("y hat 1")).to_have_accessible_name("output y hat 1, value 0.49")
    expect(explorer.sentence).to_contain_text("0.1 · 0.15 + 0.5 · 0.25 + 0.35 = 0.49")


def test_the_nodes_wear_the_chapters_colours(explorer: Explorer) -> None:
    colours = {"bias": "rgb(255, 244, 158)", "input": "rgb(128, 255, 128)", "output": "rgb(255, 128, 128)"}
    for role, colour in colours.items():
        expect(explorer.diagram.locator(f".node.{role} .body").first).to_have_css("fill", colour)
    explorer.choose("two-layers")
    expect(explorer.diagram.locator(".node.hidden .body").first).to_have_css("fill", "rgb(153, 153, 255)")


def test_before_the_first_step_only_what_is_given_is_shown(explorer: Explorer) -> None:
    shown = explorer.shown(explorer.diagram)
    assert set(shown) == {"x[0,0]", "x[0,1]", "y[0,0]", "y[0,1]", "fc_1.one[0]"} | {
        f"fc_1.{ref}" for ref in ("w[0,0]", "w[0,1]", "w[1,0]", "w[1,1]", "b[0]", "b[1]")
    }


def test_every_example_opens_from_the_menu(explorer: Explorer) -> None:
    for slug in EXAMPLES:
        trace = explorer.choose(slug)
        expect(explorer.sentence).to_contain_text(f"“{trace['document']['name']}” is ready.")
        expect(explorer.diagram.locator(".node")).to_have_count(len(trace["nodes"]))
        numbers = numbers_of(trace)
        for ref, value in explorer.shown(explorer.diagram).items():
            assert value == numbers[ref], (slug, ref)


def test_a_batch_shows_the_sample_that_is_chosen(explorer: Explorer) -> None:
    trace = explorer.choose("batch-of-three")
    explorer.press("End")
    explorer.diagram.get_by_label("Sample").select_option(label="3")
    expect(explorer.diagram.locator('[data-ref="x[2,0]"]')).to_be_visible()
    numbers = numbers_of(explorer.trace(trace["document"], sample=2))
    shown = explorer.shown(explorer.diagram)
    assert "y[2,1]" in shown
    for ref, value in shown.items():
        assert value == numbers[ref], ref


def test_nothing_is_cut_off_or_covered(explorer: Explorer) -> None:
    explorer.choose("batch-of-three")
    explorer.press("End")
    for width, height in ((1280, 720), (1920, 1080), (1024, 768), (820, 1180)):
        explorer.page.set_viewport_size({"width": width, "height": height})
        explorer.page.evaluate(SETTLED)
        assert explorer.page.evaluate("document.documentElement.scrollWidth") <= width
        frame = explorer.diagram.bounding_box()
        legend = explorer.diagram.locator(".legend").bounding_box()
        assert frame
        assert legend
        for node in explorer.diagram.locator(".node .body").all():
            box = node.bounding_box()
            assert box
            assert box["x"] >= frame["x"], width
            assert box["x"] + box["width"] <= frame["x"] + frame["width"], width
            assert box["y"] >= frame["y"], width
            assert box["y"] + box["height"] <= legend["y"], width


def test_the_chosen_colours_are_remembered(explorer: Explorer) -> None:
    background = "getComputedStyle(document.documentElement).backgroundColor"
    light = explorer.page.evaluate(background)
    explorer.page.get_by_label("Dark colours").check(force=True)
    dark = explorer.page.evaluate(background)
    assert dark != light
    explorer.page.reload()
    expect(explorer.node("x 1")).to_be_visible()
    assert explorer.page.evaluate(background) == dark


def test_the_page_follows_the_systems_colours(chromium: Browser, origin: str, watch: Watch) -> None:
    page = chromium.new_page(color_scheme="dark")
    watch.follow(page)
    Explorer(page, origin).open()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(22, 23, 26)"
    page.close()
    watch.verify()
