"""A training step as a workbook whose cells are formulas on each other."""

from app.export.workbook.workbook import workbook

__all__ = ["workbook"]
