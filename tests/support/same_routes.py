"""The applications of one process share what FastAPI finds for each of their routes."""

from dataclasses import replace
from typing import Any

from fastapi import routing


def whatever_application() -> None:
    """Keep FastAPI from finding the parameters and models of all routes again at the first request of every
    application, which takes 0.06 s: most tests make an application of their own, and all include the same routes.

    A route that is included in another way, such as below another prefix, gets its own. What would be
    shared by mistake is overrides of dependencies, which the project does not use.
    """
    build = routing._IncludedRouter._build_effective_context
    made: dict[int, tuple[Any, Any, Any]] = {}

    def once(self: Any, route: Any) -> Any:
        # Of the application itself, a context has only where its overrides would be.
        way = replace(self.include_context, dependency_overrides_provider=None)
        # With the route, so that no other can have its identity.
        _, known, built = made.get(id(route), (None, None, None))
        if known != way:
            built = build(self, route)
            made[id(route)] = (route, way, built)
        return built

    setattr(routing._IncludedRouter, "_build_effective_context", once)  # noqa: B010 - a method, for all tests
