"""What the headers of a request say about the form of its answer: compressed how, and whether it is needed at all."""

import re
from collections.abc import Iterator, Sequence

from starlette.datastructures import Headers

IDENTITY = "identity"
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
