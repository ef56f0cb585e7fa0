"""A document's training step as a file in a format of other programs."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from app.export import EXPORTS, export, file_name, find
from app.routes.documents import DOCUMENT_PROBLEMS, Asking, DocumentRoute
from app.routes.responses import problems
from app.schemas.requests import ExportRequest
from app.work.cost import exported_cost

router = APIRouter(prefix="/api", route_class=DocumentRoute)

_FILES = {
    made.media_type.partition(";")[0]: {"schema": {"type": "string"}}
    for formats in EXPORTS.values()
    for made in formats.values()
}


@router.post(
    "/export/{what}/{format}",
    tags=["stateless"],
    response_model=None,
    responses={200: {"description": "The file.", "content": _FILES}, **DOCUMENT_PROBLEMS, **problems(404)},
)
async def export_document(
    what: Annotated[str, Path(description="What to export: code.")],
    format: Annotated[str, Path(description="Its format: numpy, pytorch or jax.")],
    request: ExportRequest,
    documents: Asking,
) -> Response:
    """Write a document's training step as a file for other programs. `code` is a program that prints the loss and every
    gradient.
    """
    made = find(what, format)
    known = documents.known(request.document, "document")
    content = await documents.do(exported_cost(known.size), lambda: export(known, made))
    headers = {"Content-Disposition": f'attachment; filename="{file_name(known.document.name, made)}"'}
    return Response(content, headers=headers, media_type=made.media_type)
