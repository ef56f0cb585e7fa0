"""Operates the picture of a network on images as users do."""

from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser.explorer import IMAGE_EXAMPLES, Explorer

__all__ = ["IMAGE_EXAMPLES", "FeatureMaps"]


class FeatureMaps:
    """The maps of an image example and their operations."""

    def __init__(self, explorer: Explorer) -> None:
        self.explorer = explorer
        self.page = explorer.page
        self.region = explorer.diagram
        self.close_up = self.page.get_by_role("region", name="Close-up")
        self.terms = self.close_up.locator(".terms")

    def open(self, slug: str) -> dict[str, Any]:
        """Choose an example and return the service's trace of it."""
        document = self.explorer.example(slug)
        self.page.get_by_label("Example").select_option(slug)
        expect(self.region.get_by_role("grid").first).to_be_visible()
        expect(self.page.get_by_role("region", name=f"Feature maps: {document['name']}")).to_be_visible()
        return self.explorer.trace(document)

    def map(self, key: str) -> Locator:
        """A map by its tensor, sample and channel: `conv_1.output[0,2]`."""
        return self.page.locator(f'[data-map="{key}"]')

    def point(self, key: str, row: int, column: int, shape: tuple[int, int]) -> None:
        """Move the pointer over a number of a map with the given rows and columns."""
        box = self.box(key)
        x = box["x"] + box["width"] * (column + 0.5) / shape[1]
        y = box["y"] + box["height"] * (row + 0.5) / shape[0]
        self.page.mouse.move(x, y)

    def box(self, key: str) -> Any:
        box = self.map(key).bounding_box()
        assert box
        return box

    def frames(self, key: str, kind: str, shape: tuple[int, int]) -> list[tuple[int, int, int, int]]:
        """The frames of a kind in a map, as row, column, rows and columns."""
        whole = self.box(key)
        found = []
        for frame in self.map(key).locator(f".frame.{kind}").all():
            box = frame.bounding_box()
            assert box
            height, width = whole["height"] / shape[0], whole["width"] / shape[1]
            found.append(
                (
                    round((box["y"] - whole["y"]) / height),
                    round((box["x"] - whole["x"]) / width),
                    round(box["height"] / height),
                    round(box["width"] / width),
                )
            )
        return found

    def pixels(self, key: str) -> list[list[list[int]]]:
        """The colours of a map, one pixel per cell: red, green, blue, and 0 where nothing is painted."""
        return self.map(key).evaluate(  # type: ignore[no-any-return]
            """map => {
                const canvas = map.querySelector('canvas');
                const [rows, columns] = [Number(map.ariaRowCount), Number(map.ariaColCount)];
                const [down, across] = [canvas.height / rows, canvas.width / columns];
                // A copy: reading the page's own canvas over and over makes the browser warn.
                const copy = new OffscreenCanvas(canvas.width, canvas.height);
                const context = copy.getContext('2d', {willReadFrequently: true});
                context.drawImage(canvas, 0, 0);
                return Array.from({length: rows}, (_, r) => Array.from({length: columns}, (_, c) =>
                    [...context.getImageData(c * across, r * down, 1, 1).data]));
            }"""
        )

    def chosen(self, name: str) -> None:
        """Choose one of the options for the display of maps."""
        self.region.get_by_role("radio", name=name, exact=True).check()
