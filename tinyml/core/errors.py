"""What the engine raises. Each message says who, what was expected, what came and what to try."""


class TinymlError(Exception):
    """The common ancestor: `except TinymlError` catches whatever the engine finds wrong with its input."""


class ShapeError(TinymlError, ValueError):
    """An array, or a size, does not fit where it was given."""


class DuplicateNameError(TinymlError, ValueError):
    """Two layers have one name, so that a ref would mean both."""


class OrderError(TinymlError, RuntimeError):
    """A pass was asked for before the one that it needs."""


class RefError(TinymlError, LookupError):
    """A ref names nothing in this training step."""


class FormatError(TinymlError, ValueError):
    """A file is not of the format that it should have, or does not hold what it should."""
