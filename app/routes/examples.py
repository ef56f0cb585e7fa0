"""Example networks."""

from typing import Annotated

import orjson
from fastapi import APIRouter, Path, Response

from app.examples import SLUGS, examples
from app.problems import Problem
from app.routes.responses import json_response, problems
from app.schemas.answers import ExampleAnswer
from tinyml.narrate import Language

router = APIRouter(prefix="/api/examples", tags=["examples"])


@router.get("", response_model=None, responses={200: {"model": list[ExampleAnswer]}, **problems(422)})
async def list_examples(language: Language = "en") -> Response:
    """List all examples, the one that the page opens first; titles and descriptions are in the requested language."""
    return json_response(orjson.dumps(list(examples(language).values())))


@router.get("/{slug}", response_model=None, responses={200: {"model": ExampleAnswer}, **problems(404, 422)})
async def one_example(
    slug: Annotated[str, Path(description=f"One of {', '.join(SLUGS)}.")], language: Language = "en"
) -> Response:
    """One example."""
    example = examples(language).get(slug)
    if example is None:
        raise Problem(404, f"Unknown example; the examples are {', '.join(SLUGS)}.", key="no_such_address")
    return json_response(orjson.dumps(example))
