"""The answers that routes document in the OpenAPI schema, and how JSON bytes become one."""

from typing import Any, Final

from fastapi import Response

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


def json_response(content: bytes, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """JSON that is already serialized."""
    return Response(content, status, headers, media_type=JSON)
