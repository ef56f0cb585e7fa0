"""Reads saved web pages, independently of the page itself."""

import json
import zlib
from base64 import b64decode
from html.parser import HTMLParser
from typing import Any

REFERENCE = "\x01"


class SavedPage(HTMLParser):
    """The parts of a saved page, by the id of their elements; scripts that run are in `scripts`."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.parts: dict[str, str] = {}
        self.scripts: list[str] = []
        self.policy = ""
        self.title = ""
        self.tags: list[str] = []
        self._open: tuple[str, str | None] = ("", None)
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = dict(attrs)
        self.tags.append(tag)
        self._open = tag, own.get("id")
        if own.get("http-equiv") == "Content-Security-Policy":
            self.policy = own["content"] or ""

    def handle_endtag(self, tag: str) -> None:
        self._open = "", None

    def handle_data(self, data: str) -> None:
        match self._open:
            case "script", None:
                self.scripts.append(data)
            case "script", str(id):
                self.parts[id] = data
            case "title", _:
                self.title += data

    def unpacked(self, part: str) -> str:
        """One of the packed parts as text."""
        return zlib.decompress(b64decode(self.parts[part])).decode()

    def answers(self) -> dict[str, Any]:
        """The answers in the page, by their names."""
        kept: list[Any] = []

        def read(part: Any) -> Any:
            match part:
                case str() if part.startswith(REFERENCE):
                    return kept[int(part[1:], 36)]
                case str() if len(part.encode("utf-16-le")) >= 16:
                    made: Any = part
                case float() if not (part * 1000).is_integer():
                    made = part
                case list() if part:
                    made = [read(one) for one in part]
                case dict() if part:
                    made = {name: read(one) for name, one in part.items()}
                case _:
                    return part
            kept.append(made)
            return made

        lines = self.unpacked("answers").split("\n")
        return {name: read(answer) for line in lines for name, answer in json.loads(line)}
