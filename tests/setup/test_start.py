"""The service starts without what only some requests, settings or commands need."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

# Modules that take long to import, or belong to another setting or command.
LATER = (
    "alembic",
    "httpx",
    "jinja2",
    "pebble",
    "psycopg",
    "scipy",
    "sklearn",
    "sqlalchemy.dialects.postgresql",
    "sqlalchemy.ext.asyncio",
    "sqlalchemy.orm",
    "tinyml.compat",
    "torch",
    "tqdm",
    "webbrowser",
)


def imported(statement: str) -> set[str]:
    """The modules that a new process has after a statement."""
    program = f"{statement}\nimport sys; print(*sys.modules)"
    return set(
        subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout.split()
    )


def test_the_service_is_there_without_what_is_needed_later() -> None:
    modules = imported("import app.main")
    assert {"app.routes.trace", "app.store.sqlite", "numpy"} <= modules
    assert not modules & set(LATER)


def test_help_and_verify_do_not_import_the_service() -> None:
    modules = imported("import app.cli, app.options, app.verify_command")
    assert not modules & {*LATER, "app.main", "app.routes", "app.serving"}


def test_nothing_large_is_imported_before_the_collector_is_off() -> None:
    assert not imported("import app.cli") & {"numpy", "pydantic", "tinyml", "uvicorn"}
