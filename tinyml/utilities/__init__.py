"""The original library's utilities: `gradient_check` is that of `tinyml.gradient_check`."""

from tinyml.compat import logger
from tinyml.gradient_check import gradient_check

__all__ = ["gradient_check", "logger"]
