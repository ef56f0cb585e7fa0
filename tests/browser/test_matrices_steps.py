"""The Matrices view during stepping: it follows, and scrolls the current step into view."""

from playwright.sync_api import expect

from tests.browser.matrices_view import MatricesView


def test_the_keys_of_the_page_step_here_as_in_the_diagram(matrices: MatricesView) -> None:
    explorer = matrices.explorer
    matrices.choose("two-layers")
    explorer.press("2")
    explorer.press("ArrowRight", 2)
    explorer.expect_position(2)
    expect(matrices.equation("relu_1 forward")).to_have_class("matrix-equation current")
    explorer.press("End")
    explorer.press("ArrowLeft", 2)
    explorer.press("Home")
    explorer.expect_position(0)


# Headings that the bar above the equations cuts through.
CUT = """page => {
    const top = page.getBoundingClientRect().top;
    const cut = ({top: own, bottom}) => own < top - 1 && bottom > top + 1;
    const found = [...page.querySelectorAll('h3, header')].filter(one => cut(one.getBoundingClientRect()));
    return found.map(one => one.textContent);
}"""


def test_what_the_step_works_on_is_brought_into_view_and_no_heading_is_cut(matrices: MatricesView) -> None:
    explorer = matrices.explorer
    matrices.choose("batch-of-three")
    explorer.press("2")
    for equation in ("fc_1 forward", "relu_1 forward", "fc_2 forward", "loss", "loss gradient", "fc_2 inputs"):
        explorer.press("ArrowRight")
        if equation == "loss gradient":
            continue
        expect(matrices.equation(equation)).to_be_in_viewport()
    # There is space below the last equation, so that its heading is not cut off.
    for slug, last in (("two-layers", "fc_2 w update"), ("batch-of-three", "fc_2 w update")):
        matrices.choose(slug)
        explorer.press("End")
        expect(matrices.equation(last)).to_be_in_viewport()
        # It stays there while the part that scrolled into view is drawn.
        explorer.page.wait_for_function(f"() => ({CUT})(document.querySelector('.equations')).length === 0")
    while explorer.position()[0] > 0:
        explorer.press("ArrowLeft")
        current = matrices.region.locator(".matrix-equation.current")
        if current.count():
            expect(current.locator("header")).to_be_in_viewport(ratio=1)
        assert matrices.region.locator(".equations").evaluate(CUT) == []


def test_who_scrolls_while_a_step_is_brought_into_view_is_not_pulled_back(matrices: MatricesView) -> None:
    """A key, a bar or a reading aid scrolls; on a busy machine this can happen between two frames of the page."""
    matrices.page.set_viewport_size({"width": 1024, "height": 500})
    explorer = matrices.explorer
    explorer.press("End")
    explorer.press("Home")
    began, at = matrices.region.locator(".equations").evaluate(
        """async frame => {
            const frames = async count => {
                for (let i = 0; i < count; i += 1) await new Promise(requestAnimationFrame);
            };
            document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'End', bubbles: true }));
            await frames(2);
            const began = frame.scrollTop;
            frame.scrollTop = 0;
            await frames(20);
            return [began, frame.scrollTop];
        }"""
    )
    assert began > 200
    assert at == 0
