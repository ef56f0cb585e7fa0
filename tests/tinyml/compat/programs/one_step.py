"""A step by hand, with weights set as arrays."""

import numpy as np
from tinyml.losses.mse import mse_loss

import tinyml
from tinyml.layers import Linear, ReLu
from tinyml.net import Sequential
from tinyml.optims import SGDOptimizer

tinyml.utilities.logger.VERBOSE = 3

inputs = np.array([[0.25, 0.65]])
targets = np.array([[0.99, 0.01]])

first, second = Linear("first", 2, 2), Linear("second", 2, 2)
first.weight = np.array([[0.20, 0.30], [0.25, 0.35]])
first.bias = np.array([0.30, 0.30])
first._rebuild_params()
second.weight = np.array([[0.50, 0.60], [0.55, 0.65]])
second.bias = np.array([0.20, 0.20])
second._rebuild_params()

model = Sequential([first, ReLu("relu"), second])
model.summary()
predicted = model.forward(inputs)
loss, gradient = mse_loss(predicted, targets)
model.backward(gradient)
model.update(SGDOptimizer(0.1))
