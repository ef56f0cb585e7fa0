"""The Matrices view as its users know it."""

from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser.explorer import Explorer

Tensor = float | list["Tensor"]


class MatricesView:
    """The view, by what one does with it; opening it is the first of these."""

    def __init__(self, explorer: Explorer) -> None:
        self.explorer = explorer
        self.page = explorer.page
        self.region = self.page.get_by_role("region", name="Matrices", exact=True)

    def open(self) -> None:
        self.page.get_by_role("link", name="Matrices").click()
        expect(self.region.locator("[data-equation]").first).to_be_visible()

    def choose(self, slug: str) -> dict[str, Any]:
        """Open an example and give the trace that the service has of it; the diagram, out of sight, follows too."""
        trace = self.explorer.trace(self.explorer.example(slug))
        menu = self.page.get_by_label("Example")
        if menu.input_value() != slug:
            menu.select_option(slug)
        expect(self.page.locator(".diagram .edge")).to_have_count(len([1 for edge in trace["edges"] if edge["ref"]]))
        return trace

    def equation(self, name: str) -> Locator:
        return self.region.locator(f'[data-equation="{name}"]')

    def entry(self, equation: str, ref: str) -> Locator:
        return self.equation(equation).locator(f'[data-entry="{ref}"]')

    def map(self, equation: str, tensor: str) -> Locator:
        """A large matrix, drawn as a map of colours."""
        return self.equation(equation).locator(f'[data-heat="{tensor}"]')

    def entries(self, equation: str, state: str) -> list[str]:
        """The refs of the entries of an equation that are in a state: lit, meeting, of the current step."""
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
    """Every number of a trace by its ref, the first-hand one, as the service gives it."""
    names = ["x", *(f"{layer['name']}.output" for layer in trace["layers"])]
    # A class is a row with a 1 at its place, and 0 elsewhere.
    targets = [
        [float(k == target) for k in range(len(output))] if isinstance(target, int) else target
        for target, output in zip(trace["document"]["y"], trace["output"], strict=True)
    ]
    tensors: dict[str, Any] = {"x": trace["document"]["x"], "y": targets}
    # ∂ℓ/∂p is no matrix of the page: ∂ℓ/∂Ŷ does not go through it.
    tensors |= {} if trace["loss"]["p"] is None else {"loss.p": trace["loss"]["p"]["value"]}
    for layer, before in zip(trace["layers"], names, strict=False):
        tensors[f"{layer['name']}.output"] = layer["output"]
        tensors[f"{layer['name']}.output.grad"] = layer["output_gradient"]
        tensors[f"{before}.grad"] = layer["input_gradient"]
        for part, parameter in layer["parameters"].items():
            tensors[f"{layer['name']}.{part}"] = parameter["value"]
            tensors[f"{layer['name']}.{part}.grad"] = parameter["gradient"]
            tensors[f"{layer['name']}.{part}.next"] = parameter["next"]
    flat = {f"{name}[{index}]": value for name, tensor in tensors.items() for index, value in entries_of(tensor)}
    return flat | {"loss": trace["loss"]["value"]}


def entries_of(tensor: Tensor, before: str = "") -> list[tuple[str, float]]:
    if not isinstance(tensor, list):
        return [(before.removeprefix(","), tensor)]
    return [entry for place, inner in enumerate(tensor) for entry in entries_of(inner, f"{before},{place}")]
