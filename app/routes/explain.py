"""Why a number of a training step is what it is."""

from typing import Annotated

import orjson
from fastapi import APIRouter, Query, Response

from app import limits
from app.answers.explanation import explanation_answer
from app.documents import build
from app.problems import Problem
from app.routes.networks import Store, found
from app.routes.responses import BODY_PROBLEMS, json_response, problems
from app.routes.work import work_out_explanation
from app.schemas.explanations import ExplanationAnswer
from app.schemas.requests import ExplainRequest, Notation
from app.training import TrainingStep
from tinyml.core import LimitError, RefError
from tinyml.explain import explain
from tinyml.expression import WRITTEN
from tinyml.trace import Trace

router = APIRouter(prefix="/api", tags=["explanations"])


@router.post("/explain", response_model=None, responses={200: {"model": ExplanationAnswer}, **BODY_PROBLEMS})
async def explain_number(request: ExplainRequest) -> Response:
    """Explain the number that a ref names: the law, the formula as an expression tree, LaTeX, MathML and plain text."""
    try:
        experiment = build(request.document)
    except Problem as problem:
        raise problem.within("document") from problem
    return json_response(
        await work_out_explanation(
            experiment,
            request.notation == "paths" or request.terms > WRITTEN,
            lambda: _explanation(experiment.trace(), request.ref, request.notation, request.terms),
        )
    )


@router.get(
    "/networks/{id}/explain",
    response_model=None,
    responses={200: {"model": ExplanationAnswer}, **problems(404, 409, 422, 503)},
)
def explain_stored(
    id: str,
    store: Store,
    ref: Annotated[str, Query(max_length=limits.MAX_REF_LENGTH, description="Which number, such as fc_1.w.grad[0,1].")],
    notation: Notation = "scalar",
    terms: Annotated[
        int, Query(ge=1, le=limits.MAX_EXPLAINED_TERMS, description="How many terms of a long sum to write out.")
    ] = WRITTEN,
) -> Response:
    """Explain a number of the stored network's training step, wherever the cursor is."""
    training = TrainingStep.of(found(store.get(id)))
    return json_response(_explanation(training.recorded, ref, notation, terms))


def _explanation(recorded: Trace, ref: str, notation: Notation, terms: int) -> bytes:
    try:
        return orjson.dumps(explanation_answer(explain(recorded, ref, notation, terms, limits.MAX_EXPLAINED_PARTS)))
    except RefError as error:
        raise Problem(422, f"ref: {error}", ("ref",)) from error
    except LimitError as error:
        asked, allowed = error.asked, limits.MAX_PATH_FACTORS
        raise Problem(422, str(error), ("notation",), limit="MAX_PATH_FACTORS", asked=asked, allowed=allowed) from error
