"""What a convolution and its transpose share."""

from __future__ import annotations

from tinyml.core import Index
from tinyml.layers.base import Layer
from tinyml.layers.unrolled import Unrolled, over_pixels, under_windows
from tinyml.layers.windows import Windows


class Convolution(Layer):
    """y = Σ x w + b, or without the b. A convolution has its windows on the input, and an output for each; the
    transpose has them on the output, and `paints` one for each input. Its weights count channels first, those of a
    convolution filters.
    """

    begins_unit = analytic = piecewise_affine = True
    elementwise = False
    reach = "window"
    windows: Windows

    def parameter_axes(self, name: str) -> str:
        within = "i,j" if len(self.windows.size) > 1 else "j"
        return "f" if name == "b" else f"c,f,{within}" if self.paints else f"f,c,{within}"

    def unrolled(self, input_shape: Index, output_shape: Index) -> dict[str, Unrolled]:
        small, large = (input_shape, output_shape) if self.paints else (output_shape, input_shape)
        image, counts = large[1:], small[1:]
        seen, lying = under_windows(self.windows, image, counts), over_pixels(self.windows, image, counts)
        return {"output": lying, "input_gradient": seen} if self.paints else {"output": seen, "input_gradient": lying}
