"""Where the chapter's library has its gradient check; it is the one of `tinyml.gradient_check`."""

from tinyml.gradient_check import gradient_check

__all__ = ["gradient_check"]
