"""The addresses of the service, with the methods of each.

FastAPI has them only in its schema, whose first computation takes half a second.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from starlette.routing import BaseRoute, Route, compile_path


class Address(NamedTuple):
    """The template of an address, such as /api/networks/{id}, and its methods."""

    template: str
    methods: frozenset[str]
    pattern: re.Pattern[str]


def addresses_of(routes: Iterable[BaseRoute]) -> list[Address]:
    """The addresses of some routes."""
    return [
        Address(route.path, frozenset(route.methods or ()), compile_path(route.path)[0])
        for route in routes
        if isinstance(route, Route)
    ]
