"""The inverse of pooling and a convolution, as in Zeiler and Fergus's pictures."""

import numpy as np
from tinyml.layers.convolution import Conv2D
from tinyml.layers.deconvolution import Deconv2D
from tinyml.layers.pooling import MaxPool2D
from tinyml.layers.unpooling import MaxUnpool2D

conv = Conv2D("conv", (1, 5, 5), 1, 2, 2, 1, 0)
pool = MaxPool2D("pool", (1, 4, 4), (2, 2), 2, return_index=True)
unpool = MaxUnpool2D("unpool", (1, 2, 2), (2, 2), 2)
deconv = Deconv2D("deconv", (1, 4, 4), 1, 2, 2, 1, 1, 0)
deconv.weight.tensor = conv.weight.tensor

features, places = pool(conv(np.arange(25.0).reshape(1, 1, 5, 5)))
unpooled = unpool(features, places)
image = deconv(unpooled)
