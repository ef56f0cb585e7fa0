"""Settings and hooks of all tests."""

import gc
import os
from collections.abc import Generator

# Before numpy is imported. As in the service: on a busy machine the threads of one product wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# Before PyTorch is imported: its threads spin while they wait, which on small tensors is most of their time.
os.environ.setdefault("OMP_NUM_THREADS", "1")

import pytest
from hypothesis import settings

from tests.support import reaching, same_examples

# No deadline: a busy machine is no failure. The tests use the same examples every time, so that a failure can be
# repeated; `dev.py fuzz` searches for others, and keeps failing ones in .hypothesis, which it tries first next time.
settings.register_profile("project", deadline=None, derandomize=True)
# Explicit: hypothesis derandomizes by itself only in CI.
settings.register_profile("fuzz", deadline=None, derandomize=False, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "project"))
if settings.default.derandomize:
    same_examples.whatever_is_imported()


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """Fail a property test whose examples hardly ever reach the case that it is about."""
    reaching.start()
    result = yield
    assert not reaching.rare(), "; ".join(reaching.rare())
    return result


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection() -> Generator[None, object, object]:
    """Collect without the garbage collector, which takes a quarter of the time to find that nearly all is in use.

    Afterwards it leaves the tests and modules out: they stay until the end.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the browser tests last: synchronous Playwright leaves an event loop that makes asynchronous tests fail. Put
    the proofs first: they mostly wait for servers, while other tests, of browsers too, can use the processors.
    """
    items.sort(key=lambda item: (item.get_closest_marker("browser") is not None, "soak" not in item.path.parts))
