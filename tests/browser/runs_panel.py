"""Operates the panel for runs of many training steps: its field, its curve, its table."""

import contextlib
import re
from typing import Any

from playwright.sync_api import Error, Locator, Route, expect

from tests.browser.explorer import Explorer

LONG = 60_000
WEIGHT = "/layers/0/w/0/1"


class Runs:
    """The runs and their operations."""

    def __init__(self, explorer: Explorer) -> None:
        self.explorer = explorer
        self.room = explorer.timeline.get_by_role("region", name="Runs of training steps")
        self.toggle = explorer.timeline.locator(".run-toggle")
        self.count = self.room.get_by_role("textbox", name="How many to run")
        self.start = self.room.get_by_role("button", name="Start", exact=True)
        self.cancel = self.room.get_by_role("button", name="Cancel", exact=True)
        self.curve = self.room.get_by_role("slider", name="Training step on the curve of losses")
        self.note = explorer.timeline.locator(".training-note")
        self.known = self.room.locator(".run-outcome")

    def open(self) -> None:
        self.toggle.click()
        expect(self.count).to_be_focused()

    def run(self, steps: int) -> None:
        """Run the steps, and wait until they are done."""
        number = self.explorer.timeline.get_by_role("textbox", name="Training step")
        before = int(number.input_value())
        self.begin(steps)
        expect(number).to_have_value(str(before + steps), timeout=LONG)
        expect(self.start).to_be_visible()

    def begin(self, steps: int) -> None:
        self.count.fill(str(steps))
        self.count.press("Enter")

    def losses(self) -> dict[int, float]:
        """The rows of the table."""
        rows = self.room.locator(".loss-rows tbody tr")
        read = rows.evaluate_all(
            "rows => rows.map(row => [row.querySelector('th').innerText, row.querySelector('.number').dataset.value])"
        )
        return {int(step.replace(",", "")): float(loss) for step, loss in read}

    def at(self) -> int:
        """The readout of the curve."""
        return int(self.curve.get_attribute("aria-valuenow") or "0")

    def table(self) -> Locator:
        return self.room.get_by_role("button", name="As a table")


def counted(text: str) -> list[int]:
    """The whole numbers in a text."""
    return [int(found.replace(",", "")) for found in re.findall(r"\d[\d,]*", text)]


class Slow:
    """A service that answers the second request of a run only after `let_go`."""

    def __init__(self, explorer: Explorer) -> None:
        self.page = explorer.page
        self.held: list[Route] = []
        self.requests = 0
        self.page.route("**/api/advance", self._answer)

    def _answer(self, route: Route) -> None:
        self.requests += 1
        if self.requests > 1:
            self.held.append(route)
        else:
            route.continue_()

    def let_go(self) -> None:
        self.page.unroute("**/api/advance", self._answer)
        for route in self.held:
            # A cancelled request no longer waits for an answer.
            with contextlib.suppress(Error):
                route.continue_()


def advance(explorer: Explorer, document: dict[str, Any], steps: int) -> dict[str, Any]:
    return explorer.ask("/api/advance", {"document": document, "steps": steps})


def weight(explorer: Explorer) -> float:
    return float(explorer.field(WEIGHT).get_attribute("data-value") or "nan")
