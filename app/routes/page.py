"""The page: what Vite built, or words where it was not built."""

from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.responses import HTMLResponse
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

NOT_BUILT = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Backprop Explorer</title>
<body style="font: 1.1rem/1.6 system-ui, sans-serif; max-width: 40rem; margin: 4rem auto; padding: 0 1rem">
<h1>The page is not built yet</h1>
<p>The API is served all the same: see <a href="/openapi.json">its description</a>.</p>
<p>To build the page, stop the server and run <code>python3 dev.py run</code> in the project's folder.</p>
"""


class Page(StaticFiles):
    """Static files; those under /assets carry a hash in their name and never change."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        lasting = path.startswith("assets/") and response.status_code == 200
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if lasting else "no-cache"
        return response


def serve_page(app: FastAPI, directory: Path | None) -> None:
    """Serve the built page at /, or say there how to build it."""
    if directory is None:
        router = APIRouter()
        router.add_api_route("/", _not_built, include_in_schema=False, response_class=HTMLResponse)
        app.include_router(router)
    else:
        app.mount("/", GZipMiddleware(Page(directory=directory, html=True), minimum_size=1_000))


async def _not_built() -> HTMLResponse:
    return HTMLResponse(NOT_BUILT, status_code=503)
