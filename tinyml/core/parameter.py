"""A tensor that training changes."""

from tinyml.core.backend import Array


class Parameter:
    """A tensor with the gradient of the loss with respect to it.

    `tensor`        the values.
    `gradient`      ∂ℓ/∂tensor, of the same shape; None until a backward pass has reached it.
    `state`         what an optimizer remembers from step to step, by name; empty until it has.
    `require_grad`  False keeps optimizers from changing the tensor.
    """

    def __init__(self, tensor: Array, require_grad: bool = True) -> None:
        self.tensor = tensor
        self.require_grad = require_grad
        self.gradient: Array | None = None
        self.state: dict[str, Array] = {}

    @property
    def velocity(self) -> Array | None:
        """What an optimizer with momentum remembers; None until it has."""
        return self.state.get("velocity")

    @velocity.setter
    def velocity(self, velocity: Array | None) -> None:
        """None makes the optimizer forget it."""
        # A new dictionary: whoever holds the old one, such as a record, keeps what it saw.
        others = {name: value for name, value in self.state.items() if name != "velocity"}
        self.state = others if velocity is None else {**others, "velocity": velocity}
