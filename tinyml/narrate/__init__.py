"""The steps of a training step as messages, with their numbers, and messages as sentences in a language. A message is
data.
"""

from tinyml.narrate.laws import Law, LawNode, law_in
from tinyml.narrate.message import Figure, Formula, Message, Named, Symbol
from tinyml.narrate.step import Step, Term, narrate, narrate_from
from tinyml.narrate.titles import equation_title, law_title
from tinyml.narrate.wording import LANGUAGES, placeholders, worded, wordings
from tinyml.narrate.wording import Language as Language

__all__ = [
    "LANGUAGES",
    "Figure",
    "Formula",
    "Law",
    "LawNode",
    "Message",
    "Named",
    "Step",
    "Symbol",
    "Term",
    "equation_title",
    "law_in",
    "law_title",
    "narrate",
    "narrate_from",
    "placeholders",
    "worded",
    "wordings",
]
