"""Example networks."""

from functools import cache
from typing import Annotated

import orjson
from fastapi import APIRouter, Path, Request, Response

from app.examples import SLUGS, examples
from app.negotiation import FixedAnswer
from app.problems import Problem
from app.routes.responses import JSON, NOT_MODIFIED, DescribedRoute, json_response, problems
from app.schemas.answers import ExampleAnswer
from tinyml.narrate import Language

router = APIRouter(prefix="/api/examples", tags=["examples"], route_class=DescribedRoute)


@router.get("", response_model=None, responses={200: {"model": list[ExampleAnswer]}, **NOT_MODIFIED, **problems(422)})
async def list_examples(request: Request, language: Language = "en") -> Response:
    """List all examples, the one that the page opens first; titles and descriptions are in the requested language."""
    return _list(language).answer(request.headers)


@cache
def _list(language: Language) -> FixedAnswer:
    return FixedAnswer.compressed(orjson.dumps(list(examples(language).values())), JSON)


@router.get("/{slug}", response_model=None, responses={200: {"model": ExampleAnswer}, **problems(404, 422)})
async def one_example(
    slug: Annotated[str, Path(description=f"One of {', '.join(SLUGS)}.")], language: Language = "en"
) -> Response:
    """One example."""
    example = examples(language).get(slug)
    if example is None:
        raise Problem(404, f"Unknown example; the examples are {', '.join(SLUGS)}.", key="no_such_address")
    return json_response(orjson.dumps(example))
