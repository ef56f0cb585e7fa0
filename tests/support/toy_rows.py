"""A plugin for pytest (`-p tests.support.toy_rows`) under which the layers of tests are layers as any other, each with
its row among the settings to draw: so the tests of every layer are theirs too.
"""

from tests.support import toy_layers

toy_layers.install()

from tests.support import layers_at_random  # noqa: E402

layers_at_random.SETTINGS |= {"SiLU": layers_at_random.plain, "SumPool2D": layers_at_random.pool}
