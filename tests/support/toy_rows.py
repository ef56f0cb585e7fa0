"""A plugin for pytest (`-p tests.support.toy_rows`) under which the layers of tests are layers as any other, each with
its row in the table of layers: so the tests of every layer are theirs too.
"""

from tests.support import toy_layers

toy_layers.install()

from tests.tinyml.layers.cases import ROWS  # noqa: E402

ROWS.update(toy_layers.rows())
