"""What all tests share."""

import os

# Before numpy is imported. As in the service: on a busy machine two threads of one product wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import pytest
from hypothesis import settings

# No deadline: a busy machine is no fault. In CI the same examples come every time, so that a failure can be repeated.
settings.register_profile("project", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("project")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the browser tests last: synchronous Playwright leaves an event loop behind that fails asynchronous tests."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
