"""The optimizers whose updates are worded in tests: each in the settings that its sentences depend on."""

from tests.support.networks import with_clip, with_penalty, with_schedule
from tinyml.optims import (
    AdagradOptimizer,
    AdamOptimizer,
    AdamWOptimizer,
    Optimizer,
    RMSPropOptimizer,
    SGDOptimizer,
    StepSchedule,
    WarmUpSchedule,
)

OPTIMIZERS: list[Optimizer] = [
    SGDOptimizer(0.1),
    SGDOptimizer(0.0),
    SGDOptimizer(0.1, weight_decay=0.5),
    SGDOptimizer(0.1, 0.9),
    SGDOptimizer(0.1, 0.9, nesterov=True, weight_decay=0.1),
    SGDOptimizer(0.1, 0.9, momentum_form="previous_change"),
    RMSPropOptimizer(weight_decay=0.1),
    AdagradOptimizer(lr_decay=0.1),
    with_clip(SGDOptimizer(0.1), "norm", 0.05),
    with_clip(SGDOptimizer(0.1), "value", 0.01),
    with_penalty(SGDOptimizer(0.1, weight_decay=0.5), 0.1, 0.2),
    with_clip(with_penalty(SGDOptimizer(0.1, 0.9), 0.1, 0.0), "norm", 0.05),
    AdamOptimizer(weight_decay=0.1),
    AdamWOptimizer(),
    with_schedule(SGDOptimizer(0.1), StepSchedule(every=2, factor=0.5), 5),
    with_schedule(AdamOptimizer(0.1), WarmUpSchedule(over=9, unit="step"), 3),
]
