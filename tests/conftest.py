"""What all tests share."""

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the browser tests last: synchronous Playwright leaves an event loop behind that fails asynchronous tests."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
