"""Why a number of the document's training step is what it is."""

import orjson
from fastapi import APIRouter, Response

from app import limits
from app.answers.expression import explanation_answer
from app.documents import build
from app.problems import LimitProblem, Problem
from app.routes.responses import BODY_PROBLEMS, json_response
from app.routes.work import work_out
from app.schemas.answers import ExplanationAnswer
from app.schemas.requests import ExplainRequest
from tinyml.core import RefError
from tinyml.explain import explain

router = APIRouter(prefix="/api", tags=["stateless"])


@router.post("/explain", response_model=None, responses={200: {"model": ExplanationAnswer}, **BODY_PROBLEMS})
async def explain_number(request: ExplainRequest) -> Response:
    """Explain the number that a ref names: the law, the formula as an expression tree, LaTeX and plain text."""
    try:
        experiment = build(request.document)
    except Problem as problem:
        raise problem.within("document") from problem
    if request.ref == "loss" and experiment.y.size > limits.MAX_EXPLAINED_TERMS:
        raise LimitProblem("MAX_EXPLAINED_TERMS", experiment.y.size, ("document", "y"))

    def work() -> bytes:
        return orjson.dumps(explanation_answer(explain(experiment.trace(), request.ref)))

    try:
        return json_response(await work_out(experiment, work))
    except RefError as error:
        raise Problem(422, f"ref: {error}", ("ref",)) from error
