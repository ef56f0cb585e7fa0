"""Every limit of the service, by name. Each is listed in `GET /api/catalog` and in docs/api.md, and named in the error
that it causes.

There are two profiles: one for a service that its users start, and a guest profile (`tinyml-explorer --guest`,
TINYML_GUEST=1) for a public one, in which some limits are tighter.
"""

import os
from typing import Final

from tinyml import explain

# Whether the guest profile applies.
GUEST: Final = os.environ.get("TINYML_GUEST") == "1"
# The limits that the environment may set, as TINYML_<name>.
SETTABLE: Final[set[str]] = set()


def profiled(local: int, *, guest: int) -> int:
    """A limit that differs between the profiles."""
    return guest if GUEST else local


def setting(name: str, local: int, *, guest: int | None = None) -> int:
    """A limit that the environment may set as TINYML_<name>. Raises ValueError for anything but a whole number above
    0.
    """
    usual = profiled(local, guest=local if guest is None else guest)
    SETTABLE.add(name)
    text = os.environ.get(f"TINYML_{name}")
    if text is None:
        return usual
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise ValueError(f"TINYML_{name}: expected a whole number above 0, got something else; {usual} is usual.")
    return int(text)


# A million parameters with Adam's state for them, or two million inputs, written out to the last digit.
MAX_BODY_BYTES: Final = profiled(64 * 1024 * 1024, guest=4 * 1024 * 1024)
# The request line and all headers of a request; browsers send about 600 bytes.
MAX_HEAD_BYTES: Final = 32 * 1024
MAX_HEADERS: Final = 100
MAX_HEAD_SECONDS: Final = 10
# A client that sends a body, or reads an answer, at less than a kilobyte a second is disconnected.
MAX_STALL_SECONDS: Final = 10
MIN_STALL_BYTES: Final = 10_000
# Three hundred pages with three connections each.
MAX_CONNECTIONS: Final = setting("MAX_CONNECTIONS", 1_000)
# Bodies and answers up to 64 kB, and one that is the only one, are not counted.
MAX_BODIES_IN_FLIGHT: Final = 12 * 1024 * 1024
MAX_ANSWERS_IN_FLIGHT: Final = 24 * 1024 * 1024
# A list costs the parser a hundred times as much as a number. No document in an answer has more.
MAX_BRACKETS: Final = 100_000
MAX_LAYERS: Final = 64
MAX_WIDTH: Final = 4_096
MAX_BATCH: Final = setting("MAX_BATCH", 10_000, guest=1_000)
# Together these bound the work and the answer of one request: an entry is about 20 bytes of JSON, several times over.
MAX_PARAMETERS: Final = setting("MAX_PARAMETERS", 1_000_000, guest=150_000)
MAX_ACTIVATIONS: Final = setting("MAX_ACTIVATIONS", 2_000_000, guest=200_000)
# A trace has four numbers for each activation, and a page would read all of them to show those of one sample.
MAX_TRACED_ACTIVATIONS: Final = setting("MAX_TRACED_ACTIVATIONS", 100_000)
# Pixels times the windows that contain them: the numbers that a convolution or pool reads and stores in one pass.
MAX_WINDOW_NUMBERS: Final = profiled(1_000_000, guest=500_000)
MAX_WINDOW: Final = 32
# Three digits and a comma each: a tenth of what a trace of that size has in numbers. An image of 224 × 224 pixels and a
# filter of 3 × 3 take 2,700.
MAX_WINDOW_PLACES: Final = 50_000
# A larger matrix of an image's numbers, each repeated for every window that contains it, is not readable.
MAX_MATRIX_ENTRIES: Final = 200_000
MAX_STRIDE: Final = 32
MAX_PADDING: Final = 32
# More than the widest layer has inputs, so that every sum can be written out; a formula with this many terms is a
# megabyte.
MAX_EXPLAINED_TERMS: Final = 5_000
# Terms can be formulas themselves: beyond this many leaves and operations, some megabytes, an answer folds them. It is
# enough for the inputs of the widest layer, each times its weight.
MAX_EXPLAINED_PARTS: Final = 15_000
# Everything that a page shows for one unit or weight.
MAX_EXPLAINED_REFS: Final = 8
MAX_PATH_FACTORS: Final = explain.MAX_PATH_FACTORS
MAX_REF_LENGTH: Final = 200
MAX_CHECKED_NUMBERS: Final = 10_000
MAX_CHECKED_REFS: Final = 1_000
# At most some seconds; a network of a few hundred weights takes a thousandth of it.
MAX_CHECK_WORK: Final = profiled(50_000_000_000, guest=5_000_000_000)
MAX_POINTS_PER_DECADE: Final = 20
MAX_NONFINITE: Final = 1_000
# A ref is about 30 bytes; only a network of zeros has more of them.
MAX_ROUNDING_ZEROS: Final = 10_000
MAX_REMEMBERED: Final = 2 * MAX_LAYERS
MAX_NAME_LENGTH: Final = 200
MAX_LAYER_NAME_LENGTH: Final = 64
# Above this many edges a picture of nodes and edges is not readable; use the tensors instead.
MAX_GRAPH_EDGES: Final = 2_000
MAX_PATCH_DEPTH: Final = 16
# A receipt is as large as a training step written out; these bound the work. A receipt must also fit a request body, so
# that it can be posted back.
MAX_RECEIPTS: Final = 1_000
MAX_RECEIPT_LINES: Final = 10_000
MAX_RECEIPT_FACTORS: Final = 40_000
MAX_RECEIPT_BYTES: Final = 16 * 1024 * 1024
# The numbers of a training step that is written as a program, half a megabyte.
MAX_EXPORTED_NUMBERS: Final = 20_000
# Those of one that is drawn; wide layers are drawn in part.
MAX_FIGURE_NUMBERS: Final = 50_000
# The terms of a training step that is written as formulas of a workbook: some three seconds, and 250 kB.
MAX_WORKBOOK_TERMS: Final = 20_000
# A saved web page has every answer about a training step; these bound the work and its size.
MAX_SAVED_NUMBERS: Final = 2_000
MAX_SAVED_BYTES: Final = 500_000
# One page of steps; further ones require another request.
MAX_STEPS_LISTED: Final = 200
# What one request may cost, estimated before it is computed.
MAX_WORK_MILLISECONDS: Final = setting("MAX_WORK_MILLISECONDS", 60_000, guest=10_000)
MAX_ANSWER_BYTES: Final = setting("MAX_ANSWER_BYTES", 256 * 1024 * 1024, guest=64 * 1024 * 1024)
# The memory of one request, and of all that are computed at the same time; others wait, but never for nothing.
MAX_WORK_BYTES: Final = setting("MAX_WORK_BYTES", 1536 * 1024 * 1024, guest=512 * 1024 * 1024)
MAX_WORKING_BYTES: Final = setting("MAX_WORKING_BYTES", 2 * 1024 * 1024 * 1024, guest=1024 * 1024 * 1024)
# Processes that compute what takes more than 2 ms; the number of processors is a good choice.
MAX_COMPUTING: Final = setting("MAX_COMPUTING", 2)
# More processes, of a lower priority, for requests whose estimate is longer than this: they make no others wait.
MAX_COMPUTING_LONG: Final = setting("MAX_COMPUTING_LONG", 1)
MAX_SHORT_MILLISECONDS: Final = setting("MAX_SHORT_MILLISECONDS", 1_000)
# A request that waits takes little memory, except for its body; a class of 300 may ask all at once.
MAX_WAITING: Final = setting("MAX_WAITING", 500)
# Training steps of one request, their total cost (at most half a minute), and the size of the documents in the answer.
MAX_ADVANCE_STEPS: Final = 10_000
MAX_ADVANCE_WORK: Final = profiled(50_000_000, guest=10_000_000)
MAX_ADVANCE_BYTES: Final = profiled(16 * 1024 * 1024, guest=4 * 1024 * 1024)
# Training steps of a training, trainings that run at the same time, and those that have ended and can still be opened.
MAX_TRAINING_STEPS: Final = 100_000_000
# Of a training with a speed: steps a second, and seconds between two steps.
MAX_TRAINING_SPEED: Final = 1_000_000
MAX_TRAINING_PAUSE: Final = 3_600
MAX_TRAININGS: Final = setting("MAX_TRAININGS", 200, guest=100)
MAX_TRAININGS_KEPT: Final = 50
# Of a guest session.
MAX_GUEST_TRAININGS: Final = setting("MAX_GUEST_TRAININGS", 4)
# What a training keeps in memory: moments from which its steps can be computed again, and losses.
MAX_TRAINING_BYTES: Final = setting("MAX_TRAINING_BYTES", 4 * 1024 * 1024, guest=1024 * 1024)
MAX_TRAINING_LOSSES: Final = 16_384
MAX_TRAINING_POINTS: Final = 1_000
# What a frame of a training has: frames a second, losses, parameters, the rows that it measures, and the surface.
MAX_FRAME_RATE: Final = 60
MAX_FRAME_LOSSES: Final = 500
MAX_FRAME_PARAMETERS: Final = 2_000
MAX_MEASURED_ROWS: Final = 1_000
MAX_SURFACE: Final = 100
# Starts of earlier training steps of a stored network, to which it can go back, and their total size.
MAX_KEPT_STEPS: Final = profiled(1_000, guest=100)
MAX_KEPT_BYTES: Final = profiled(16 * 1024 * 1024, guest=1024 * 1024)
# What requests with an Idempotency-Key did can be answered again for a day; what they did to one network within
# MAX_KEPT_BYTES, too.
MAX_IDEMPOTENCY_KEY: Final = 255
MAX_REPEAT_SECONDS: Final = 24 * 60 * 60
MAX_REPEATABLE: Final = 16
# What guests may store: the networks that a session has created and not deleted, with the steps back that are kept of
# each, and those that one network address creates, in an hour. A school has one address: three hundred learners with
# twenty networks each.
MAX_GUEST_NETWORKS: Final = setting("MAX_GUEST_NETWORKS", 20)
MAX_GUEST_BYTES: Final = setting("MAX_GUEST_BYTES", 16 * 1024 * 1024)
MAX_ADDRESS_NETWORKS: Final = setting("MAX_ADDRESS_NETWORKS", 6_000)
# What guests may have computed in a minute, of what takes more than 2 ms: a session five requests a second, as while a
# number is dragged; one network address as much as three hundred learners with one request a second each.
MAX_GUEST_COMPUTED: Final = setting("MAX_GUEST_COMPUTED", 300)
MAX_ADDRESS_COMPUTED: Final = setting("MAX_ADDRESS_COMPUTED", 18_000)
# Recently used documents, with networks and traces; one of a 784-128-10 network takes about 7 MB.
MAX_KNOWN_BYTES: Final = setting("MAX_KNOWN_BYTES", 256 * 1024 * 1024)
# Python's garbage collector visits all their objects: for a thousand documents it takes about 10 ms.
MAX_KNOWN_DOCUMENTS: Final = 1_000
MAX_SEED: Final = 2**53 - 1
MAX_PASSES: Final = 2**53 - 1
# A set of so many samples is drawn in a few milliseconds.
MAX_SAMPLES: Final = 10_000
MAX_EPOCH: Final = 2**53 - 1
# An unused column is only a name.
MAX_COLUMNS: Final = 10_000
# More edits than a person makes while an answer is awaited.
MAX_EDITS: Final = 64

MEANINGS: Final = {
    "MAX_BODY_BYTES": "bytes of a request body",
    "MAX_HEAD_BYTES": "bytes of the request line and all headers",
    "MAX_HEADERS": "headers of a request",
    "MAX_HEAD_SECONDS": "seconds within which the head of a request must arrive",
    "MAX_STALL_SECONDS": "seconds in which at least 10,000 bytes of a body must arrive, or of an answer be read",
    "MAX_CONNECTIONS": "connections at the same time",
    "MAX_BODIES_IN_FLIGHT": "bytes of request bodies above 64 kB that are not answered yet, unless there is only one",
    "MAX_ANSWERS_IN_FLIGHT": "bytes of answers above 64 kB that are not read yet, unless there is only one",
    "MAX_BRACKETS": "lists and objects in a request body, and in a document with all its parameters",
    "MAX_LAYERS": "layers of a network",
    "MAX_WIDTH": "inputs or outputs of one layer; of images, along each axis",
    "MAX_BATCH": "samples of a batch",
    "MAX_PARAMETERS": "weights and biases of a network",
    "MAX_ACTIVATIONS": "inputs and layer outputs of a batch, all layers together",
    "MAX_TRACED_ACTIVATIONS": "activations up to which a trace has those of every sample; above it, of the one shown",
    "MAX_WINDOW_NUMBERS": "numbers within all windows of convolutions and pools, over a batch, all layers together",
    "MAX_WINDOW": "rows or columns of a filter or a pooling window",
    "MAX_WINDOW_PLACES": "window positions, along each axis, that a trace lists to write layers as matrices",
    "MAX_MATRIX_ENTRIES": "entries of a matrix of images, or of the contents of windows, in an equation",
    "MAX_STRIDE": "pixels from window to window, or with a dilation within one",
    "MAX_PADDING": "rows or columns of zeros on each side of an image",
    "MAX_EXPLAINED_TERMS": "terms of a sum that an explanation writes out",
    "MAX_EXPLAINED_PARTS": "leaves and operations of an explanation; terms that would take more are folded",
    "MAX_EXPLAINED_REFS": "numbers that one request may explain",
    "MAX_PATH_FACTORS": "derivatives on the paths from a number to the loss",
    "MAX_REF_LENGTH": "characters of a ref",
    "MAX_CHECKED_NUMBERS": "parameters and inputs that one gradient check moves, unless refs choose some",
    "MAX_CHECKED_REFS": "refs of one gradient check",
    "MAX_CHECK_WORK": "operations of one gradient check in the worst case, in which only the last step decides",
    "MAX_POINTS_PER_DECADE": "points per power of ten in the error curve of a gradient check",
    "MAX_NONFINITE": "numbers that are not finite whose places an answer lists; further ones are only null",
    "MAX_ROUNDING_ZEROS": "numbers that are 0 but for rounding whose refs a trace lists",
    "MAX_REMEMBERED": "parameters for which an optimizer has a state",
    "MAX_NAME_LENGTH": "characters of a document's name",
    "MAX_LAYER_NAME_LENGTH": "characters of a layer's name",
    "MAX_GRAPH_EDGES": "edges up to which a trace lists nodes and edges; above it they are null",
    "MAX_PATCH_DEPTH": "levels of nesting in a merge patch",
    "MAX_RECEIPTS": "receipts of a chain",
    "MAX_RECEIPT_LINES": "lines of the receipts that one request makes, one for each number of a training step",
    "MAX_RECEIPT_FACTORS": "factors that the receipts of one request name, and numbers that are compared to check them",
    "MAX_RECEIPT_BYTES": "bytes of a file that `tinyml-explorer verify` reads",
    "MAX_EXPORTED_NUMBERS": "numbers of a training step that is exported as a program",
    "MAX_FIGURE_NUMBERS": "numbers of a training step that is exported as a figure",
    "MAX_WORKBOOK_TERMS": "terms of a training step that is exported as a workbook",
    "MAX_SAVED_NUMBERS": "numbers of a training step that is saved as a web page",
    "MAX_SAVED_BYTES": "bytes of a saved web page; explanations in other notations are left out where it has no room",
    "MAX_STEPS_LISTED": "steps that one answer lists",
    "MAX_WORK_MILLISECONDS": "milliseconds of a processor that one request takes, estimated before it is computed",
    "MAX_ANSWER_BYTES": "bytes of an answer, estimated before it is computed",
    "MAX_WORK_BYTES": "bytes of memory that one request needs, estimated before it is computed",
    "MAX_WORKING_BYTES": "bytes of memory that requests computed at the same time need, estimated; others wait",
    "MAX_COMPUTING": "requests of more than 2 milliseconds that are computed at the same time",
    "MAX_COMPUTING_LONG": "requests above MAX_SHORT_MILLISECONDS that are computed at the same time, besides these",
    "MAX_SHORT_MILLISECONDS": "milliseconds of a request, by its estimate, above which others do not wait for it",
    "MAX_WAITING": "requests that wait to be computed; of those above MAX_SHORT_MILLISECONDS as many",
    "MAX_ADVANCE_STEPS": "training steps that one request takes",
    "MAX_ADVANCE_WORK": "training steps of one request, times the numbers of each",
    "MAX_ADVANCE_BYTES": "bytes of the intermediate documents in one answer, at their longest",
    "MAX_TRAINING_STEPS": "training steps of one training",
    "MAX_TRAINING_SPEED": "training steps a second of a training with a speed; without one it is as fast as it goes",
    "MAX_TRAINING_PAUSE": "seconds between two steps of a training with a speed",
    "MAX_TRAININGS": "trainings that run at the same time",
    "MAX_TRAININGS_KEPT": "trainings that have ended and whose steps can still be opened, the latest",
    "MAX_GUEST_TRAININGS": "trainings of one session of a guest that run at the same time",
    "MAX_TRAINING_BYTES": "bytes of moments that a training keeps, to compute its steps again from them",
    "MAX_TRAINING_LOSSES": "losses that a training keeps; of more, every second, fourth, … is kept",
    "MAX_TRAINING_POINTS": "rows of the data as points of the plane; of more, every second, third, …",
    "MAX_FRAME_RATE": "frames of a training that a reader gets in a second",
    "MAX_FRAME_LOSSES": "losses of a frame; of more, some are left out evenly",
    "MAX_FRAME_PARAMETERS": "weights and biases up to which a frame has all of them",
    "MAX_MEASURED_ROWS": "rows on which a frame measures loss and accuracy",
    "MAX_SURFACE": "points along each axis of a decision surface",
    "MAX_KEPT_STEPS": "training steps that a stored network can go back",
    "MAX_KEPT_BYTES": "bytes of the documents stored for that, at their longest; one is always stored",
    "MAX_IDEMPOTENCY_KEY": "characters of an Idempotency-Key",
    "MAX_REPEAT_SECONDS": "seconds for which a request with an Idempotency-Key can be repeated",
    "MAX_REPEATABLE": "requests with an Idempotency-Key that can be repeated, the latest of each stored network",
    "MAX_GUEST_NETWORKS": "networks that one session of a guest has stored",
    "MAX_GUEST_BYTES": "bytes of the stored networks of one session of a guest, with the training steps kept of each",
    "MAX_ADDRESS_NETWORKS": "networks that guests at one network address create in an hour, together",
    "MAX_GUEST_COMPUTED": "requests of more than 2 milliseconds that one session of a guest sends in a minute",
    "MAX_ADDRESS_COMPUTED": "requests of more than 2 milliseconds of guests at one network address in a minute",
    "MAX_KNOWN_BYTES": "bytes of memory for recently used documents, with their networks and traces",
    "MAX_KNOWN_DOCUMENTS": "recently used documents that are known by their hashes",
    "MAX_SEED": "the largest seed",
    "MAX_PASSES": "completed forward passes of a dropout layer",
    "MAX_SAMPLES": "samples of a set that the service draws",
    "MAX_EPOCH": "the largest epoch of a document's position",
    "MAX_COLUMNS": "columns that a document describes, including unused ones",
    "MAX_EDITS": "edited places of a document that one request names",
}


def table() -> list[tuple[str, int, str]]:
    """All limits as (name, value, meaning)."""
    return [(name, globals()[name], meaning) for name, meaning in MEANINGS.items()]


def exceeded(name: str, requested: int) -> str:
    """The error message if a request exceeds a limit."""
    return f"{name} ({MEANINGS[name]}) is {globals()[name]:,}, got {requested:,}; send less."


def capped(requested: int) -> int:
    """A number that fits into a JSON answer: a number far beyond a limit is not reported exactly."""
    return min(requested, 2**63 - 1)
