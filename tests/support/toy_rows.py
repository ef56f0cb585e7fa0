"""A plugin for pytest (`-p tests.support.toy_rows`) that registers the test layers like any other, each with
its row in the table of layers, so that the tests of every layer cover them.
"""

from tests.support import toy_layers

toy_layers.install()

from tests.tinyml.layers.cases import ROWS  # noqa: E402

ROWS.update(toy_layers.rows())
