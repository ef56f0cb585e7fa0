"""The functions that exported programs define, as they are written there: forward and backward of layers with windows
and of normalizations.

Their source text is copied into a program, so each uses numpy and its own arguments alone. The forward functions assign
into no array: with jax.numpy in the place of numpy JAX differentiates them.
"""

# mypy: disable-error-code="no-untyped-def, no-untyped-call"

import inspect
import math
import re
from collections.abc import Iterable

from tinyml.core import Backend as np


def sigmoid(z):
    """σ(z), without an overflow for large negative numbers."""
    return 0.5 * (1 + np.tanh(0.5 * z))


def erf(z):
    """The error function, number by number."""
    return np.vectorize(math.erf, otypes=[float])(z)


def softmax(z):
    """Probabilities over the first axis of a sample."""
    powers = np.exp(z - z.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def log_softmax(z):
    """The logarithms of these probabilities."""
    shifted = z - z.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def normalized(z, axes, epsilon):
    """z shifted and scaled to mean 0 and variance 1 over some axes."""
    mean = z.mean(axis=axes, keepdims=True)
    variance = ((z - mean) ** 2).mean(axis=axes, keepdims=True)
    return (z - mean) / np.sqrt(variance + epsilon)


def normalized_backward(d, z, axes, epsilon):
    """The gradient of z, from that of the normalized numbers."""
    mean = z.mean(axis=axes, keepdims=True)
    root = np.sqrt(((z - mean) ** 2).mean(axis=axes, keepdims=True) + epsilon)
    x = (z - mean) / root
    return (d - d.mean(axis=axes, keepdims=True) - x * (d * x).mean(axis=axes, keepdims=True)) / root


def rms_normalized(z, axes, epsilon):
    """z divided by its root mean square over some axes."""
    return z / np.sqrt((z**2).mean(axis=axes, keepdims=True) + epsilon)


def rms_normalized_backward(d, z, axes, epsilon):
    """The gradient of z, from that of the normalized numbers."""
    root = np.sqrt((z**2).mean(axis=axes, keepdims=True) + epsilon)
    x = z / root
    return (d - x * (d * x).mean(axis=axes, keepdims=True)) / root


def padded(z, padding):
    """Images with zeros around them: so many rows and columns on each side."""
    return np.pad(z, ((0, 0), (0, 0), (padding[0], padding[0]), (padding[1], padding[1])))


def taps(z, height, width, stride):
    """For each place in a window, the pixels at it in all windows, as views."""
    rows, columns = (z.shape[2] - height) // stride + 1, (z.shape[3] - width) // stride + 1
    return {
        (i, j): z[:, :, i : i + stride * (rows - 1) + 1 : stride, j : j + stride * (columns - 1) + 1 : stride]
        for i in range(height)
        for j in range(width)
    }


def convolved(z, w, stride, padding):
    """Images (samples, channels, rows, columns) under filters w (filters, channels, rows, columns)."""
    pixels = taps(padded(z, padding), w.shape[2], w.shape[3], stride)
    return sum(np.einsum("ncrs,fc->nfrs", pixels[i, j], w[:, :, i, j]) for i, j in pixels)


def convolved_backward(d, z, w, stride, padding):
    """The gradients of z and of w."""
    around, d_w = np.zeros_like(padded(z, padding)), np.zeros_like(w)
    pixels = taps(padded(z, padding), w.shape[2], w.shape[3], stride)
    shares = taps(around, w.shape[2], w.shape[3], stride)  # views: what is added to them is added to `around`
    for i, j in pixels:
        d_w[:, :, i, j] = np.einsum("nfrs,ncrs->fc", d, pixels[i, j])
        shares[i, j][...] += np.einsum("nfrs,fc->ncrs", d, w[:, :, i, j])
    return around[:, :, padding[0] : padding[0] + z.shape[2], padding[1] : padding[1] + z.shape[3]], d_w


def placed(count, size, stride, shift):
    """Which of `size` places each of `count` numbers is written to, as a matrix of zeros and ones."""
    return (np.arange(size)[:, None] == stride * np.arange(count)[None, :] + shift).astype(float)


def spread(z, w, stride, dilation, padding):
    """For each weight of a filter, the rows and columns to which a transposed convolution writes each number."""
    sides = zip(z.shape[2:], w.shape[2:], strict=True)
    rows, columns = [(n - 1) * stride + (k - 1) * dilation + 1 - 2 * padding for n, k in sides]
    return {
        (i, j): (
            placed(z.shape[2], rows, stride, i * dilation - padding),
            placed(z.shape[3], columns, stride, j * dilation - padding),
        )
        for i in range(w.shape[2])
        for j in range(w.shape[3])
    }


def transposed(z, w, stride, dilation, padding):
    """The transposed convolution, with filters w (channels, filters, rows, columns)."""
    places = spread(z, w, stride, dilation, padding)
    return sum(np.einsum("ncrs,cf,ar,bs->nfab", z, w[:, :, i, j], *at, optimize=True) for (i, j), at in places.items())


def transposed_backward(d, z, w, stride, dilation, padding):
    """The gradients of z and of w."""
    d_z, d_w = np.zeros_like(z), np.zeros_like(w)
    for (i, j), at in spread(z, w, stride, dilation, padding).items():
        d_z += np.einsum("nfab,cf,ar,bs->ncrs", d, w[:, :, i, j], *at, optimize=True)
        d_w[:, :, i, j] = np.einsum("nfab,ncrs,ar,bs->cf", d, z, *at, optimize=True)
    return d_z, d_w


def pooled(z, height, width, stride):
    """The largest pixel of each window; of equal ones the first."""
    windows = np.stack([*taps(z, height, width, stride).values()])
    first = windows.argmax(axis=0)
    return np.take_along_axis(windows, first[None], axis=0)[0]


def pooled_backward(d, z, height, width, stride):
    """The gradient of z: that of a window goes to its largest pixel."""
    first = np.stack([*taps(z, height, width, stride).values()]).argmax(axis=0)
    d_z = np.zeros_like(z)
    for place, share in enumerate(taps(d_z, height, width, stride).values()):
        share[...] += d * (first == place)
    return d_z


def averaged(z, height, width, stride):
    """The mean of each window."""
    return sum(taps(z, height, width, stride).values()) / (height * width)


def averaged_backward(d, z, height, width, stride):
    """The gradient of z: that of a window goes to its pixels in equal parts."""
    d_z = np.zeros_like(z)
    for share in taps(d_z, height, width, stride).values():
        share[...] += d / (height * width)
    return d_z


FUNCTIONS = {name: inspect.getsource(of) for name, of in tuple(globals().items()) if inspect.isfunction(of)}


def needed(lines: Iterable[str]) -> list[str]:
    """The names of the functions that some lines call, and those that these call, in the order of definition."""
    called, left = set[str](), [*lines]
    while left:
        words = set(re.findall(r"\w+", left.pop()))
        new = (words & FUNCTIONS.keys()) - called
        called |= new
        left += [FUNCTIONS[name].partition(")")[2] for name in new]
    return [name for name in FUNCTIONS if name in called]
