"""The changes that adapt a document to an edit."""

from typing import Any, Literal

from app.schemas.base import Answer

ChangeKey = Literal[
    # The network's inputs were given the shape of the data.
    "inputs",
    # Targets were added or removed: one for each sample.
    "samples",
    # A Flatten layer was added before another, or at the end, or moved there.
    "flatten_added",
    "flatten_moved",
    # A layer's setting was changed so that its windows fit.
    "setting",
    # A layer was given as many outputs as there are targets, or a Linear layer with that many was added.
    "width",
    "layer_added",
    # The data have fewer mini-batches than the position said: it is that of the first.
    "position",
    # A layer's numbers: those that still fit were kept, the others drawn from the seed or filled in.
    "weights",
    # The optimizer's state for them starts at 0.
    "memory",
    # Columns of one number, usually 0, were added to the targets, or the last ones removed, or their shape changed.
    "targets_added",
    "targets_removed",
    "targets_shaped",
    # Classes became rows with a 1, and single numbers a row for two classes.
    "targets_one_hot",
    "targets_pairs",
    # Numbers up to 1 became −1 or +1, depending on the side of the middle.
    "targets_sides",
    # The loss takes targets and there were none: all were set to one number, usually 0.
    "targets_made",
    # A given gradient was adapted to the number of outputs; or none was given, and all its numbers were set to 1.
    "gradient",
    "gradient_made",
    # The weights of a loss were adapted to the number of outputs; new ones are 1.
    "loss_weights",
    # The loss was changed to one that takes these targets, or, if there are none, to one without targets.
    "loss",
    "loss_alone",
    # Nesterov requires momentum: momentum was set, or Nesterov was switched off.
    "momentum",
    "nesterov",
]


class ChangeAnswer(Answer):
    """One change that adapts the document to an edit: the `key` of the change, `where` it is, and its `values`, such as
    the `layer`, or how many weights were `kept` and `drawn`.
    """

    key: ChangeKey
    where: str
    values: dict[str, Any]
