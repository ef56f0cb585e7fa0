"""What is known at a cursor grows with it, in the order of the passes."""

from hypothesis import given
from hypothesis import strategies as st

from tests.support.networks import Document, build, documents
from tinyml.explain.quantities import families
from tinyml.progress import Progress
from tinyml.steps import end_of, total
from tinyml.trace import Trace


def refs(recorded: Trace) -> list[str]:
    return [
        family.ref(tuple(size - 1 for size in family.values.shape) if corner else (0,) * family.values.ndim)
        for family in families(recorded)
        for corner in (False, True)
    ]


@given(documents(), st.data())
def test_what_is_known_stays_known(document: Document, data: st.DataObject) -> None:
    recorded = build(document).trace()
    earlier, later = sorted(data.draw(st.tuples(*[st.integers(0, total(recorded.stages))] * 2)))
    before, after = Progress(recorded.stages, earlier), Progress(recorded.stages, later)
    for ref in refs(recorded):
        assert after.knows(ref) or not before.knows(ref), ref


@given(documents())
def test_each_pass_brings_its_numbers_and_no_others(document: Document) -> None:
    recorded = build(document).trace()
    plan = recorded.stages
    known = {
        phase: {ref for ref in refs(recorded) if Progress(plan, end_of(plan, phase)).knows(ref)}
        for phase in ("ready", "forward", "loss", "backward")
    }
    everything = set(refs(recorded))
    assert not any(".grad" in ref or ".next" in ref or ".output" in ref or ref == "loss" for ref in known["ready"])
    assert not any(".grad" in ref or ".next" in ref or ref == "loss" for ref in known["forward"])
    assert known["loss"] - known["forward"] == {"loss", "loss.grad"}
    assert everything - known["backward"] == {ref for ref in everything if ".next" in ref}
    assert all(Progress(plan, total(plan)).knows(ref) for ref in everything)
