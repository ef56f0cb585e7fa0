"""The introduction: what the page is for, and three ways to begin."""

from playwright.sync_api import expect

from tests.browser.explorer import Explorer


def test_the_first_view_explains_its_purpose(themed: Explorer) -> None:
    expect(themed.inspector.get_by_role("heading", level=3)).to_have_text(
        "Every number of a training step, as a formula with its numbers filled in, "
        "and every gradient checked numerically."
    )


def test_the_first_step_is_taken_from_there(explorer: Explorer) -> None:
    explorer.inspector.get_by_role("button", name="Show what is computed first").click()
    explorer.expect_position(1)
    expect(explorer.inspector.locator(".formula")).not_to_have_count(0)


def test_the_question_leads_to_a_gradient_that_is_0_with_the_reason(explorer: Explorer) -> None:
    trace = explorer.trace(explorer.example("dead-relu"))
    assert trace["tensors"]["fc_1.w.grad"][0][1] == 0
    explorer.inspector.get_by_role("button", name="why is this gradient 0").click()
    gradient = explorer.quantity("Gradient")
    expect(gradient.locator("[data-ref='fc_1.w.grad[0,1]']").first).to_have_attribute("data-value", "0")
    expect(explorer.inspector).to_contain_text("dead")
    expect(explorer.page.get_by_label("Example")).to_have_value("dead-relu")


def test_all_gradients_are_checked_from_there(explorer: Explorer) -> None:
    explorer.inspector.get_by_role("button", name="Check all gradients").click()
    expect(explorer.page.get_by_role("region", name="Gradient check")).to_contain_text("All 8 derivatives agree")


def test_of_images_it_speaks_of_squares(explorer: Explorer) -> None:
    explorer.page.get_by_label("Example").select_option("convolution")
    expect(explorer.inspector).to_contain_text("Each square is a number of the network")
