"""How the gradient flows through a training step: of a document, or of a stored network."""

import orjson
from fastapi import APIRouter, Response

from app.answers.gradient_flow import gradient_flow_answer
from app.routes.documents import DOCUMENT_PROBLEMS, Asking, DocumentRoute, Lately
from app.routes.responses import json_response, problems
from app.routes.stored import Store, found
from app.schemas.flow import GradientFlowAnswer, GradientFlowRequest
from app.training import TrainingStep
from app.work.cost import step_cost

router = APIRouter(prefix="/api", route_class=DocumentRoute)


@router.post(
    "/gradient-flow",
    tags=["stateless"],
    response_model=None,
    responses={200: {"model": GradientFlowAnswer}, **DOCUMENT_PROBLEMS},
)
async def gradient_flow(request: GradientFlowRequest, documents: Asking) -> Response:
    """Return the size of the gradient at each layer, and which units are dead or saturated."""
    known = documents.known(request.document, "document")
    return json_response(
        await documents.do(step_cost(known.size), lambda: orjson.dumps(gradient_flow_answer(known.trace())))
    )


@router.get(
    "/networks/{id}/gradient-flow",
    tags=["networks"],
    response_model=None,
    responses={200: {"model": GradientFlowAnswer}, **problems(404, 409, 429, 503)},
)
def gradient_flow_of_network(id: str, store: Store, lately: Lately) -> Response:
    """Return the same for the training step that the network is in, whether the cursor has reached its gradients or
    not.
    """
    training = TrainingStep.of(found(store.get(id)), lately)
    return json_response(orjson.dumps(gradient_flow_answer(training.recorded)))
