// Networks made of objects, as TensorFlow Playground's are: a node knows its links, a link its two nodes, and every
// pass walks from object to object, one sample after another. Written for this comparison, in that manner: the same
// fields, the same loops, the derivative of tanh computed from the input anew. Driven by playground.py, a line of JSON
// each way.

"use strict";

const tanh = {
  output: (input) => Math.tanh(input),
  derivative: (input) => {
    const output = tanh.output(input);
    return 1 - output * output;
  },
};

// The squared error, so that averaged over the samples it is the mean squared error.
const square = {
  error: (output, target) => Math.pow(output - target, 2),
  derivative: (output, target) => 2 * (output - target),
};

class Node {
  constructor(bias, activation) {
    this.bias = bias;
    this.activation = activation;
    this.inputs = [];
    this.outputs = [];
    this.totalInput = 0;
    this.output = 0;
    this.outputDerivative = 0;
    this.inputDerivative = 0;
    this.accumulated = 0;
    this.count = 0;
    this.gradient = 0;
  }

  update() {
    this.totalInput = this.bias;
    for (let j = 0; j < this.inputs.length; j++) {
      const link = this.inputs[j];
      this.totalInput += link.weight * link.source.output;
    }
    this.output = this.activation.output(this.totalInput);
    return this.output;
  }
}

class Link {
  constructor(source, destination, weight) {
    this.source = source;
    this.destination = destination;
    this.weight = weight;
    this.derivative = 0;
    this.accumulated = 0;
    this.count = 0;
    this.gradient = 0;
  }
}

// Layers of nodes from [[weights by output and input, biases], …].
function build(layers) {
  const network = [layers[0][0][0].map(() => new Node(0, tanh))];
  for (const [weights, biases] of layers) {
    const before = network[network.length - 1];
    network.push(
      biases.map((bias, k) => {
        const node = new Node(bias, tanh);
        before.forEach((source, j) => {
          const link = new Link(source, node, weights[k][j]);
          source.outputs.push(link);
          node.inputs.push(link);
        });
        return node;
      }),
    );
  }
  return network;
}

function forward(network, inputs) {
  const first = network[0];
  for (let i = 0; i < first.length; i++) {
    first[i].output = inputs[i];
  }
  for (let l = 1; l < network.length; l++) {
    const layer = network[l];
    for (let i = 0; i < layer.length; i++) {
      layer[i].update();
    }
  }
  return network[network.length - 1][0].output;
}

function backward(network, target, error) {
  const last = network[network.length - 1][0];
  last.outputDerivative = error.derivative(last.output, target);
  for (let l = network.length - 1; l >= 1; l--) {
    const layer = network[l];
    for (let i = 0; i < layer.length; i++) {
      const node = layer[i];
      node.inputDerivative = node.outputDerivative * node.activation.derivative(node.totalInput);
      node.accumulated += node.inputDerivative;
      node.count++;
    }
    for (let i = 0; i < layer.length; i++) {
      const node = layer[i];
      for (let j = 0; j < node.inputs.length; j++) {
        const link = node.inputs[j];
        link.derivative = node.inputDerivative * link.source.output;
        link.accumulated += link.derivative;
        link.count++;
      }
    }
    if (l === 1) {
      continue;
    }
    const before = network[l - 1];
    for (let i = 0; i < before.length; i++) {
      const node = before[i];
      node.outputDerivative = 0;
      for (let j = 0; j < node.outputs.length; j++) {
        const link = node.outputs[j];
        node.outputDerivative += link.weight * link.destination.inputDerivative;
      }
    }
  }
}

function update(network, lr) {
  for (let l = 1; l < network.length; l++) {
    const layer = network[l];
    for (let i = 0; i < layer.length; i++) {
      const node = layer[i];
      if (node.count > 0) {
        node.gradient = node.accumulated / node.count;
        node.bias -= lr * node.gradient;
        node.accumulated = 0;
        node.count = 0;
      }
      for (let j = 0; j < node.inputs.length; j++) {
        const link = node.inputs[j];
        if (link.count > 0) {
          link.gradient = link.accumulated / link.count;
          link.weight -= lr * link.gradient;
          link.accumulated = 0;
          link.count = 0;
        }
      }
    }
  }
}

let networks, x, y, lr;

function step() {
  for (const network of networks) {
    for (let n = 0; n < x.length; n++) {
      forward(network, x[n]);
      backward(network, y[n], square);
    }
    update(network, lr);
  }
}

// A network's numbers: for each layer weights, biases, their gradients.
function numbers(network) {
  return network
    .slice(1)
    .flatMap((layer) => [
      layer.map((node) => node.inputs.map((link) => link.weight)),
      layer.map((node) => node.bias),
      layer.map((node) => node.inputs.map((link) => link.gradient)),
      layer.map((node) => node.gradient),
    ]);
}

function meanError(network) {
  const errors = x.map((inputs, n) => square.error(forward(network, inputs), y[n]));
  return errors.reduce((sum, error) => sum + error) / errors.length;
}

function answer(question) {
  if (question.steps !== undefined) {
    const start = process.cpuUsage();
    for (let i = 0; i < question.steps; i++) {
      step();
    }
    const { user, system } = process.cpuUsage(start);
    return { seconds: (user + system) / 1e6 };
  }
  if (question.numbers) {
    return { loss: networks.map(meanError), networks: networks.map(numbers) };
  }
  ({ x, y, lr } = question);
  networks = question.networks.map(build);
  return {};
}

const lines = require("node:readline").createInterface({ input: process.stdin });
lines.on("line", (line) => process.stdout.write(JSON.stringify(answer(JSON.parse(line))) + "\n"));
