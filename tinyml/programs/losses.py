"""Each loss as lines of a program: its value in numpy and in PyTorch, and ∂ℓ/∂ŷ in numpy.

`{out}` is the output of the network, `{y}` the targets, `{n}` the number of samples and `{count}` that of all outputs;
`{classes}` that of the outputs of a sample; `{delta}`, `{gradient}`, `{label_smoothing}`, `{weight}` and `{pos_weight}`
are settings. A loss that has other lines with some settings has them under a longer name, with these.
"""

from typing import NamedTuple


class LossLines(NamedTuple):
    """A loss in a program: its value, and its derivative by the output."""

    value: str
    derivative: str
    torch: str


_SMOOTH = "((1 - {label_smoothing}) * {y} + {label_smoothing} / {classes})"
_TOTAL = "({weight} * {y}).sum()"


def _cross_entropy(targets: str, total: str, arguments: str) -> LossLines:
    """Softmax cross entropy with these targets and this divisor. PyTorch divides by the number of samples where the
    targets are rows, and not by their weights.
    """
    torch = f"torch.nn.functional.cross_entropy({{out}}, {{y}}, {arguments})"
    return LossLines(
        f"-({targets} * log_softmax({{out}})).sum() / {total}",
        f"({targets}.sum(axis=1, keepdims=True) * softmax({{out}}) - {targets}) / {total}",
        torch if total == "{n}" else f"{torch} * {{n}} / {total}",
    )


LOSSES: dict[str, LossLines] = {
    "half_squared_error": LossLines("(({out} - {y}) ** 2).sum() / 2", "{out} - {y}", "(({out} - {y}) ** 2).sum() / 2"),
    "mean_squared_error": LossLines(
        "(({out} - {y}) ** 2).mean()", "2 * ({out} - {y}) / {count}", "torch.nn.functional.mse_loss({out}, {y})"
    ),
    "mean_absolute_error": LossLines(
        "np.abs({out} - {y}).mean()", "np.sign({out} - {y}) / {count}", "torch.nn.functional.l1_loss({out}, {y})"
    ),
    "huber": LossLines(
        "np.where(np.abs({out} - {y}) <= {delta}, ({out} - {y}) ** 2 / 2, "
        "{delta} * (np.abs({out} - {y}) - {delta} / 2)).mean()",
        "np.clip({out} - {y}, -{delta}, {delta}) / {count}",
        "torch.nn.functional.huber_loss({out}, {y}, delta={delta})",
    ),
    "hinge": LossLines(
        "np.where({y} * {out} < 1, 1 - {y} * {out}, 0.0).mean()",
        "np.where({y} * {out} < 1, -{y}, 0.0) / {count}",
        "torch.relu(1 - {y} * {out}).mean()",
    ),
    "binary_cross_entropy": LossLines(
        "(np.logaddexp(0.0, {out}) - {y} * {out}).sum() / {n}",
        "(sigmoid({out}) - {y}) / {n}",
        'torch.nn.functional.binary_cross_entropy_with_logits({out}, {y}, reduction="sum") / {n}',
    ),
    "binary_cross_entropy pos_weight": LossLines(
        "({pos_weight} * {y} * np.logaddexp(0.0, -{out}) + (1 - {y}) * np.logaddexp(0.0, {out})).sum() / {n}",
        "(sigmoid({out}) * (1 - {y} + {pos_weight} * {y}) - {pos_weight} * {y}) / {n}",
        "torch.nn.functional.binary_cross_entropy_with_logits("
        '{out}, {y}, pos_weight={pos_weight}, reduction="sum") / {n}',
    ),
    "softmax_cross_entropy": LossLines(
        "-({y} * log_softmax({out})).sum() / {n}",
        "({y}.sum(axis=1, keepdims=True) * softmax({out}) - {y}) / {n}",
        "-({y} * torch.log_softmax({out}, 1)).sum() / {n}",
    ),
    "softmax_cross_entropy label_smoothing": _cross_entropy(_SMOOTH, "{n}", "label_smoothing={label_smoothing}"),
    "softmax_cross_entropy weight": _cross_entropy("({weight} * {y})", _TOTAL, "weight={weight}"),
    "softmax_cross_entropy label_smoothing weight": _cross_entropy(
        f"({{weight}} * {_SMOOTH})", _TOTAL, "weight={weight}, label_smoothing={label_smoothing}"
    ),
    "output": LossLines("{out}.sum()", "np.ones_like({out})", "{out}.sum()"),
    "given_gradient": LossLines("({gradient} * {out}).sum()", "{gradient}", "({gradient} * {out}).sum()"),
}
