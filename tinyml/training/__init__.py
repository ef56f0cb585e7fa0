"""Trainings: steps on mini-batches as fast as the engine goes, every one of which can be seen again."""

from tinyml.training.checkpoints import MOST_BYTES, Checkpoints, ReplayError
from tinyml.training.curve import Curve
from tinyml.training.histograms import Histogram, TensorHistogram, histogram, histograms
from tinyml.training.measures import Measure, Measured
from tinyml.training.notices import Notice, Observer
from tinyml.training.run import Diverged, Position, TrainingRun
from tinyml.training.surface import Surface, surface
from tinyml.training.train import Noticed, Report, train
from tinyml.training.until import Plateau, Progress, Until

__all__ = [
    "MOST_BYTES",
    "Checkpoints",
    "Curve",
    "Diverged",
    "Histogram",
    "Measure",
    "Measured",
    "Notice",
    "Noticed",
    "Observer",
    "Plateau",
    "Position",
    "Progress",
    "ReplayError",
    "Report",
    "Surface",
    "TensorHistogram",
    "TrainingRun",
    "Until",
    "histogram",
    "histograms",
    "surface",
    "train",
]
