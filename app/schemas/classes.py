"""Class codes: the request that enters one, and the answer."""

from app.schemas.base import Answer, Strict


class ClassRequest(Strict, defer_build=False):
    """A class code, as someone typed it: blanks, hyphens and capitals do not matter."""

    code: str


class ClassAnswer(Answer, defer_build=False):
    """Whether the service has quotas at all, and until when the session has none: the time when its class code ends, in
    UTC; null if it has not entered one.
    """

    quotas: bool
    until: str | None
