"""Each loss as lines of a program: its value in numpy and in PyTorch, and ∂ℓ/∂ŷ in numpy.

`{out}` is the output of the network, `{y}` the targets, `{n}` the number of samples and `{count}` that of all outputs;
`{delta}` and `{gradient}` are settings.
"""

from typing import NamedTuple


class LossLines(NamedTuple):
    """A loss in a program: its value, and its derivative by the output."""

    value: str
    derivative: str
    torch: str


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
    "softmax_cross_entropy": LossLines(
        "-({y} * log_softmax({out})).sum() / {n}",
        "({y}.sum(axis=1, keepdims=True) * softmax({out}) - {y}) / {n}",
        "-({y} * torch.log_softmax({out}, 1)).sum() / {n}",
    ),
    "output": LossLines("{out}.sum()", "np.ones_like({out})", "{out}.sum()"),
    "given_gradient": LossLines("({gradient} * {out}).sum()", "{gradient}", "({gradient} * {out}).sum()"),
}
