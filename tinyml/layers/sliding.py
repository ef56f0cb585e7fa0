"""Convolution as one matrix product for each row of pixels, forward and backward."""

from __future__ import annotations

from tinyml.core import Array, Backend, Program
from tinyml.core.products import product
from tinyml.layers.buffers import LayerBuffers
from tinyml.layers.windows import Line, Windows

# The maximum size of a band's products in the backward pass, half a megabyte, so that they stay in a core's cache until
# they are summed.
BAND = 2**16


class Sliding:
    """Windows that slide over the images in a layer's buffers: the programs of a convolution.

    The rows of the image are stored one below the other, each repeated for every column of a window and shifted by one
    pixel each time. The pixels of a row of windows are then adjacent rows of that array: a matrix view without a copy,
    so that each pixel is copied once per column of a window instead of once per tap. With a bias, each row of pixels
    ends with a row of ones.
    """

    def __init__(self, windows: Windows, biased: bool, at: LayerBuffers) -> None:
        self.windows = windows
        self.at = at
        self.biased = biased
        self.channels, self.height, self.width, self.batch = at.input.shape
        self.filters, self.rows, self.columns, _ = at.output.shape
        self._side = self.columns * self.batch
        # A row of pixels in the array: the channels, shifted to each column of a window, and the ones.
        self._pixels = windows.width * self.channels
        self._block = self._pixels + biased

    def arrange(self, filters: Array, biases: Array) -> Program:
        """Copy filters (filters, channels, h, w) and biases to the operands of the products."""
        kernel = self._kernel()
        program: Program = [(Backend.copyto, self._as_filters(kernel), filters)]
        return [*program, (Backend.copyto, kernel[:, 0, self._pixels :], biases)] if self.biased else program

    def spread(self) -> Program:
        """Copy the images to their places; the padding keeps its zeros."""
        laid, padding = self._laid(), self.windows.padding_above
        count = max(0, min(self.height, len(laid) - padding))
        pixels = laid[padding : padding + count, : self._pixels].reshape(
            count, self.windows.width, self.channels, self.columns, self.batch
        )
        images = self.at.input[:, :count].swapaxes(0, 1)
        return [
            (Backend.copyto, pixels[:, j, :, line.windows], images[:, :, line.pixels])
            for j, line in enumerate(self._lines())
            if line.length and count
        ]

    def forward(self) -> Program:
        """Compute the output, row by row."""
        kernel = self._kernel().reshape(self.filters, self.windows.height * self._block)
        return [
            call
            for row, seen in enumerate(self._seen())
            for call in product(kernel, seen, self.at.output[:, row].reshape(self.filters, self._side))
        ]

    def parameters(self, filters: Array, biases: Array) -> Program:
        """Compute the gradients of filters and biases, from the array of the forward pass."""
        # Transposed, because the products then take less time.
        shape = (self.rows, self.windows.height, self._block, self.filters)
        parts, total = self.at.scratch("gradient parts", shape), self.at.scratch("gradient", shape[1:])
        program: Program = [
            call
            for row, (seen, part) in enumerate(zip(self._seen(), parts, strict=True))
            for call in product(
                seen, self._upstream(row).T, part.reshape(self.windows.height * self._block, self.filters)
            )
        ]
        whole = total.transpose(2, 0, 1)
        program += [(parts.sum, 0, None, total), (Backend.copyto, filters, self._as_filters(whole))]
        return [*program, (Backend.copyto, biases, whole[:, 0, self._pixels :])] if self.biased else program

    def backward(self, filters: Array) -> Program:
        """Compute the gradient of the images: for each row of pixels the filters times the rows of ∇ whose windows
        contain it, then one shifted addition for each column of a window.
        """
        at, across = self.at, self.windows.width
        kernel = at.scratch("kernel back", (across, self.channels, self.windows.height, self.filters))
        upstream, program = self._upstream_rows()
        program += self._arrange_back(filters, kernel)
        height = min(self.height, max(1, BAND // max(1, self._pixels * self._side)))
        changes = at.scratch("changes", (height, across, self.channels, self.columns, self.batch))
        for start in range(0, self.height, height):
            band = changes[: self.height - start]
            for row, change in enumerate(band, start):
                program += self._back_to_row(row, kernel, upstream, change.reshape(self._pixels, self._side))
            program += self._add_up(at.input_gradient[:, start : start + height], band)
        return program

    def _upstream_rows(self) -> tuple[Array, Program]:
        """Return ∇ as (rows, filters, side), and the program that copies it there, if it is stored in another order."""
        shape = (self.rows, self.filters, self._side)
        rows = self.at.output_gradient.swapaxes(0, 1)
        if rows.flags.c_contiguous:
            return rows.reshape(shape), []
        upstream = self.at.scratch("upstream", shape)
        return upstream, [(Backend.copyto, upstream.reshape(rows.shape), rows)]

    def _arrange_back(self, filters: Array, kernel: Array) -> Program:
        """Copy the rows of the filters in reverse order. With a stride only every stride-th filter row reaches a given
        row of pixels; these rows are stored together.
        """
        program: Program = []
        stride, height = self.windows.stride, self.windows.height
        for first in range(min(stride, height)):
            start, count = self._meeting(first)
            last = first + (count - 1) * stride
            rows = filters[:, :, ::-1][:, :, height - 1 - last :: stride]
            program.append((Backend.copyto, kernel[:, :, start : start + count], rows.transpose(3, 1, 2, 0)))
        return program

    def _meeting(self, first: int) -> tuple[int, int]:
        """Return the start of the filters' rows `first`, `first` + stride, … in the arranged kernel, and their
        number.
        """
        counts = [len(range(i, self.windows.height, self.windows.stride)) for i in range(first + 1)]
        return sum(counts[:-1]), counts[-1]

    def _back_to_row(self, row: int, kernel: Array, upstream: Array, change: Array) -> Program:
        """Return the program of the contributions of all windows to a row of pixels, by column of the window."""
        lowest, first = divmod(row + self.windows.padding_above, self.windows.stride)
        start, count = self._meeting(first)
        top = lowest - count + 1  # the row of windows whose last such filter row is on this row of pixels
        begin, end = max(0, -top), min(count, self.rows - top)
        if begin >= end:
            return [(change.fill, 0)]
        met = kernel[:, :, start + begin : start + end].reshape(self._pixels, (end - begin) * self.filters)
        above = upstream[top + begin : top + end]
        return product(met, above.reshape(len(above) * self.filters, self._side), change)

    def _add_up(self, images: Array, changes: Array) -> Program:
        """Sum the contributions to each pixel of some rows over the columns of the windows."""
        lines = [(j, line) for j, line in enumerate(self._lines()) if line.length]
        # A column that covers all pixels comes first, since it needs no addition to zeros.
        lines.sort(key=lambda found: not self._has_all(found[1]))
        program: Program = [] if lines and self._has_all(lines[0][1]) else [(images.fill, 0)]
        for j, line in lines:
            pixels, added = images[:, :, line.pixels], changes[:, j, :, line.windows].swapaxes(0, 1)
            program.append((Backend.add, pixels, added, pixels) if program else (Backend.copyto, pixels, added))
        return program

    def _has_all(self, line: Line) -> bool:
        return bool(line.length == self.width)

    def _upstream(self, row: int) -> Array:
        return self.at.output_gradient[:, row].reshape(self.filters, self._side)

    def _lines(self) -> list[Line]:
        """Return for each column of a window the windows where it is on a pixel, and those pixels."""
        return [self.windows.line(j, self.width, range(self.columns)) for j in range(self.windows.width)]

    def _kernel(self) -> Array:
        return self.at.scratch("kernel", (self.filters, self.windows.height, self._block))

    def _as_filters(self, kernel: Array) -> Array:
        """Return a view of a kernel laid out like `_kernel` as filters (filters, channels, h, w), without the
        biases.
        """
        shape = (self.filters, self.windows.height, self.windows.width, self.channels)
        return kernel[..., : self._pixels].reshape(shape).transpose(0, 3, 1, 2)

    def _laid(self) -> Array:
        """Return the array of all rows of pixels that windows cover."""
        height = (self.rows - 1) * self.windows.stride + self.windows.height
        laid = self.at.scratch("laid", (height, self._block, self.columns, self.batch))
        laid[:, self._pixels :] = 1
        return laid

    def _seen(self) -> list[Array]:
        """Return for each row of windows the matrix of its pixels, with one column per window."""
        laid = self._laid()
        rows = laid.reshape(len(laid) * self._block, self._side)
        starts = range(0, self.rows * self.windows.stride, self.windows.stride)
        return [rows[start * self._block : (start + self.windows.height) * self._block] for start in starts]
