"""Middleware: processing of every request before the routes, and of every answer after them."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app import limits
from app.problems import LimitProblem


class HeadAsGet:
    """Answers HEAD for every GET, as RFC 9110 requires: the same headers, without the body."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def send_head(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        # A route whose answer has no end must not begin it.
        await self.app({**scope, "method": "GET", "without_body": True}, receive, send_head)


class BodyLimit:
    """Rejects bodies above MAX_BODY_BYTES: at once if the length is given, else as soon as the bytes exceed it.

    Also rejects bodies of more than MAX_BRACKETS lists and objects, before a parser spends a second on them.

    uvicorn has no limit, and FastAPI's answers in plain text instead of a problem. The body is read here, in
    full, so that a route never sees part of one.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self.app(scope, receive, send)
            return
        declared = _declared_length(scope)
        if declared > limits.MAX_BODY_BYTES:
            await _refuse(declared)(scope, receive, send)
            return
        parts, length = list[bytes](), 0
        more = True
        while more:
            message = await receive()
            if message["type"] != "http.request":
                return  # the client has disconnected
            parts.append(message.get("body", b""))
            length += len(parts[-1])
            more = message.get("more_body", False)
            if length > limits.MAX_BODY_BYTES:
                await _refuse(length)(scope, receive, send)
                return
        body = b"".join(parts)
        parts.clear()
        brackets = body.count(b"[") + body.count(b"{")
        if brackets > limits.MAX_BRACKETS:
            await LimitProblem("MAX_BRACKETS", brackets, ()).response()(scope, receive, send)
            return
        replayed: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def replay() -> Message:
            return replayed.pop() if replayed else await receive()

        await self.app(scope, replay, send)


def _declared_length(scope: Scope) -> int:
    declared = dict(scope["headers"]).get(b"content-length", b"0")
    return int(declared) if declared.isdigit() else 0


def _refuse(length: int) -> ASGIApp:
    response = LimitProblem("MAX_BODY_BYTES", length, (), status=413).response()
    # The rest of the body is not read, so the connection cannot serve another request.
    response.headers["Connection"] = "close"
    return response
