"""The addresses of the page as built by Vite, or a page that says how to build it."""

from pathlib import Path

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from app.page_files import ASSETS, Page

NOT_BUILT = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Backprop Explorer</title>
<body style="font: 1.1rem/1.6 system-ui, sans-serif; max-width: 40rem; margin: 4rem auto; padding: 0 1rem">
<h1>The page is not built yet</h1>
<p>The API is served all the same: see <a href="/openapi.json">its description</a>.</p>
<p>To build the page, stop the server and run <code>python3 dev.py run</code> in the project's folder.</p>
"""


def serve_page(app: FastAPI, directory: Path | None) -> Page | None:
    """Serve the built page at /, and return it; or serve one that says how to build it."""
    if directory is None:
        app.add_route("/", _not_built, methods=["GET"], include_in_schema=False)
        return None
    page = Page(directory)

    async def file(request: Request) -> Response:
        files = await run_in_threadpool(page.read) if page.files is None else page.files
        found = files.get(request.url.path)
        if found is None:
            raise HTTPException(404)
        return found.answer(request.headers)

    async def framed(request: Request) -> Response:
        files = await run_in_threadpool(page.read) if page.files is None else page.files
        return files["/"].answer(request.headers)

    # The page itself, which shows there what its address names, and nothing that changes it.
    app.add_route("/embed/{id}", framed, methods=["GET"], include_in_schema=False)
    # One route per file, not one for all of /: that would also answer every wrong method and address of the API.
    for address in (*page.addresses(), f"/{ASSETS}/{{name}}"):
        app.add_route(address, file, methods=["GET"], include_in_schema=False)
    return page


async def _not_built(_: Request) -> HTMLResponse:
    return HTMLResponse(NOT_BUILT, status_code=503)
