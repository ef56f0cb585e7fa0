"""The answers that routes document in the OpenAPI schema, and how JSON bytes become one."""

from collections.abc import Callable
from typing import Any, Final

from fastapi import Response
from fastapi.routing import APIRoute

from app.problems import MEDIA_TYPE
from app.schemas.answers import ProblemAnswer

_MEANINGS = {
    400: "The body is not JSON.",
    403: "The client is not allowed to read this.",
    404: "Not found.",
    409: "Another pass comes first, the step cannot be taken, or the hash of a document is unknown.",
    412: "The network has changed since the version that If-Match names.",
    413: "The body is too large.",
    415: "The body is not sent as JSON.",
    422: "The request is invalid: `where` points to the field.",
    428: "If-Match is missing: it names the version to change.",
    429: "A guest has stored too much, or has had too much computed in the last minute.",
    503: "The stored networks cannot be read or written now, or too much is computed at the same time.",
    507: "There is no space left for stored networks.",
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The documentation of the problems that a route can return."""
    schema = {"$ref": f"#/components/schemas/{ProblemAnswer.__name__}"}
    return {
        status: {"description": _MEANINGS[status], "content": {MEDIA_TYPE: {"schema": schema}}} for status in statuses
    }


BODY_PROBLEMS = problems(400, 413, 415, 422)
# Of an answer that has an `ETag` and no body if the client names that in `If-None-Match`.
NOT_MODIFIED: Final[dict[int | str, dict[str, Any]]] = {304: {"description": "The client has the answer already."}}
JSON: Final = "application/json"


class DescribedRoute(APIRoute):
    """A route whose answers are described only when the OpenAPI schema is requested: FastAPI makes a serializer of
    each, which took a tenth of the start, and the service writes its answers without them.
    """

    def __init__(self, path: str, endpoint: Callable[..., Any], **settings: Any) -> None:
        self._described = settings
        super().__init__(path, endpoint, **{**settings, "responses": None})

    def described(self) -> APIRoute:
        """The same route with its answers, for the schema."""
        return APIRoute(self.path, self.endpoint, **self._described)


def json_response(content: bytes, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """JSON that is already serialized."""
    return Response(content, status, headers, media_type=JSON)
