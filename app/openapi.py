"""The OpenAPI schema of the service."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from app.schemas.answers import ProblemAnswer


def describe(app: FastAPI) -> dict[str, Any]:
    """FastAPI's schema, with the service's problems in place of FastAPI's validation errors."""
    if app.openapi_schema is None:
        schema = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
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
