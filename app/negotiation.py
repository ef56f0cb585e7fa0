"""What the headers of a request say about the form of its answer: compressed how, and whether it is needed at all.

An answer that never changes while the service runs is held in all its forms.
"""

import gzip
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from starlette.datastructures import Headers
from starlette.responses import Response

IDENTITY = "identity"
# A client may keep an answer, and asks each time whether it has changed.
ASK_AGAIN = "no-cache"
_QUALITY = re.compile(r"0(\.\d{0,3})?|1(\.0{0,3})?")
# RFC 9110 asks to read an old name as the one of today.
_ALIASES = {"x-gzip": "gzip"}
# An answer that is not compressed is always possible, but least wanted unless the client says otherwise.
_UNNAMED_IDENTITY = 1e-4


def coding(request: Headers, offered: Sequence[str]) -> str:
    """Return which of the offered content codings, the best first, to send to a client; `identity` is always offered.

    `Accept-Encoding` is read as RFC 9110 has it: the highest weight wins, 0 excludes, `*` stands for those not named.
    Without the header nothing is compressed: not every such client reads what is.
    """
    weights = dict(_weights(request.getlist("accept-encoding")))
    unnamed = weights.get("*", 0.0)

    def weight(name: str) -> float:
        return weights.get(name, max(unnamed, _UNNAMED_IDENTITY) if name == IDENTITY else unnamed)

    # max returns the first of several with the same weight.
    best = max((*offered, IDENTITY), key=weight)
    return best if weight(best) > 0 else IDENTITY


def _weights(lines: Sequence[str]) -> Iterator[tuple[str, float]]:
    """The codings of a header with their weights. One whose weight cannot be read is excluded."""
    for item in ",".join(lines).split(","):
        name, *parameters = (part.strip().lower() for part in item.split(";"))
        weight = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                value = value.strip()
                weight = float(value) if _QUALITY.fullmatch(value) else 0.0
        if name:
            yield _ALIASES.get(name, name), weight


def known(request: Headers, etag: str) -> bool:
    """Whether a client has the answer with this `ETag`, by its `If-None-Match`.

    Tags are compared weakly, as RFC 9110 requires for this header: a proxy may have made the tag weak.
    """
    tags = [tag.strip() for line in request.getlist("if-none-match") for tag in line.split(",")]
    return tags == ["*"] or etag in (tag.removeprefix("W/") for tag in tags)


@dataclass(frozen=True)
class Form:
    """The bytes of an answer in one content coding, and their `ETag`."""

    body: bytes
    etag: str

    @classmethod
    def of(cls, body: bytes) -> "Form":
        """A form with its tag."""
        # Strong: other bytes have another tag, and so the forms of an answer differ in theirs.
        return cls(body, f'"{sha256(body).hexdigest()[:32]}"')


@dataclass(frozen=True)
class FixedAnswer:
    """An answer in its forms by content coding, the best first."""

    forms: Mapping[str, Form]
    media_type: str
    cache_control: str = ASK_AGAIN

    @classmethod
    def compressed(cls, body: bytes, media_type: str) -> "FixedAnswer":
        """An answer as it is, and compressed."""
        return cls({"gzip": Form.of(gzip.compress(body, mtime=0)), IDENTITY: Form.of(body)}, media_type)

    def answer(self, request: Headers) -> Response:
        """Return the form that suits a request, or a 304 if the client has it."""
        chosen = coding(request, [name for name in self.forms if name != IDENTITY])
        form = self.forms[chosen]
        headers = {"Cache-Control": self.cache_control, "ETag": form.etag}
        if len(self.forms) > 1:
            headers["Vary"] = "Accept-Encoding"
        # A 304 has the type too: the policy of a page depends on it, and a cache replaces the policy it has.
        if known(request, form.etag):
            return Response(None, 304, headers, media_type=self.media_type)
        if chosen != IDENTITY:
            headers["Content-Encoding"] = chosen
        return Response(form.body, 200, headers, media_type=self.media_type)
