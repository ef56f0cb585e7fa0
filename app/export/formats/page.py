"""The explorer itself with one training step, as a web page that needs no server."""

from app.export.format import Format
from app.export.subject import Subject


def write(subject: Subject) -> bytes:
    """The page, opened at the cursor of the request, or at the beginning."""
    from app.export.page import page_html

    asked = subject.request
    return page_html(subject.known, asked.language, step=asked.step + 1, cursor=asked.cursor or 0)


FORMATS = (
    Format(
        "page",
        "html",
        "text/html; charset=utf-8",
        "page.html",
        write,
        takes=frozenset({"cursor"}),
        limit="MAX_SAVED_NUMBERS",
        instead="figure/svg",
        # Every number is explained in up to five notations, and a step of the finest grain takes as long.
        milliseconds=(100, 12),
        bytes=(500_000, 0),
    ),
)
