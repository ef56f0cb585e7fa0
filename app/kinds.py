"""The kinds of problem that the service answers with.

A problem has one as its `key`, with its parameters in `values`, so that a page can word each; a test compares the
page's texts with this list.
"""

from typing import Literal, get_args

Kind = Literal[
    # The request as a whole.
    "request",
    "not_json",
    "no_such_address",
    "no_such_export",
    "limit",
    # A field by itself.
    "expected",
    "missing",
    "count",
    "text",
    "at_least",
    "at_most",
    "more_than",
    "less_than",
    "unknown",
    "field",
    "misplaced",
    "no_bias",
    # Fields that do not fit each other.
    "shape",
    "layer",
    "needs_flat",
    "needs_image",
    "needs_sequence",
    "name",
    "loss_needs_flat",
    "loss_needs_outputs",
    "loss_takes_no_classes",
    "class_without_output",
    "target_not_allowed",
    "columns",
    "scale",
    "data_kinds",
    "set_without_package",
    "batch",
    "held_out",
    "position",
    "no_momentum",
    "memory",
    # Requests about a valid network.
    "no_such_sample",
    "no_such_number",
    "notation",
    "receipt",
    "no_program",
    "unknown_document",
    # Stored networks.
    "no_such_network",
    "no_such_training",
    "no_such_step",
    "network_changed",
    "version_needed",
    "network_outdated",
    "key_reused",
    "order",
    "not_finite",
    "zero_by_zero",
    # The service.
    "storage",
    "storage_full",
    "storage_read_only",
    "storage_corrupt",
    "storage_foreign",
    "storage_newer",
    "storage_busy",
    "storage_away",
    "storage_gone",
    "storage_taken",
    "quota",
    "quota_minute",
    "class_code",
    "class_ended",
    "class_full",
    "busy",
    "internal",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
