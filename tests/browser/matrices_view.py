"""Operates the Matrices view as users do."""

from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser.explorer import Explorer
from tests.support.traces import numbers_by_ref


class MatricesView:
    """The view and its operations; open it first."""

    def __init__(self, explorer: Explorer) -> None:
        self.explorer = explorer
        self.page = explorer.page
        self.region = self.page.get_by_role("region", name="Matrices", exact=True)

    def open(self) -> None:
        self.page.get_by_role("link", name="Matrices").click()
        expect(self.region.locator("[data-equation]").first).to_be_visible()

    def choose(self, slug: str) -> dict[str, Any]:
        """Open an example and return the service's trace of it; the hidden diagram is updated too."""
        trace = self.explorer.trace(self.explorer.example(slug))
        menu = self.page.get_by_label("Example")
        if menu.input_value() != slug:
            menu.select_option(slug)
        expect(self.page.locator(".diagram .edge")).to_have_count(len([1 for edge in trace["edges"] if edge["ref"]]))
        expect(self.region.locator(".equations")).to_have_attribute("aria-busy", "false")
        return trace

    def equation(self, name: str) -> Locator:
        return self.region.locator(f'[data-equation="{name}"]')

    def entry(self, equation: str, ref: str) -> Locator:
        return self.equation(equation).locator(f'[data-entry="{ref}"]')

    def map(self, equation: str, tensor: str) -> Locator:
        """A large matrix, drawn as a map of colours."""
        return self.equation(equation).locator(f'[data-heat="{tensor}"]')

    def entries(self, equation: str, state: str) -> list[str]:
        """The refs of an equation's entries in a state: lit, meeting, or of the current step."""
        found: list[str] = (
            self.equation(equation).locator(f"td.{state}").evaluate_all("all => all.map(one => one.dataset.entry)")
        )
        return found

    def law(self, name: str) -> None:
        self.region.get_by_role("group", name="Show").get_by_label(name, exact=True).check(force=True)

    def names(self) -> list[str]:
        found: list[str] = self.region.locator("[data-near]").evaluate_all("all => all.map(one => one.dataset.near)")
        return found


def numbers_in(trace: dict[str, Any]) -> dict[str, float]:
    """Every number of a trace by its ref, as the service returns it. ∂ℓ/∂p is not a matrix of the page, since
    ∂ℓ/∂Ŷ is not computed through it.
    """
    return numbers_by_ref(trace, ".grad", ".next")
