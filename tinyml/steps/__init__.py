"""The order of a training step at four grains: pass, layer, node, term. Any step is found by counting."""

from tinyml.steps.grains import Grain as Grain
from tinyml.steps.grains import Place, across, count, locate, move, steps_done
from tinyml.steps.stages import Part, Stage, end_of, phase_at, ref_of, stages, total, written
from tinyml.steps.stages import Phase as Phase

__all__ = [
    "Part",
    "Place",
    "Stage",
    "across",
    "count",
    "end_of",
    "locate",
    "move",
    "phase_at",
    "ref_of",
    "stages",
    "steps_done",
    "total",
    "written",
]
