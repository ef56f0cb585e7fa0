"""The log: lines of text about troubles, or JSON with a line for each request too.

No line has the address of a stored network, and none that of a client unless it is requested.
"""

import logging
import sys
from datetime import UTC, datetime
from typing import Final, Literal, get_args

import orjson

Format = Literal["text", "json"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)
# Where each answered request is logged, with the fields of its line in `fields`.
requests_log = logging.getLogger("tinyml-explorer.requests")


class JsonLines(logging.Formatter):
    """Writes each record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return orjson.dumps(line).decode()


def configure(style: Format) -> None:
    """Write the log as JSON to standard error. As text it is Python's: warnings and errors, there too."""
    root = logging.getLogger()
    if style == "text" or any(isinstance(handler.formatter, JsonLines) for handler in root.handlers):
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root.addHandler(handler)
    requests_log.setLevel(logging.INFO)
