"""What can be taken from a training step, by what it is and its format: `POST /api/export/{what}/{format}` and
`tinyml-explorer export` know the same.
"""

from app.export.format import Format
from app.export.registry import EXPORTS, check, export, file_name, find
from app.export.subject import Subject

__all__ = ["EXPORTS", "Format", "Subject", "check", "export", "file_name", "find"]
