"""Adapting a document after an edit: if a width, a window or a row of targets no longer fits, the edited part is kept
and the rest is adapted.
"""

from app.fitting.changes import Change, Fitted
from app.fitting.fit import fit, suits

__all__ = ["Change", "Fitted", "fit", "suits"]
