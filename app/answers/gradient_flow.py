"""How the gradient flows, as JSON."""

from typing import Any

from app.answers.numbers import Numbers
from tinyml.flow import LayerFlow, flow_ratio, gradient_flow
from tinyml.trace import Trace


def gradient_flow_answer(recorded: Trace) -> dict[str, Any]:
    """The gradient that arrives at each layer, row by row."""
    numbers, flows = Numbers(), gradient_flow(recorded)
    ratio = flow_ratio(flows)
    return {
        "rows": [_row(flow, f"/rows/{i}", numbers) for i, flow in enumerate(flows)],
        "ratio": None if ratio is None else numbers.scalar(ratio, "/ratio"),
        "nonfinite": numbers.nonfinite,
    }


def _row(flow: LayerFlow, path: str, numbers: Numbers) -> dict[str, Any]:
    own = flow.parameters
    return {
        "layer": flow.layer.name,
        "type": flow.layer.type,
        "gradient": numbers.scalar(flow.gradient, f"{path}/gradient"),
        "parameters": None if own is None else numbers.scalar(own, f"{path}/parameters"),
        "units": flow.units,
        "dead": flow.dead,
        "saturated": flow.saturated,
    }
