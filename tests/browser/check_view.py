"""Operates the Check view as users do."""

import re
from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser.clashes import SETTLED
from tests.browser.explorer import Explorer

COLUMNS = ("analytic", "left", "right", "numeric", "complex_step", "relative_error")


class CheckView:
    """The view and its operations; open it first."""

    def __init__(self, explorer: Explorer) -> None:
        self.explorer = explorer
        page = explorer.page
        self.page = page
        self.region = page.get_by_role("region", name="Gradient check")
        self.table = self.region.get_by_role("table", name="Analytic and numerical derivatives")
        self.epsilon = self.region.get_by_role("textbox", name="Step epsilon")
        self.summary = self.region.get_by_role("status")
        self.curve = self.region.locator(".curve")

    def open(self) -> None:
        self.page.get_by_role("link", name="Check").click()
        expect(self.table.locator("tbody tr").first).to_be_visible()

    def row(self, ref: str) -> Locator:
        return self.table.locator(f'[data-row="{ref}"]')

    def scroll_to(self, place: int) -> None:
        """Scroll the row at that index of the table into view, counted from 0: only rows in view are drawn."""
        self.table.evaluate(
            """(table, place) => {
                const frame = table.closest('.table-frame');
                const rows = table.querySelectorAll('[data-row]');
                frame.scrollTop = place * rows[0].getBoundingClientRect().height;
            }""",
            place,
        )

    def mark(self, ref: str) -> Locator:
        """The line of a number on the map."""
        return self.region.locator(f'[data-mark="{ref}"]')

    def point_at_mark(self, ref: str) -> None:
        """Move the pointer onto a line of the map, near its start, where lines do not cross yet."""
        x, y = (
            self.mark(ref)
            .locator(".reach")
            .evaluate(
                """line => {
                const near = line.getPointAtLength(line.getTotalLength() * 0.12);
                const { x, y } = new DOMPoint(near.x, near.y).matrixTransform(line.getScreenCTM());
                return [x, y];
            }"""
            )
        )
        self.page.mouse.move(x, y)

    def head(self, name: str) -> Locator:
        return self.table.get_by_role("columnheader", name=name)

    def refs(self) -> list[str]:
        return self.table.locator("[data-row]").evaluate_all("rows => rows.map(row => row.dataset.row)")

    def numbers(self) -> dict[str, dict[str, float | None]]:
        """All numbers of the drawn rows, exactly."""
        found = self.table.locator("[data-row]").evaluate_all(
            """rows => rows.map(row => [row.dataset.row, [...row.querySelectorAll('td:not(.verdict)')].map(
                cell => [cell.className, cell.querySelector('[data-value]')?.dataset.value ?? null])])"""
        )
        return {
            ref: {column: None if value is None else float(value) for column, value in cells} for ref, cells in found
        }

    def all_numbers(self) -> dict[str, dict[str, float | None]]:
        """The numbers of all rows: the table is scrolled to those that are not drawn yet, and back."""
        frame = self.table.locator("xpath=..")
        frame.evaluate("frame => { frame.scrollTop = 0; }")
        shown = self.numbers()
        while frame.evaluate("frame => frame.scrollTop + frame.clientHeight < frame.scrollHeight - 1"):
            frame.evaluate(f"frame => {{ frame.scrollTop += frame.clientHeight / 2; return ({SETTLED})(); }}")
            shown |= self.numbers()
        frame.evaluate(f"frame => {{ frame.scrollTop = 0; return ({SETTLED})(); }}")
        return shown

    def shows(self, answer: dict[str, Any]) -> None:
        """Wait until the table shows the answer: every number of every row, in any order."""
        worst = answer["worst"]
        left = self.row(worst["ref"]).locator(".left [data-value]")
        expect(left).to_have_attribute("data-value", re.compile(re.escape(shortest(worst["left"]))))
        shown = self.all_numbers()
        columns = [column for column in COLUMNS if column != "complex_step" or answer["no_complex_step"] is None]
        assert shown == {row["ref"]: {column: row[column] for column in columns} for row in answer["rows"]}

    def check_answer(self, document: dict[str, Any], epsilon: float = 1e-5) -> dict[str, Any]:
        """The service's answer."""
        answer: dict[str, Any] = self.explorer.ask("/api/gradient-check", {"document": document, "epsilon": epsilon})
        return answer

    def curve_answer(self, document: dict[str, Any], ref: str) -> dict[str, Any]:
        answer: dict[str, Any] = self.explorer.ask("/api/gradient-check/curve", {"document": document, "ref": ref})
        return answer

    def points(self) -> dict[float, float]:
        """The errors of the drawn curve, by their ε."""
        found = self.curve.locator("[data-epsilon]").evaluate_all(
            "dots => dots.map(dot => [Number(dot.dataset.epsilon), Number(dot.dataset.value)])"
        )
        return dict(found)


def shortest(value: float) -> str:
    """A number as JavaScript writes it, for the numbers of these tests."""
    return repr(value).removesuffix(".0")
