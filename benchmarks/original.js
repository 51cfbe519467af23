// The algorithm of the original playground, reimplemented from its description: one object per neuron and per connection,
// one point at a time. It represents the original's page, which runs the same kind of code in the same JavaScript engine.
//
// Reads one JSON command per line and answers with one JSON value per line; times are measured here, in seconds.

"use strict";

const FEATURES = {
  x: (x, y) => x,
  y: (x, y) => y,
  xSquared: (x, y) => x * x,
  ySquared: (x, y) => y * y,
  xTimesY: (x, y) => x * y,
  sinX: (x, y) => Math.sin(x),
  sinY: (x, y) => Math.sin(y),
};

const TANH = {
  output: (total) => Math.tanh(total),
  derivative: (total) => {
    const output = Math.tanh(total);
    return 1 - output * output;
  },
};

const SQUARED = {
  error: (output, label) => 0.5 * Math.pow(output - label, 2),
  derivative: (output, label) => output - label,
};

class Connection {
  constructor(from, to, weight) {
    this.from = from;
    this.to = to;
    this.weight = weight;
    this.dead = false;
    this.gradient = 0;
    this.gradientSum = 0;
    this.gradientCount = 0;
  }
}

class Neuron {
  constructor(name, activation, bias) {
    this.name = name;
    this.activation = activation;
    this.bias = bias;
    this.incoming = [];
    this.outgoing = [];
    this.total = 0;
    this.output = 0;
    this.outputGradient = 0;
    this.totalGradient = 0;
    this.gradientSum = 0;
    this.gradientCount = 0;
  }

  update() {
    this.total = this.bias;
    for (let i = 0; i < this.incoming.length; i++) {
      const connection = this.incoming[i];
      this.total += connection.weight * connection.from.output;
    }
    this.output = this.activation.output(this.total);
    return this.output;
  }
}

class Network {
  constructor(features, weights, biases) {
    this.features = features;
    this.layers = [features.map((name) => new Neuron(name, null, 0))];
    weights.forEach((rows, k) => {
      const before = this.layers[k];
      this.layers.push(
        rows.map((row, j) => {
          const neuron = new Neuron(`${k + 1}.${j}`, TANH, biases[k][j]);
          row.forEach((weight, i) => {
            const connection = new Connection(before[i], neuron, weight);
            before[i].outgoing.push(connection);
            neuron.incoming.push(connection);
          });
          return neuron;
        }),
      );
    });
  }

  get outputNeuron() {
    return this.layers[this.layers.length - 1][0];
  }

  inputOf(x, y) {
    const input = [];
    for (const name of this.features) input.push(FEATURES[name](x, y));
    return input;
  }

  forward(input) {
    for (let i = 0; i < input.length; i++) this.layers[0][i].output = input[i];
    for (let k = 1; k < this.layers.length; k++) {
      const layer = this.layers[k];
      for (let j = 0; j < layer.length; j++) layer[j].update();
    }
    return this.outputNeuron.output;
  }

  backward(label) {
    const last = this.outputNeuron;
    last.outputGradient = SQUARED.derivative(last.output, label);
    for (let k = this.layers.length - 1; k >= 1; k--) {
      const layer = this.layers[k];
      for (let j = 0; j < layer.length; j++) {
        const neuron = layer[j];
        neuron.totalGradient = neuron.outputGradient * neuron.activation.derivative(neuron.total);
        neuron.gradientSum += neuron.totalGradient;
        neuron.gradientCount++;
      }
      for (let j = 0; j < layer.length; j++) {
        const neuron = layer[j];
        for (let i = 0; i < neuron.incoming.length; i++) {
          const connection = neuron.incoming[i];
          if (connection.dead) continue;
          connection.gradient = neuron.totalGradient * connection.from.output;
          connection.gradientSum += connection.gradient;
          connection.gradientCount++;
        }
      }
      if (k === 1) continue;
      const before = this.layers[k - 1];
      for (let i = 0; i < before.length; i++) {
        const neuron = before[i];
        neuron.outputGradient = 0;
        for (let j = 0; j < neuron.outgoing.length; j++) {
          const connection = neuron.outgoing[j];
          neuron.outputGradient += connection.weight * connection.to.totalGradient;
        }
      }
    }
  }

  move(rate) {
    for (let k = 1; k < this.layers.length; k++) {
      const layer = this.layers[k];
      for (let j = 0; j < layer.length; j++) {
        const neuron = layer[j];
        if (neuron.gradientCount > 0) {
          neuron.bias -= (rate * neuron.gradientSum) / neuron.gradientCount;
          neuron.gradientSum = 0;
          neuron.gradientCount = 0;
        }
        for (let i = 0; i < neuron.incoming.length; i++) {
          const connection = neuron.incoming[i];
          if (connection.dead || connection.gradientCount === 0) continue;
          connection.weight -= (rate / connection.gradientCount) * connection.gradientSum;
          connection.gradientSum = 0;
          connection.gradientCount = 0;
        }
      }
    }
  }

  epoch(data, batch, rate) {
    data.forEach((point, k) => {
      this.forward(this.inputOf(point.x, point.y));
      this.backward(point.label);
      if ((k + 1) % batch === 0) this.move(rate);
    });
  }

  loss(data) {
    let sum = 0;
    for (let k = 0; k < data.length; k++) {
      const point = data[k];
      sum += SQUARED.error(this.forward(this.inputOf(point.x, point.y)), point.label);
    }
    return sum / data.length;
  }

  // Every neuron's output, including inputs, at each of cells × cells places, as drawn by the page.
  fields(cells) {
    const fields = {};
    for (const layer of this.layers) for (const neuron of layer) fields[neuron.name] = new Array(cells);
    for (let column = 0; column < cells; column++) {
      for (const layer of this.layers) for (const neuron of layer) fields[neuron.name][column] = new Array(cells);
      for (let row = 0; row < cells; row++) {
        const x = -6 + (12 * (column + 0.5)) / cells;
        const y = 6 - (12 * (row + 0.5)) / cells;
        this.forward(this.inputOf(x, y));
        for (const layer of this.layers) for (const neuron of layer) fields[neuron.name][column][row] = neuron.output;
      }
    }
    return fields;
  }
}

let task, network;

function timed(count, action) {
  const began = process.hrtime.bigint();
  for (let k = 0; k < count; k++) action();
  return Number(process.hrtime.bigint() - began) / 1e9;
}

const COMMANDS = {
  start(what) {
    task = what;
    network = new Network(task.features, task.weights, task.biases);
    return true;
  },
  epoch: ({ count }) => timed(count, () => network.epoch(task.train, task.batch, task.rate)),
  losses: ({ count }) => timed(count, () => network.loss(task.train) + network.loss(task.test)),
  fields: ({ count }) => timed(count, () => network.fields(task.cells)),
  state: () => [network.loss(task.train), network.loss(task.test)],
};

require("readline")
  .createInterface({ input: process.stdin })
  .on("line", (line) => {
    const command = JSON.parse(line);
    process.stdout.write(JSON.stringify(COMMANDS[command.do](command)) + "\n");
  });
