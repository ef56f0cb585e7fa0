"""A network's training step as a web page that needs no server: the explorer with every answer about it."""

from app.export.page.html import page_html

__all__ = ["page_html"]
