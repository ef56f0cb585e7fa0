"""A document's training step as a file in a format of other programs, and the list of these formats."""

from functools import cache
from typing import Annotated

import orjson
from fastapi import APIRouter, Path, Request, Response

from app.export import EXPORTS, check, export, file_name, find
from app.negotiation import FixedAnswer
from app.routes.documents import DOCUMENT_PROBLEMS, Asking, DocumentRoute
from app.routes.responses import JSON, NOT_MODIFIED, problems
from app.schemas.exports import ExportRequest, FormatsAnswer
from app.work.cost import exported_cost

router = APIRouter(prefix="/api", route_class=DocumentRoute)

_FILES = {made.media_type.partition(";")[0]: {"schema": {"type": "string"}} for made in EXPORTS.values()}


@router.get("/export", tags=["catalog"], response_model=None, responses={200: {"model": FormatsAnswer}, **NOT_MODIFIED})
async def formats(request: Request) -> Response:
    """All formats in which a training step is exported, in the order of a menu."""
    return _formats().answer(request.headers)


@router.post(
    "/export/{what}/{format}",
    tags=["stateless"],
    response_model=None,
    responses={200: {"description": "The file.", "content": _FILES}, **DOCUMENT_PROBLEMS, **problems(404)},
)
async def export_document(
    what: Annotated[str, Path(description="What to export, such as code.")],
    format: Annotated[str, Path(description="Its format, such as numpy; GET /api/export lists all.")],
    request: ExportRequest,
    documents: Asking,
) -> Response:
    """Write a document's training step as a file for other programs; GET /api/export lists the formats."""
    made = find(what, format)
    known = documents.known(request.document, "document")
    check(made, request, known.experiment)
    cost = exported_cost(known.size, known.experiment.remembered, request.step, made.milliseconds, made.bytes)
    content = await documents.do(cost, lambda: export(known, made, request))
    headers = {"Content-Disposition": f'attachment; filename="{file_name(known.document.name, made)}"'}
    return Response(content, headers=headers, media_type=made.media_type)


@cache
def _formats() -> FixedAnswer:
    listed = [
        {
            "what": made.what,
            "format": made.name,
            "extension": made.extension,
            "media_type": made.media_type,
            "takes": sorted(made.takes),
            "limit": made.limit,
        }
        for made in EXPORTS.values()
    ]
    return FixedAnswer.compressed(orjson.dumps({"formats": listed}), JSON)
