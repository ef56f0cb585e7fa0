"""The steps of a training step as messages, with their numbers, and messages as sentences in a language. Messages are
data.
"""

from tinyml.narrate.laws import WordedLaw, law_in, law_wordings, plain_law
from tinyml.narrate.message import Figure, Formula, Message, Named, Symbol
from tinyml.narrate.notation import LawNode
from tinyml.narrate.step import Step, Term, narrate, narrate_from
from tinyml.narrate.titles import equation_title, law_title
from tinyml.narrate.wording import LANGUAGES, catalog_wordings, placeholders, training_wordings, worded, wordings
from tinyml.narrate.wording import Language as Language

__all__ = [
    "LANGUAGES",
    "Figure",
    "Formula",
    "LawNode",
    "Message",
    "Named",
    "Step",
    "Symbol",
    "Term",
    "WordedLaw",
    "catalog_wordings",
    "equation_title",
    "law_in",
    "law_title",
    "law_wordings",
    "narrate",
    "narrate_from",
    "placeholders",
    "plain_law",
    "training_wordings",
    "worded",
    "wordings",
]
