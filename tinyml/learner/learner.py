"""Training: many steps over batches of data, and a record of how it went."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tinyml.core import Array, Backend, ShapeError, overflow_allowed
from tinyml.data import Batches
from tinyml.layers.plan import Plan
from tinyml.learner.divergence import Watch
from tinyml.learner.epochs import Epoch, every
from tinyml.learner.moments import Moment, all_finite
from tinyml.learner.stepper import Stepper
from tinyml.losses import Loss
from tinyml.net import Sequential
from tinyml.net.training_plan import TrainingPlan
from tinyml.optims import Optimizer

# Losses are called; those written for the chapter's library are plain functions.
LossFunction = Callable[[Array, Any], tuple[float, Array]]
# How many steps of `fit` are taken before it is checked that all their numbers are finite.
AT_ONCE = 64


class Learner:
    """Fits a model to data by a loss and an optimizer.

    `seed` orders the samples of each epoch, as `tinyml.data.Batches` does. Epochs count on from one `fit` to the next,
    also for the optimizer's schedule; a step of `batch_fit` alone takes the rate that the optimizer has. A penalty of
    large weights is that of the optimizer, `optimizer.penalty`.
    """

    def __init__(
        self,
        model: Sequential,
        loss: LossFunction,
        optimizer: Optimizer,
        *,
        seed: int = 0,
    ) -> None:
        self.model = model
        self.loss = loss
        self.optimizer = optimizer
        self.seed = seed
        self._epochs = 0  # that have begun, in all calls of `fit`
        self._plan: TrainingPlan | None = None  # that of the last step, usually also of the next
        self._watch: Watch | None = None  # what checks each step of `fit`, before the update
        self._stepper: Stepper | None = None  # what takes the steps of `fit`

    def __getstate__(self) -> dict[str, object]:
        # A copy makes its own plans: a plan refers to the arrays of its model.
        return {**vars(self), "_plan": None, "_watch": None, "_stepper": None}

    def batch_fit(self, data: Array, label: Array | None, steps: int = 1) -> float:
        """One training step on one batch, or several; returns the batch's loss before the last of them."""
        if steps < 1:
            raise ValueError(f"Learner: steps must be at least 1, got {steps}; leave it out for one step.")
        plan = self._plan
        if plan is None or not plan.serves(self.model.layers, self.loss, data):
            if not isinstance(self.loss, Loss):
                return [self._fit_by_function(self.loss, data, label) for _ in range(steps)][-1]
            plan = self._plan = self.model.training_plan("fit", self.loss, data)
        plan.take(data, label)
        watch, optimizer = self._watch, self.optimizer
        loss: float | None = None
        for _ in range(steps):
            plan.step()
            if watch:
                loss = plan.measured()
                watch.look(plan, label, loss, [plan.gradients])
            plan.update(optimizer)
        # The loss is that before the update, whose inputs the update does not change.
        last: float = plan.measured() if loss is None else loss
        return last

    def _fit_by_function(self, measure: LossFunction, data: Array, label: Array | None) -> float:
        """The same step with a loss that is a plain function."""
        loss, gradient = measure(self.model.forward(data), label)
        self.model.backward(gradient)
        if self._watch:
            gradients = [parameter.gradient for parameter in self.model.parameters if parameter.gradient is not None]
            self._watch.look(self.model.planned("forward", data, Plan), label, loss, gradients)
        self.model.update(self.optimizer)
        return loss

    def fit(
        self,
        data: Array,
        label: Array | None,
        epochs: int,
        batch_size: int | None = None,
        *,
        validation: float = 0.0,
        patience: int | None = None,
        callbacks: Sequence[Callable[..., object]] = (),
        callbacks_interval: int | None = None,
        cargs: Sequence[object] = (),
        progress: bool = True,
    ) -> list[Epoch]:
        """Train for some epochs and record each.

        `label`       the targets; None for a loss that takes none.
        `batch_size`  samples a step, in an order drawn for each epoch; by default all at once, in the order given.
        `validation`  the fraction of the samples, taken from the end, that is used for validation.
        `patience`    stop once so many epochs in a row did not lower the (validation) loss.
        `callbacks`   called after each epoch with its record; or, where `callbacks_interval` is given, as in the
                      original library: callback(model, epoch, *cargs), every so many epochs, counted from 0.
        Raises ShapeError if data and labels do not match, or no sample is left to train on; DivergenceError when a
        number is not finite, with the place of the first. The step is then not taken: network and optimizer state are
        as before it, unless the update itself overflowed.
        """
        kept_apart = round(len(data) * validation)
        count = len(data) - kept_apart
        labels = len(data) if label is None else len(label)
        if labels != len(data) or not 0 <= validation < 1 or count < 1:
            raise ShapeError(
                f"Learner: {len(data)} samples, {labels} labels and a validation share of {validation} leave "
                "nothing to train on; give a label for each sample, and use a smaller validation share."
            )
        batches = Batches(count, min(batch_size or count, count), seed=self.seed)
        held = (data[count:], _of(label, slice(count, None))) if kept_apart else None
        data, label = data[:count], _of(label, slice(count))
        if callbacks_interval is not None:
            callbacks = [every(callbacks_interval, callbacks, self.model, cargs)]
        history: list[Epoch] = []
        watch = self._watch = Watch(self.model, self.optimizer, history)
        # Only here, since the service starts without it.
        from tqdm import tqdm  # type: ignore[import-untyped, unused-ignore]

        try:
            for number in tqdm(range(epochs), disable=not progress, unit="epoch"):
                with overflow_allowed():  # the watch tells it, once
                    epoch = self._epoch(number, data, label, batches, held)
                    watch.look_at_parameters()
                    if held is not None and epoch.validation_loss is not None:
                        watch.look_at_measure(*held, epoch.validation_loss)
                history.append(epoch)
                for callback in callbacks:
                    callback(history[-1])
                if patience is not None and _stands_still(history, patience):
                    break
        finally:
            self._watch = self._stepper = None
        return history

    def predict(self, data: Array, batch_size: int | None = None) -> Array:
        """The model's output in evaluation mode, computed for `batch_size` samples at a time, by default for all."""
        return self.model.predict(data, batch_size)

    def _epoch(
        self, number: int, data: Array, label: Array | None, batches: Batches, held: tuple[Array, Array | None] | None
    ) -> Epoch:
        own, self._epochs = self._epochs, self._epochs + 1
        # In the order given: in another one the sums and the dropout masks would differ from those of `batch_fit`.
        alone = batches.steps == 1
        self.optimizer.go_to(own, own * batches.steps)
        loss = self.batch_fit(data, label) if alone else self._mini_batches(own, data, label, batches)
        penalising = self.optimizer.penalty
        penalty = 0.0 if penalising is None else penalising.value(self.model.parameters)
        validation_loss = None if held is None else self.loss(self.predict(held[0]), held[1])[0]
        return Epoch(number + 1, loss, penalty, validation_loss, self.optimizer.rate)

    def _mini_batches(self, epoch: int, data: Array, label: Array | None, batches: Batches) -> float:
        """A step with each mini-batch of an epoch; returns their mean loss."""
        losses, watch, stepper = Backend.empty(batches.steps), self._watch, self._stepper_of(data, label)
        scheduled = self.optimizer.schedule is not None
        for start in range(0, batches.steps, AT_ONCE):
            end = min(start + AT_ONCE, batches.steps)
            places = [(epoch, epoch * batches.steps + step) for step in range(start, end)]
            if stepper is not None and watch is not None:
                before = Moment.of(self.model)
                span = batches.span(epoch, start, end)
                stepper.take(span, batches.batch, losses[start:end], places if scheduled else ())
                if all_finite(losses[start:end], self.model):
                    watch.passed(end - start)
                    continue
                before.restore(self.model)
            for step in range(start, end):
                self.optimizer.go_to(*places[step - start])
                rows = batches.rows(epoch, step)
                losses[step] = self.batch_fit(data[rows], _of(label, rows))
        sizes = (batches.size(step) for step in range(batches.steps))
        return sum(loss * size for loss, size in zip(losses.tolist(), sizes, strict=True)) / len(data)

    def _stepper_of(self, data: Array, label: Array | None) -> Stepper | None:
        """What takes many steps at a time; None where every one of them must be checked by itself, since it may not be
        possible to take it again or since no update shows whether its gradients are finite.
        """
        stepper, model, loss = self._stepper, self.model, self.loss
        if stepper is not None and stepper.serves(model, loss, self.optimizer, data):
            return stepper
        repeatable = not self.optimizer.overrides_update and not any(layer.overrides_passes for layer in model.layers)
        # A bound makes an infinite gradient finite, and a frozen parameter takes none.
        seen = self.optimizer.clip is None and all(parameter.require_grad for parameter in model.parameters)
        if not (isinstance(loss, Loss) and repeatable and seen):
            return None
        self._stepper = Stepper(model, loss, self.optimizer, data, label)
        return self._stepper


def _of(label: Array | None, samples: Array | slice) -> Array | None:
    """The labels of some samples; None for a loss without targets."""
    return None if label is None else label[samples]


def _stands_still(history: list[Epoch], patience: int) -> bool:
    losses = [epoch.loss if epoch.validation_loss is None else epoch.validation_loss for epoch in history]
    return len(losses) > patience and min(losses[-patience:]) >= min(losses[:-patience])
