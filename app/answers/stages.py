"""The stages of a training step as JSON, without the fields that follow from the stage before, the layer or the
tensors.
"""

from collections.abc import Mapping
from typing import Any

from app.schemas.base import without_defaults
from app.schemas.trace import ResultsAnswer, StageAnswer
from tinyml.layers.operation_counts import ResultCounts
from tinyml.steps import Stage
from tinyml.trace import Trace


def stages_answer(recorded: Trace, tensors: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The stages in order of time. `tensors` are those that the answer has."""
    stages = recorded.stages
    return [
        _stage(stage, before, recorded, tensors) for before, stage in zip((None, *stages[:-1]), stages, strict=True)
    ]


def _stage(stage: Stage, before: Stage | None, recorded: Trace, tensors: Mapping[str, Any]) -> dict[str, Any]:
    stage_fields = {
        "phase": None if before and stage.phase == before.phase else stage.phase,
        "layer": None if before and stage.layer == before.layer else stage.layer,
        "computes": stage.computes,
        "nodes": stage.nodes,
        "terms": stage.terms,
        "start": None if stage.start == (before.end if before else 0) else stage.start,
        "reads": None if stage.reads == _usually_read(stage, recorded) else stage.reads,
        "results": [_results(results, stage, tensors) for results in stage.results],
        "settles": {**dict(stage.settles), **_remembered(stage, recorded), **_penalized(stage, recorded)},
    }
    return without_defaults(StageAnswer, stage_fields)


def _remembered(stage: Stage, recorded: Trace) -> dict[str, str]:
    """The optimizer state of a parameter after the update is known together with the parameter."""
    if stage.computes != "next":
        return {}
    [layer] = [layer for layer in recorded.layers if layer.layer.name == stage.layer]
    return {
        f"{stage.layer}.{name}.{word}.next": f"{stage.layer}.{name}.next"
        for name, parameter in layer.parameters.items()
        for word in parameter.next_state
    }


def _penalized(stage: Stage, recorded: Trace) -> dict[str, str]:
    """With a penalty the objective is known with the loss, and its gradient by a parameter with that of the loss."""
    if recorded.objective is None:
        return {}
    if stage.computes == "loss":
        return {"loss.penalty": "loss", "loss.objective": "loss"}
    if stage.computes != "parameter_gradients":
        return {}
    owners = [part.name.removesuffix(".grad") for part in stage.results]
    return {f"{owner}.objective_grad": f"{owner}.grad" for owner in owners}


def _usually_read(stage: Stage, recorded: Trace) -> tuple[str, ...]:
    """The default of `reads` for a stage of this kind."""
    if stage.computes == "loss":
        return (f"{recorded.last.layer.name}.output", "y")
    if stage.phase not in ("forward", "update"):
        return ()
    place = next(place for place, layer in enumerate(recorded.layers) if layer.layer.name == stage.layer)
    parameters = [f"{stage.layer}.{name}" for name in recorded.layers[place].parameters]
    return tuple(parameters if stage.phase == "update" else [*recorded.inputs(place), *parameters])


def _results(results: ResultCounts, stage: Stage, tensors: Mapping[str, Any]) -> dict[str, Any]:
    # The loss is a scalar, not a tensor.
    is_sent = tensors.get(results.name) is not None or not results.shape
    numbers = sum([part.each for part in stage.results])
    result_fields = {
        "name": results.name,
        "shape": None if is_sent else results.shape,
        "each": None if is_sent else results.each,
        "terms": None if results.terms * numbers == stage.terms else results.terms,
        "axis": results.axis,
        "sampled": results.sampled,
    }
    return without_defaults(ResultsAnswer, result_fields)
