"""Where the built page lies."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def page_directory() -> Path | None:
    """Return the folder of the built page, or None where it was not built.

    An installed wheel carries it inside the package; in a checkout it is what Vite made of static/.
    """
    for folder in (PACKAGE / "static", PACKAGE.parent / "static" / "dist"):
        if (folder / "index.html").is_file():
            return folder
    return None
