"""MNIST by convolutions, evaluated and saved every second epoch."""

import tinyml.dataloaders.mnist as mnist
from tinyml.layers.convolution import Conv2D
from tinyml.layers.pooling import MaxPool2D
from tinyml.learner.callbacks import evaluate_classification_accuracy, save_model
from tinyml.losses.cross_entropy import cross_entropy_with_softmax_loss

import tinyml
from tinyml.core import Backend as np
from tinyml.layers import Dropout, Linear, ReLu, softmax
from tinyml.layers.flatten import Flatten
from tinyml.learner import Learner
from tinyml.net import Sequential
from tinyml.optims import SGDOptimizer

tinyml.utilities.logger.VERBOSE = 1

mnist.init()
x_train, y_train, x_test, y_test = mnist.load()
x_train = (x_train / 255.0).reshape(-1, 1, 28, 28)
x_test = (x_test / 255.0).reshape(-1, 1, 28, 28)

model = Sequential([])
model.add(Conv2D("conv_1", (1, 28, 28), n_filter=2, h_filter=5, w_filter=5, stride=1, padding=0))
model.add(ReLu("relu_1"))
model.add(MaxPool2D("maxpool_1", (2, 24, 24), size=(4, 4), stride=4))
model.add(Flatten("flat_1"))
model.add(Dropout("drop_1", 0.5))
model.add(Linear("fc_1", 72, 10))
model.build_params()
model.summary()

learner = Learner(model, cross_entropy_with_softmax_loss, SGDOptimizer(lr=0.05, momentum=0.9))
learner.fit(
    x_train,
    y_train,
    epochs=4,
    batch_size=8,
    callbacks=[evaluate_classification_accuracy, save_model],
    callbacks_interval=2,
    cargs=(x_test, y_test),
)
model.export("digits.tnn")

probabilities = softmax.Softmax("softmax")(learner.predict(x_test, batch_size=3))
sums = np.sum(probabilities, axis=1)
