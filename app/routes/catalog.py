"""The catalog of everything that can be chosen, from which the page fills its menus."""

from collections.abc import Iterable, Iterator
from functools import cache
from inspect import getdoc
from typing import Any, get_args

import orjson
from fastapi import APIRouter, Request, Response

from app import limits
from app.negotiation import FixedAnswer
from app.routes.responses import JSON, NOT_MODIFIED, DescribedRoute, problems
from app.schemas.answers import CatalogAnswer
from app.schemas.data import Data
from app.schemas.layers import LAYERS, LayerSchema
from app.schemas.losses import LOSSES
from app.schemas.optimizers import OPTIMIZERS
from app.schemas.penalties import PenaltySchema
from tinyml import layers
from tinyml.data import SETS, DataSet
from tinyml.initialisers import INITIALISERS
from tinyml.narrate import Language, catalog_wordings, wordings

router = APIRouter(prefix="/api", tags=["catalog"], route_class=DescribedRoute)


@router.get("/catalog", response_model=None, responses={200: {"model": CatalogAnswer}, **NOT_MODIFIED, **problems(422)})
async def catalog(request: Request, language: Language = "en") -> Response:
    """Layer types with their parameters, losses, optimizers, the penalty, initialisers, sets, the settings of data, and
    limits; titles and descriptions are in the requested language.
    """
    return _catalog(language).answer(request.headers)


def preparing() -> Iterator[None]:
    """Prepare the catalog in steps of a few milliseconds: the page requests it first, and all requests would wait."""
    for variant in (*LAYERS, *LOSSES, *OPTIMIZERS):
        _schema(variant)
        yield
    for language in get_args(Language):
        _catalog(language)
        yield


@cache
def _catalog(language: Language) -> FixedAnswer:
    content = orjson.dumps(
        {
            "layers": [_layer(variant, language) for variant in LAYERS],
            "losses": [
                _ruled(variant, language)
                | {"takes_targets": variant.takes_targets, "takes_classes": variant.takes_classes}
                for variant in LOSSES
            ],
            "optimizers": [_ruled(variant, language) for variant in OPTIMIZERS],
            "penalty": _fields(_schema(PenaltySchema), PenaltySchema.model_fields),
            "initialisers": [{"name": name, "description": getdoc(rule) or ""} for name, rule in INITIALISERS.items()],
            "sets": [_set(one, language) for one in SETS.values()],
            "data": _fields(_schema(Data), Data.SETTINGS),
            "limits": [{"name": name, "value": value, "meaning": meaning} for name, value, meaning in limits.table()],
        }
    )
    return FixedAnswer.compressed(content, JSON)


def _layer(variant: type[LayerSchema], language: Language) -> dict[str, Any]:
    made = _kind(variant, language)
    made["title"] = catalog_wordings(language).get(f"{made['type']}.title", variant.title)
    letters = getattr(layers, made["type"]).letters
    return made | {"numbers": [{"name": name, "symbol": letters.get(name, name)} for name in variant.numbers]}


def _ruled(variant: Any, language: Language) -> dict[str, Any]:
    """A loss or an optimizer, with its name in equations."""
    made = _kind(variant, language)
    made["title"] = wordings(language)[f"kind.{made['type']}"]
    return made


def _set(one: DataSet, language: Language) -> dict[str, Any]:
    words = catalog_wordings(language)
    return {
        "set": one.name,
        "title": words[f"set.{one.name}.title"],
        "description": words[f"set.{one.name}.description"],
        "inputs": one.inputs,
        "classes": one.classes,
        "noise": one.draw is not None,
        "samples": one.samples,
        "most": one.most,
    }


def _whole(schema: Any, parts: dict[str, Any]) -> Any:
    """A JSON schema with the parts that it refers to in place, so that a form needs nothing else."""
    if isinstance(schema, list):
        return [_whole(one, parts) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return _whole(parts[schema["$ref"].rpartition("/")[2]], parts)
    return {name: _whole(value, parts) for name, value in schema.items()}


@cache
def _schema(variant: Any) -> dict[str, Any]:
    schema: dict[str, Any] = variant.model_json_schema()
    return schema


def _kind(variant: Any, language: Language) -> dict[str, Any]:
    schema = _schema(variant)
    fields = dict(schema["properties"])
    kind = fields.pop("type")["const"]
    return {
        "type": kind,
        "description": catalog_wordings(language).get(f"{kind}.description", schema["description"]),
        "parameters": _fields(schema, fields),
    }


def _fields(schema: dict[str, Any], names: Iterable[str]) -> list[dict[str, Any]]:
    required, parts = schema.get("required", []), schema.get("$defs", {})
    fields = {name: schema["properties"][name] for name in names}
    return [
        {"name": name, "required": name in required, "schema": _whole(field, parts) if name != "state" else field}
        for name, field in fields.items()
    ]
