"""Operates the Build panel as users do."""

from playwright.sync_api import Locator, expect

from tests.browser.explorer import Explorer


class BuildPanel:
    """The panel and its operations."""

    def __init__(self, explorer: Explorer) -> None:
        self.explorer = explorer
        self.page = explorer.page
        self.panel = explorer.build

    def layers(self) -> list[str]:
        """The layers' names, in order."""
        names: list[str] = self.panel.locator("[data-layer]").evaluate_all("all => all.map(one => one.dataset.layer)")
        return names

    def expect_layers(self, *names: str) -> None:
        """Wait for these layers in this order."""
        expect(self.panel.locator("[data-layer]")).to_have_count(len(names))
        for place, name in enumerate(names):
            expect(self.panel.locator("[data-layer]").nth(place)).to_have_attribute("data-layer", name)

    def layer(self, name: str) -> Locator:
        return self.panel.locator(f'[data-layer="{name}"]')

    def grip(self, name: str) -> Locator:
        return self.layer(name).locator(".grip")

    def open_menu(self, name: str) -> Locator:
        """The buttons of a layer."""
        button = self.layer(name).locator(".dots")
        if button.get_attribute("aria-expanded") != "true":
            self.close_menu()
            button.click()
        return self.layer(name).locator(".layer-menu")

    def close_menu(self) -> None:
        """An open one covers what is beneath it."""
        opened = self.panel.locator(".layer-menu")
        if opened.count():
            opened.locator("select").first.press("Escape")
            expect(opened).to_have_count(0)

    def open_start(self) -> Locator:
        """Seed, rule and mode, which are collapsed at first."""
        start = self.panel.locator(".starting")
        if start.get_attribute("open") is None:
            start.locator("summary").click()
        return start

    def add(self, kind: str) -> None:
        self.panel.get_by_role("combobox", name="Add a layer").select_option(label=kind)

    def paste(self, field: Locator, text: str) -> None:
        """Paste as from a spreadsheet."""
        field.focus()
        field.evaluate(
            """(field, text) => {
                const clipboardData = new DataTransfer();
                clipboardData.setData('text/plain', text);
                field.dispatchEvent(new ClipboardEvent('paste', {clipboardData, bubbles: true, cancelable: true}));
            }""",
            text,
        )

    def drop(self, name: str, text: str) -> None:
        """Drop a file onto the data."""
        transfer = self.page.evaluate_handle(
            """([name, text]) => {
                const transfer = new DataTransfer();
                transfer.items.add(new File([text], name, {type: 'text/csv'}));
                return transfer;
            }""",
            [name, text],
        )
        sheet = self.panel.locator(".sheet")
        sheet.dispatch_event("dragover", {"dataTransfer": transfer})
        sheet.dispatch_event("drop", {"dataTransfer": transfer})

    def rows(self) -> list[list[float]]:
        """The numbers of the rows that are drawn."""
        found: list[list[float]] = self.panel.locator(".sheet tbody tr:has(input)").evaluate_all(
            "all => all.map(row => [...row.querySelectorAll('input')].map(field => Number(field.dataset.value)))"
        )
        return found
