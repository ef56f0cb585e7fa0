"""What was changed so that a document fits an edit."""

from typing import Any, Literal

from app.schemas.base import Answer

ChangeKey = Literal[
    # The network's inputs have the shape of the data.
    "inputs",
    # There are as many targets as samples.
    "samples",
    # A Flatten layer was added before another, or at the end, or moved there.
    "flatten_added",
    "flatten_moved",
    # A layer's setting, so that its windows fit.
    "setting",
    # A layer has as many outputs as there are targets; or a Linear layer was added that has.
    "width",
    "layer_added",
    # A layer's numbers: those that still fit were kept, the others drawn from the seed, or made up.
    "weights",
    # What the optimizer remembers of them begins at 0.
    "memory",
    # Targets got columns of one number, mostly 0, or lost their last ones, or were written in another shape.
    "targets_added",
    "targets_removed",
    "targets_shaped",
    # Classes became rows with a 1, and single numbers a row for two classes.
    "targets_one_hot",
    "targets_pairs",
    # Numbers up to 1 became −1 or +1, by the side of the middle on which they are.
    "targets_sides",
    # There were none, and the loss takes targets: all are one number, mostly 0.
    "targets_made",
    # A given gradient has as many numbers as there are outputs; or none was given, and all are 1.
    "gradient",
    "gradient_made",
    # The loss takes what the targets are; or there are none, and the loss takes none.
    "loss",
    "loss_alone",
    # Nesterov needs momentum: it got some, or was switched off.
    "momentum",
    "nesterov",
]


class ChangeAnswer(Answer):
    """One thing that was changed so that the document fits an edit: the `key` of what was done, `where`, and what it
    says beside, such as the `layer`, or how many weights were `kept` and `drawn`.
    """

    key: ChangeKey
    where: str
    values: dict[str, Any]
