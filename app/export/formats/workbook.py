"""A workbook whose cells are formulas on each other."""

from app.documents import Experiment
from app.export.format import Format
from app.export.subject import Subject
from app.export.workbook import workbook
from app.problems import Problem
from tinyml.core import Backend, overflow_allowed
from tinyml.explain import step_formulas
from tinyml.steps import stages, total


def terms(experiment: Experiment) -> int:
    """The terms of a training step, each of which is in a formula."""
    model, x = experiment.model, experiment.x
    return total(stages(model.layers, model.topology, x.shape[1:], len(x), experiment.loss))


def write(subject: Subject) -> bytes:
    """The workbook of a training step. Raises a Problem for what has no formulas, or no numbers that cells can have."""
    recorded = subject.recorded
    clip = recorded.optimizer.clip
    if clip is not None and clip.kind == "norm":
        detail = (
            "A workbook has no clipping of gradients by their norm, which joins those of all layers; leave out `clip`, "
            "or use a clip by value."
        )
        raise Problem(422, detail, ("document", "optimizer", "clip"), key="workbook_clip")
    with overflow_allowed():
        try:
            formulas = step_formulas(recorded)
            for one in formulas:
                if not Backend.isfinite(one.tensor.values).all():
                    ref = one.tensor.name
                    detail = f"{ref} is not finite, and cells have finite numbers only; use smaller values."
                    raise Problem(422, detail, ("document",), key="workbook_not_finite", values={"ref": ref})
            return workbook(subject.document.name, formulas, subject.request.language)
        except NotImplementedError as error:
            raise Problem(422, str(error), ("document",), key="no_workbook") from error


FORMATS = (
    Format(
        "workbook",
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "step.xlsx",
        write,
        limit="MAX_WORKBOOK_TERMS",
        size=terms,
        instead="code/numpy",
        milliseconds=(100, 0.7),
        bytes=(50_000, 60),
    ),
)
