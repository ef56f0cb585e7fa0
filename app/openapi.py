"""The OpenAPI schema of the service."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse

from app.routes.responses import DescribedRoute
from app.schemas.answers import ProblemAnswer
from app.schemas.base import Answer

ADDRESS = "/openapi.json"


def serve_schema(app: FastAPI) -> None:
    """Serve the schema, computed in a thread by the first request: FastAPI would stop all others meanwhile."""

    async def schema(_: Request) -> JSONResponse:
        return JSONResponse(await run_in_threadpool(app.openapi))

    app.add_route(ADDRESS, schema, methods=["GET"], include_in_schema=False)


def describe(app: FastAPI) -> dict[str, Any]:
    """FastAPI's schema, with the service's problems in place of FastAPI's validation errors."""
    if app.openapi_schema is None:
        for kind in Answer.__subclasses__():  # in the order of their definitions: each is built once, before its users
            kind.model_rebuild()
        routes = [route.described() if isinstance(route, DescribedRoute) else route for route in app.routes]
        schema = get_openapi(title=app.title, version=app.version, description=app.description, routes=routes)
        models = schema["components"]["schemas"]
        for unused in ("HTTPValidationError", "ValidationError"):
            models.pop(unused, None)
        for operations in schema["paths"].values():
            for operation in operations.values():
                # FastAPI adds a 422 for every parameter, even one that accepts any text.
                if "HTTPValidationError" in str(operation["responses"].get("422")):
                    del operation["responses"]["422"]
        models[ProblemAnswer.__name__] = ProblemAnswer.model_json_schema(ref_template="#/components/schemas/{model}")
        models |= models[ProblemAnswer.__name__].pop("$defs")
        app.openapi_schema = schema
    return app.openapi_schema
