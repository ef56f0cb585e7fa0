"""The files of the built page, held in memory as they are sent: as they are, and compressed as the build left them."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from threading import Lock
from typing import Final

from app.negotiation import ASK_AGAIN, IDENTITY, FixedAnswer, Form

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


def read(path: Path) -> FixedAnswer:
    """Read a file and its compressed forms."""
    compressed = {name: path.with_name(path.name + suffix) for name, suffix in CODINGS.items()}
    forms = {name: Form.of(file.read_bytes()) for name, file in compressed.items() if file.is_file()}
    forms[IDENTITY] = Form.of(path.read_bytes())
    lasts = FOR_EVER if path.parent.name == ASSETS else ASK_AGAIN
    return FixedAnswer(forms, MEDIA_TYPES.get(path.suffix, "application/octet-stream"), lasts)


PACKAGE: Final = Path(__file__).resolve().parent


def page_directory() -> Path | None:
    """Return the folder of the built page, or None if it is not built.

    An installed wheel has it inside the package; a checkout has Vite's output from static/.
    """
    for folder in (PACKAGE / "static", PACKAGE.parent / "static" / "dist"):
        if (folder / "index.html").is_file():
            return folder
    return None


class Page:
    """The files of a built page by address, all read at once.

    So a page that is built again while the service runs is never served in parts of both. Reading takes longer than
    other requests may wait: a server does it in a thread, when it starts.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.files: Mapping[str, FixedAnswer] | None = None
        self._reading = Lock()

    def addresses(self) -> Iterator[str]:
        """The addresses of the files that are not assets."""
        return (_address(path) for path in self.directory.iterdir() if _is_sent(path))

    def read(self) -> Mapping[str, FixedAnswer]:
        """Read the files, unless they have been, and return each by its address."""
        with self._reading:
            if self.files is None:
                self.files = self._read()
            return self.files

    def _read(self) -> Mapping[str, FixedAnswer]:
        assets = {f"/{ASSETS}/{path.name}": path for path in (self.directory / ASSETS).iterdir() if _is_sent(path)}
        others = {_address(path): path for path in self.directory.iterdir() if _is_sent(path)}
        return {address: read(path) for address, path in (assets | others).items()}


def _is_sent(path: Path) -> bool:
    """Whether a file has an address: not hidden ones, which tools make, and not the compressed forms."""
    return path.is_file() and not path.name.startswith(".") and path.suffix not in CODINGS.values()


def _address(path: Path) -> str:
    """The address of a file that is not an asset: of a page, without its ending."""
    if path.suffix != ".html":
        return f"/{path.name}"
    return "/" if path.stem == "index" else f"/{path.stem}"
