"""Operates the dialog that shows a table before it is used."""

from playwright.sync_api import Locator, expect

from tests.browser.build_panel import BuildPanel
from tests.browser.explorer import Explorer


class TableDialog:
    def __init__(self, explorer: Explorer) -> None:
        self.explorer = explorer
        self.panel = BuildPanel(explorer)
        self.dialog: Locator = explorer.page.get_by_role("dialog", name="A table as data")

    def open(self) -> "TableDialog":
        """With its button; it is empty at first."""
        self.panel.panel.get_by_role("button", name="Table …").click()
        expect(self.dialog).to_be_visible()
        return self

    def choose(self, name: str, content: bytes | str) -> "TableDialog":
        """Choose a file with the button."""
        data = content.encode() if isinstance(content, str) else content
        with self.explorer.page.expect_file_chooser() as chooser:
            self.dialog.get_by_role("button", name="Choose a file …").click()
        chooser.value.set_files({"name": name, "mimeType": "text/csv", "buffer": data})
        return self

    def paste(self, text: str) -> "TableDialog":
        """Paste into the field."""
        self.dialog.get_by_label("Rows of the table").evaluate(
            """(field, text) => {
                const clipboardData = new DataTransfer();
                clipboardData.setData('text', text);
                field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
            }""",
            text,
        )
        return self

    def role(self, column: str) -> Locator:
        return self.dialog.get_by_label(f"Use column {column} as", exact=True)

    def roles(self) -> list[str]:
        columns = self.dialog.locator(".columns select")
        # A file is read asynchronously.
        expect(columns.first).to_be_visible()
        return columns.evaluate_all("all => all.map((one) => one.value)")  # type: ignore[no-any-return]

    @property
    def use(self) -> Locator:
        return self.dialog.locator(".primary")

    @property
    def outcome(self) -> Locator:
        return self.dialog.locator(".outcome")
