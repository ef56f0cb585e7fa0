"""What can be taken from a training step, by what it is and its format: `POST /api/export/{what}/{format}` and
`tinyml-explorer export` know the same.
"""

from app.export.registry import EXPORTS, Export, export, file_name, find

__all__ = ["EXPORTS", "Export", "export", "file_name", "find"]
