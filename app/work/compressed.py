"""Answers of words and formulas, compressed by the process that computed them.

They shrink to a tenth in a fiftieth of the time that they took to compute. Traces do not: compressing one takes longer
than computing it (docs/reliability.md has the measurement).
"""

import gzip
import re
from typing import Final

from starlette.datastructures import Headers

from app.negotiation import IDENTITY, coding
from app.work.job import Headers as Pairs

# Bytes from which an answer is compressed; a shorter one takes no longer on the way than its headers.
FROM: Final = 16 * 1024
LEVEL: Final = 4
WORDS: Final = re.compile(r"/api/(networks/[^/]+/)?(steps|explain|explanations|receipts?)")


def compressed(path: str, request: Pairs, answer: Pairs, body: bytes) -> tuple[Pairs, bytes]:
    """The headers and the body of an answer, compressed if it pays and the client reads that."""
    if len(body) < FROM or not WORDS.fullmatch(path) or coding(Headers(raw=list(request)), ["gzip"]) == IDENTITY:
        return answer, body
    kept = [(name, value) for name, value in answer if name != b"content-length"]
    smaller = gzip.compress(body, LEVEL, mtime=0)
    described = [
        (b"content-encoding", b"gzip"),
        (b"vary", b"Accept-Encoding"),
        (b"content-length", b"%d" % len(smaller)),
    ]
    return [*kept, *described], smaller
