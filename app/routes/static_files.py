"""The files of the page as built by Vite, or a page that says how to build them."""

from functools import partial
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse, HTMLResponse
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


PACKAGE = Path(__file__).resolve().parents[1]


def page_directory() -> Path | None:
    """Return the folder of the built page, or None if it is not built.

    An installed wheel has it inside the package; a checkout has Vite's output from static/.
    """
    for folder in (PACKAGE / "static", PACKAGE.parent / "static" / "dist"):
        if (folder / "index.html").is_file():
            return folder
    return None


class Assets(StaticFiles):
    """Static files with a hash of their content in their names, so that a browser may cache them for ever."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if response.status_code == 200:
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def serve_page(app: FastAPI, directory: Path | None) -> None:
    """Serve the built page at /, or a page that says how to build it."""
    if directory is None:
        app.add_api_route("/", _not_built, include_in_schema=False)
        return
    # One route per file, not a mount at /: a mount would also answer every wrong method and address of the API.
    for file in directory.iterdir():
        if file.is_file():
            address = "/" if file.name == "index.html" else f"/{file.name}"
            app.add_api_route(address, partial(_file, file), methods=["GET", "HEAD"], include_in_schema=False)
    app.mount("/assets", GZipMiddleware(Assets(directory=directory / "assets"), minimum_size=1_000))


async def _file(file: Path) -> FileResponse:
    return FileResponse(file, headers={"Cache-Control": "no-cache"})


async def _not_built() -> HTMLResponse:
    return HTMLResponse(NOT_BUILT, status_code=503)
