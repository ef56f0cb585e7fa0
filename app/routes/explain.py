"""Explanations of numbers of a training step."""

from collections.abc import Sequence
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Response

from app import limits
from app.answers.explanation import explanation_answer
from app.known import KnownDocument
from app.problems import Problem
from app.routes.documents import DOCUMENT_PROBLEMS, Asking, DocumentRoute, Lately, Working
from app.routes.responses import json_response, problems
from app.routes.stored import Store, found
from app.schemas.explanations import ExplanationAnswer, ExplanationsAnswer
from app.schemas.requests import ExplainRequest, ExplanationsRequest, Language, Notation, Wish
from app.training import TrainingStep
from app.work import Cost, Elsewhere
from app.work.cost import explained_cost, longest_sum
from tinyml.core import LimitError, RefError
from tinyml.explain import explain
from tinyml.expression import WRITTEN

router = APIRouter(prefix="/api", tags=["explanations"], route_class=DocumentRoute)


@router.post("/explain", response_model=None, responses={200: {"model": ExplanationAnswer}, **DOCUMENT_PROBLEMS})
async def explain_number(request: ExplainRequest, documents: Asking) -> Response:
    """Explain the number that a ref names: the law, the formula as an expression tree, LaTeX and plain text."""
    known = documents.known(request.document, "document")
    answer = await documents.do(_cost(known, [request]), lambda: _explanation(known, request, request.language))
    return json_response(orjson.dumps(answer))


@router.post("/explanations", response_model=None, responses={200: {"model": ExplanationsAnswer}, **DOCUMENT_PROBLEMS})
async def explain_numbers(request: ExplanationsRequest, documents: Asking) -> Response:
    """Explain several numbers of one training step. If one cannot be explained, the others still are."""
    known = documents.known(request.document, "document")

    def work() -> list[dict[str, Any]]:
        return [_explained(known, place, wish, request.language) for place, wish in enumerate(request.wishes)]

    answers = await documents.do(_cost(known, request.wishes), work)
    return json_response(orjson.dumps({"answers": answers}))


@router.get(
    "/networks/{id}/explain",
    response_model=None,
    responses={200: {"model": ExplanationAnswer}, **problems(404, 409, 422, 429, 503)},
)
def explain_stored(
    id: str,
    store: Store,
    lately: Lately,
    place: Working,
    ref: Annotated[
        str, Query(max_length=limits.MAX_REF_LENGTH, description="The ref of the number, such as fc_1.w.grad[0,1].")
    ],
    notation: Notation = "scalar",
    terms: Annotated[
        int, Query(ge=1, le=limits.MAX_EXPLAINED_TERMS, description="How many terms of a long sum to write out.")
    ] = WRITTEN,
    language: Language = "en",
) -> Response:
    """Explain a number of the stored network's training step, independently of the cursor."""
    training = TrainingStep.of(found(store.get(id)), lately)
    wish = Wish(ref=ref, notation=notation, terms=terms)
    place.admit(_cost(training.known, [wish]), Elsewhere())
    return json_response(orjson.dumps(_explanation(training.known, wish, language)))


def _cost(known: KnownDocument, wishes: Sequence[Wish]) -> Cost:
    """The cost of explaining some numbers, whichever these are. A document that has its hash is traced already."""
    experiment = known.experiment
    to_trace = 0 if known.hash else experiment.size
    paths = [wish.terms for wish in wishes if wish.notation == "paths"]
    longest = longest_sum(experiment)
    sums = [min(wish.terms, longest) for wish in wishes]
    return explained_cost(to_trace, len(experiment.model.layers), sums, paths)


def _explained(known: KnownDocument, place: int, wish: Wish, language: Language) -> dict[str, Any]:
    try:
        return {"explanation": _explanation(known, wish, language), "problem": None}
    except Problem as problem:
        return {"explanation": None, "problem": problem.within("wishes", place).content()}


def _explanation(known: KnownDocument, wish: Wish, language: Language) -> dict[str, Any]:
    try:
        found = explain(known.trace(), wish.ref, wish.notation, wish.terms, limits.MAX_EXPLAINED_PARTS)
        return explanation_answer(known, found, language)
    except RefError as error:
        raise Problem(422, f"ref: {error}", ("ref",), key="no_such_number") from error
    except LimitError as error:
        asked, allowed = error.asked, limits.MAX_PATH_FACTORS
        raise Problem(
            422, str(error), ("notation",), key="notation", limit="MAX_PATH_FACTORS", asked=asked, allowed=allowed
        ) from error
