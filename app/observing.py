"""Middleware that counts each request, and logs it with the template of its address."""

import logging
from time import perf_counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.addresses import Address
from app.logs import requests_log
from app.metrics import METHODS, Metrics

# An address that no route has.
UNKNOWN = "unknown"
# The status that is counted if the client disconnected before it was answered; nginx's number for that.
DISCONNECTED = 499


class Observed:
    """Counts and logs requests. With `clients` the log has the address of each client."""

    def __init__(self, app: ASGIApp, metrics: Metrics, *, clients: bool = False) -> None:
        self.app = app
        self.metrics = metrics
        self.clients = clients

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status, began = DISCONNECTED, perf_counter()

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        self.metrics.in_flight += 1
        try:
            await self.app(scope, receive, noting)
        finally:
            self.metrics.in_flight -= 1
            self._note(scope, status, perf_counter() - began)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        method = scope["method"] if scope["method"] in METHODS else "OTHER"
        route = self._template(scope)
        self.metrics.answered(method, route, status, seconds)
        problem = scope["state"].get("problem")
        if problem is not None:
            self.metrics.refused(problem)
        if not requests_log.isEnabledFor(logging.INFO):
            return
        fields = {
            "method": method,
            "route": route,
            "status": status,
            "milliseconds": round(seconds * 1000, 3),
            "request_id": scope["state"]["request_id"],
            **({} if problem is None else {"problem": problem}),
            **({"client": (scope["client"] or [None])[0]} if self.clients else {}),
        }
        requests_log.info("request", extra={"fields": fields})

    def _template(self, scope: Scope) -> str:
        """The address with the names of its parameters in their place."""
        route = scope.get("route")
        if route is not None:
            return str(route.path)
        # Not known here: the address of a file, one that no route has, or a scope that a middleware has copied.
        addresses: list[Address] = scope["app"].state.addresses
        found = (address.template for address in addresses if address.pattern.match(scope["path"]))
        return next(found, "/assets/{name}" if scope["path"].startswith("/assets/") else UNKNOWN)
