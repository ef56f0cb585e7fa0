"""The files of the built page, held in memory as they are sent: as they are, and compressed as the build left them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Final

from starlette.datastructures import Headers
from starlette.responses import Response

from app.negotiation import IDENTITY, coding, known

# The compressed forms that the build writes beside a file, the smallest first.
CODINGS: Final = {"br": ".br", "gzip": ".gz"}
# Python asks the machine for the types of files, and some Windows machines know scripts as plain text.
MEDIA_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
}
ASSETS: Final = "assets"
# The names of assets contain a hash of their content; all other files keep their names when their content changes.
FOR_EVER: Final = "public, max-age=31536000, immutable"
ASK_AGAIN: Final = "no-cache"


@dataclass(frozen=True)
class Form:
    """The bytes of a file in one content coding, and their `ETag`."""

    body: bytes
    etag: str

    @classmethod
    def read(cls, path: Path) -> "Form":
        """Read one form of a file."""
        body = path.read_bytes()
        # Strong: other bytes have another tag, and so the forms of a file differ in theirs.
        return cls(body, f'"{sha256(body).hexdigest()[:32]}"')


@dataclass(frozen=True)
class PageFile:
    """One file in its forms, by content coding."""

    forms: Mapping[str, Form]
    media_type: str
    cache_control: str

    @classmethod
    def read(cls, path: Path) -> "PageFile":
        """Read a file and its compressed forms."""
        compressed = {name: path.with_name(path.name + suffix) for name, suffix in CODINGS.items()}
        forms = {name: Form.read(file) for name, file in compressed.items() if file.is_file()}
        lasts = FOR_EVER if path.parent.name == ASSETS else ASK_AGAIN
        return cls(forms | {IDENTITY: Form.read(path)}, MEDIA_TYPES.get(path.suffix, "application/octet-stream"), lasts)

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


class Page:
    """The files of a built page by address, all read at once.

    So a page that is built again while the service runs is never served in parts of both. Reading takes longer than
    other requests may wait: a server does it in a thread, when it starts.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.files: Mapping[str, PageFile] | None = None
        self._reading = Lock()

    def addresses(self) -> Iterator[str]:
        """The addresses of the files that are not assets."""
        return (_address(path) for path in self.directory.iterdir() if _is_sent(path))

    def read(self) -> Mapping[str, PageFile]:
        """Read the files, unless they have been, and return each by its address."""
        with self._reading:
            if self.files is None:
                self.files = self._read()
            return self.files

    def _read(self) -> Mapping[str, PageFile]:
        assets = {f"/{ASSETS}/{path.name}": path for path in (self.directory / ASSETS).iterdir() if _is_sent(path)}
        others = {_address(path): path for path in self.directory.iterdir() if _is_sent(path)}
        return {address: PageFile.read(path) for address, path in (assets | others).items()}


def _is_sent(path: Path) -> bool:
    """Whether a file has an address: not hidden ones, which tools make, and not the compressed forms."""
    return path.is_file() and not path.name.startswith(".") and path.suffix not in CODINGS.values()


def _address(path: Path) -> str:
    """The address of a file that is not an asset: of a page, without its ending."""
    if path.suffix != ".html":
        return f"/{path.name}"
    return "/" if path.stem == "index" else f"/{path.stem}"
