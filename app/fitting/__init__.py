"""A document after an edit, made to fit: where a width, a window or a row of targets no longer suits the rest, what was
edited stays and the rest follows.
"""

from app.fitting.changes import Change, Fitted
from app.fitting.fit import fit, suits

__all__ = ["Change", "Fitted", "fit", "suits"]
