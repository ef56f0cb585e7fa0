"""The table of all exports, and one of them made from a document."""

from __future__ import annotations

import pkgutil
import re
from importlib import import_module
from typing import get_args

from app import limits
from app.documents import Experiment
from app.export import formats
from app.export.format import Format
from app.export.subject import subject
from app.known import KnownDocument
from app.problems import Problem
from app.schemas.exports import OPTIONS, Convention, ExportRequest, FigureWish, Option, What


def _found() -> dict[str, Format]:
    """The formats of all modules, in the order of `What`, and within it in that of the modules' names."""
    names = sorted(module.name for module in pkgutil.iter_modules(formats.__path__))
    modules = [import_module(f"{formats.__name__}.{name}") for name in names]
    found: list[Format] = [made for module in modules for made in module.FORMATS]
    order = get_args(What)
    return {made.address: made for made in sorted(found, key=lambda made: order.index(made.what))}


# By their addresses, `what/format`.
EXPORTS: dict[str, Format] = _found()


def find(what: str, format: str) -> Format:
    """The export with these names. Raises a 404 Problem that lists those that there are."""
    found = EXPORTS.get(f"{what}/{format}")
    if found is None:
        known = ", ".join(EXPORTS)
        detail = f"There is no such export; those that there are: {known}."
        raise Problem(404, detail, key="no_such_export", values={"known": known})
    return found


def check(made: Format, request: ExportRequest, experiment: Experiment) -> None:
    """Raise a Problem if a request says something that the format does not take, or if the network is too large."""
    given = _given(request)
    for option in OPTIONS:
        if option in given and option not in made.takes:
            takes = ", ".join(sorted(made.takes)) or "none of these"
            detail = f"{made.address} takes no {option}: it takes {takes}. Leave it out."
            raise Problem(422, detail, given[option], key="export_option", values={"format": made.address})
    size, most = made.size(experiment), getattr(limits, made.limit)
    if size > most:
        instead = "" if made.instead is None else f" {made.instead} takes larger ones."
        raise Problem(
            422,
            f"{made.limit} ({limits.MEANINGS[made.limit]}) is {most:,}, got {size:,}.{instead}",
            ("document",),
            key="export_size" if made.instead is None else "export_size_instead",
            values={"asked": size, "allowed": most} | ({} if made.instead is None else {"instead": made.instead}),
            limit=made.limit,
            asked=size,
            allowed=most,
        )


def export(known: KnownDocument, made: Format, request: ExportRequest) -> bytes:
    """The file. Raises a Problem if it cannot be made."""
    check(made, request, known.experiment)
    return made.write(subject(known, request))


def file_name(title: str, made: Format) -> str:
    """The name of the file for a document with this name: letters, digits and dashes of ASCII."""
    stem = "-".join(re.findall(r"[a-z0-9]+", title.lower()))[:60].strip("-") or "network"
    return f"{stem}-{made.suffix}"


def _given(request: ExportRequest) -> dict[Option, tuple[str, ...]]:
    """The options that a request has, each with its place in it. One with its usual value is not there."""
    given: dict[Option, tuple[str, ...]] = {}
    usual = Convention()
    for field in ("layout", "first_index", "derivative"):
        if getattr(request.convention, field) != getattr(usual, field):
            given[field] = ("convention", field)
    if request.cursor is not None:
        given["cursor"] = ("cursor",)
    if request.table is not None:
        given["table"] = ("table",)
    if request.figure != FigureWish():
        given["figure"] = ("figure",)
    return given
