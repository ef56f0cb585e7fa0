"""A training step as equations of matrices: of a document, or of a stored network."""

import orjson
from fastapi import APIRouter, Response

from app.answers.equations import equations_answer
from app.routes.documents import DOCUMENT_PROBLEMS, Asking, DocumentRoute, Lately
from app.routes.responses import json_response, problems
from app.routes.stored import Store, found
from app.schemas.equations import EquationsAnswer, EquationsRequest
from app.training import TrainingStep
from app.work.cost import step_cost

router = APIRouter(prefix="/api", route_class=DocumentRoute)


@router.post(
    "/equations",
    tags=["stateless"],
    response_model=None,
    responses={200: {"model": EquationsAnswer}, **DOCUMENT_PROBLEMS},
)
async def equations(request: EquationsRequest, documents: Asking) -> Response:
    """Write one training step as equations of matrices, over the tensors of its trace."""
    known = documents.known(request.document, "document")
    return json_response(
        await documents.do(step_cost(known.size), lambda: orjson.dumps(equations_answer(known.trace())))
    )


@router.get(
    "/networks/{id}/equations",
    tags=["networks"],
    response_model=None,
    responses={200: {"model": EquationsAnswer}, **problems(404, 409, 429, 503)},
)
def equations_of_network(id: str, store: Store, lately: Lately) -> Response:
    """Write the training step that the network is in, whether the cursor has reached its end or not."""
    training = TrainingStep.of(found(store.get(id)), lately)
    return json_response(orjson.dumps(equations_answer(training.recorded)))
