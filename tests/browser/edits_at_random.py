"""Random edits in Build, drawn from a seed: the same edits every time."""

import random
import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser.build_panel import BuildPanel

Document = dict[str, Any]

NUMBERS = ("0.3", "-1.5", "1/3", "abc", "", "1e3", "0")
WIDTHS = ("1", "2", "3", "5", "0", "2.5", "999999999")
TABLES = ("0.1\t0.2\n0.3\t0.4", "1\t2\t3", "7", "a,b,c", "0.1\t0.2\t0.3\t0.4\n1\t0\t0\t1")
FILES = (
    "0.5,0.1,0,1\n0.2,0.3,1,0\n",
    "5.1,3.5,setosa\n7.0,3.2,versicolor\n6.3,3.3,virginica\n",
    "1,2\n3\n",
    "1\n",
)
# These edits leave the numbers of tensors whose shape stays unchanged, except for the one that is typed.
KEEPING = frozenset({"number", "width", "setting", "freeze", "bias", "loss", "optimizer", "rate", "add", "remove"})


class RandomEdits:
    """Edits with the panel's controls; each returns its kind."""

    def __init__(self, panel: BuildPanel, seed: int) -> None:
        self.panel = panel
        self.page = panel.page
        self.random = random.Random(seed)
        self.made: list[str] = []

    def make(self) -> str:
        """One of the possible edits; those without a control in the panel are drawn again."""
        self.panel.open_start()
        kinds: dict[str, Callable[[], bool]] = {
            "number": lambda: self._fill(
                "[data-pointer*='/w/'], [data-pointer*='/b/'], [data-pointer*='/x/']", NUMBERS
            ),
            "target": lambda: self._fill("[data-pointer*='/y/']", NUMBERS),
            "width": lambda: self._fill("[data-pointer$='/output_dim'], [data-pointer$='/n_filter']", WIDTHS),
            "setting": lambda: self._fill(
                "[data-pointer$='/stride/0'], [data-pointer$='/size/0'], [data-pointer$='_filter'],"
                "[data-pointer$='/padding'], [data-pointer$='/probability'], [data-pointer$='/alpha']",
                WIDTHS,
            ),
            "freeze": lambda: self._press(self.panel.panel.locator(".parameter-lock")),
            "bias": lambda: self._press(self.panel.panel.get_by_role("checkbox", name=re.compile("^Bias of"))),
            "add": lambda: self._choose("Add a layer"),
            "become": lambda: self._in_menu("Kind"),
            "remove": lambda: self._menu_button("Remove"),
            "move": lambda: self._menu_button("Move up"),
            "copy": lambda: self._menu_button("Duplicate"),
            "loss": lambda: self._choose("Loss"),
            "optimizer": lambda: self._choose("Optimizer"),
            "rate": lambda: self._fill("[data-pointer='/optimizer/lr']", ("0.1", "0", "-1", "2", "x")),
            "seed": lambda: self._fill("[data-pointer='/seed']", ("0", "7", "-3", "1.5")),
            "mode": lambda: self._choose("Mode"),
            "rows": lambda: self._press(self.panel.panel.locator(".sheet-tools > button.plain:not(:disabled)"), 2),
            "columns": lambda: self._press(self.panel.panel.locator(".stepper button:not(:disabled)")),
            "classes": lambda: self._press(self.panel.panel.locator(".sheet-tools label:has(input[type=radio])")),
            "paste": self._paste,
            "file": self._file,
            "undo": lambda: self._press(self.page.get_by_role("button", name=re.compile("^Undo"))),
            "redo": lambda: self._press(self.page.get_by_role("button", name=re.compile("^Redo"))),
            "advice": lambda: self._press(self.panel.panel.locator(".message button.link")),
        }  # fmt: skip
        while True:
            kind = self.random.choice(sorted(kinds))
            if kinds[kind]():
                return kind

    def _one_of(self, found: Locator, most: int | None = None) -> Locator | None:
        count = min(found.count(), most or 1_000)
        return found.nth(self.random.randrange(count)) if count else None

    def _note(self, what: str) -> bool:
        self.made.append(what)
        return True

    def _fill(self, selector: str, texts: tuple[str, ...]) -> bool:
        field = self._one_of(self.panel.panel.locator(selector))
        if field is None:
            return False
        text = self.random.choice(texts)
        pointer = field.get_attribute("data-pointer")
        field.fill(text)
        return self._note(f"{pointer} = {text!r}")

    def _press(self, found: Locator, most: int | None = None) -> bool:
        button = self._one_of(found, most)
        if button is None or button.get_attribute("aria-disabled") == "true":
            return False
        label = button.get_attribute("aria-label") or button.inner_text()
        button.click()
        return self._note(label)

    def _select(self, select: Locator, label: str) -> bool:
        if not select.count() or select.first.is_disabled():
            return False
        options = select.first.locator("option").evaluate_all("all => all.map(one => one.value)")
        value = self.random.choice([option for option in options if option])
        select.first.select_option(value)
        return self._note(f"{label}: {value}")

    def _choose(self, label: str) -> bool:
        return self._select(self.panel.panel.get_by_role("combobox", name=label, exact=True), label)

    def _menu(self) -> Locator:
        return self.panel.open_menu(self.random.choice(self.panel.layers()))

    def _in_menu(self, label: str) -> bool:
        return self._select(self._menu().get_by_role("combobox", name=label), label)

    def _menu_button(self, name: str) -> bool:
        pressed = self._press(self._menu().locator("button:not(:disabled)").get_by_text(name, exact=True))
        self.panel.close_menu()
        return pressed

    def _paste(self) -> bool:
        field = self._one_of(self.panel.panel.locator(".sheet [data-pointer]"))
        if field is None:
            return False
        text = self.random.choice(TABLES)
        room: int = field.evaluate(
            """field => {
                const fields = [...field.closest('tr').querySelectorAll('input')];
                return fields.length - fields.indexOf(field);
            }"""
        )
        self.panel.paste(field, text)
        if len(re.split(r"[\t,]", text.split("\n")[0])) > room:
            self._use_table()
        return self._note(f"paste {text!r}")

    def _file(self) -> bool:
        if not self.panel.panel.locator(".sheet").count():
            return False
        text = self.random.choice(FILES)
        self.panel.drop("data.csv", text)
        self._use_table()
        return self._note(f"file {text!r}")

    def _use_table(self) -> None:
        """A table is shown first. If it cannot be used as it is read, the dialog is closed."""
        dialog = self.page.locator(".table-dialog")
        enabled, wrong = dialog.locator(".primary:not(:disabled)"), dialog.locator(".faults .message")
        expect(enabled.or_(wrong).first).to_be_visible()
        (enabled if enabled.count() else dialog.locator(".dialog-actions .plain")).click()
        expect(dialog).to_have_count(0)
