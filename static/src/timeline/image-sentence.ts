/** What one pixel of an image is made of, in words: where the window lies, what it sees, who wins. */

import type { LayerTrace } from '../api/types';
import { shapeOf, unravel } from '../lookup';
import { type Place, type Tap, tapsOver, tapsUnder, type Windows, windowsOf } from '../maps/receptive';
import { winnerOf } from '../maps/winner';
import { gradientOf, parseRef } from '../refs';
import type { Sentence } from '../say';
import { texts } from '../texts';
import { parameterRefs } from './computed';
import type { Piece } from './cursor';
import { added, Telling } from './telling';

const words = texts.sentence.image;
/** So many products are written out; of more only the number is told. */
const WRITTEN = 4;

export class ImageTeller extends Telling {
  /** Null where the sentence is the same as for vectors. */
  node(layer: LayerTrace, { stage, first: node }: Piece, ref: string): Sentence | null {
    const index = parseRef(ref)?.index ?? [];
    const document = this.trace.document.layers[this.trace.layers.indexOf(layer)];
    const windows = document ? windowsOf(document) : null;
    if (stage.computes === 'output')
      return windows ? this.output(layer, windows, ref, index) : this.passed(layer, node, ref);
    if (stage.computes === 'input_gradient') {
      return windows ? this.collectedFrom(layer, windows, ref, index) : this.returned(layer, node, ref);
    }
    if (stage.computes === 'parameter_gradients') return this.parameters(layer, node);
    return null;
  }

  private output(layer: LayerTrace, windows: Windows, ref: string, index: readonly number[]): Sentence {
    const [channel = 0, row = 0, column = 0] = index.slice(1);
    const place: Place = [row, column];
    const [depth = 1, height = 1, width = 1] = shapeOf(layer.input).slice(1);
    const out = this.symbol(ref);
    const value = this.value(ref);
    const pixel = (c: number, { at }: Tap) => this.first(`${layer.name}.input[${[this.sample, c, ...at].join()}]`);
    if (layer.type === 'MaxPool2D') {
      const won = winnerOf(layer, windows, index);
      const winner = won ? pixel(channel, { at: won, within: [0, 0] }) : ref;
      return words.largest(row + 1, column + 1, windows.height * windows.width, this.equation(winner), out, value);
    }
    if (layer.type === 'AvgPool2D') {
      const taps = tapsUnder(windows, place, [height, width]);
      if (taps.length > WRITTEN) return words.longMean(row + 1, column + 1, taps.length, out, value);
      const sum = added(
        taps.map((tap, at) => (at ? this.factor(pixel(channel, tap)) : [this.value(pixel(channel, tap))])),
      );
      return words.mean(row + 1, column + 1, taps.length, sum, out, value);
    }
    const paints = layer.type === 'Deconv2D';
    const taps = paints ? tapsOver(windows, place, [height, width]) : tapsUnder(windows, place, [height, width]);
    const products = channels(depth).flatMap((c) =>
      taps.map((tap) => [pixel(c, tap), weight(layer, channel, c, tap)] as const),
    );
    const bias = this.factor(`${layer.name}.b[${channel}]`);
    const outside = depth * windows.height * windows.width - products.length;
    if (!paints && outside > 0) {
      return words.convolvedAtTheEdge(channel + 1, row + 1, column + 1, products.length, outside, out, value);
    }
    if (products.length > WRITTEN || products.length === 0) {
      return paints
        ? words.longPainted(out, products.length, value)
        : words.longConvolved(channel + 1, row + 1, column + 1, products.length, out, value);
    }
    const sum = added([...products.map(([x, w], at) => this.product(x, w, at)), bias]);
    return paints ? words.painted(out, sum, value) : words.convolved(channel + 1, row + 1, column + 1, sum, out, value);
  }

  /** A pixel gathers what comes back from the windows that it lies in; an input of the transpose from all that it painted. */
  private collectedFrom(layer: LayerTrace, windows: Windows, ref: string, index: readonly number[]): Sentence {
    const [channel = 0, row = 0, column = 0] = index.slice(1);
    const [filters = 1, height = 1, width = 1] = shapeOf(layer.output).slice(1);
    const paints = layer.type === 'Deconv2D';
    const find = paints ? tapsUnder : tapsOver;
    const taps = find(windows, [row, column], [height, width]);
    const source = this.symbol(ref.replace('.grad[', '['));
    const arriving = (f: number, { at }: Tap) => `${layer.name}.output.grad[${[this.sample, f, ...at].join()}]`;
    if (layer.type === 'MaxPool2D') {
      const won = taps.filter(({ at }) => {
        const winner = winnerOf(layer, windows, [this.sample, channel, ...at]);
        return winner?.[0] === row && winner[1] === column;
      });
      if (won.length === 0) return words.lost(source, taps.length, this.equation(ref));
      return words.won(
        source,
        won.length,
        added(won.map((tap) => this.factor(arriving(channel, tap)))),
        this.equation(ref),
      );
    }
    if (layer.type === 'AvgPool2D')
      return words.shared(source, taps.length, windows.height * windows.width, this.equation(ref));
    const products = channels(filters).flatMap((f) =>
      taps.map((tap) => [arriving(f, tap), weight(layer, f, channel, tap)] as const),
    );
    if (products.length > WRITTEN || products.length === 0)
      return words.longCollected(source, products.length, this.equation(ref));
    return words.collected(source, added(products.map(([g, w], at) => this.product(g, w, at))), this.equation(ref));
  }

  /** Layers without windows take the numbers one by one, or, as a normalization, with all others of their kind. */
  private passed(layer: LayerTrace, node: number, ref: string): Sentence | null {
    if (Object.keys(layer.parameters).length > 0 && layer.type === 'Linear') return null;
    const before = this.equation(this.inputAt(layer, node));
    if (layer.type === 'Flatten') return words.flattened(before, this.equation(ref));
    return texts.sentence.activation(texts.layerTitle(layer.type), before, this.equation(ref));
  }

  private returned(layer: LayerTrace, node: number, ref: string): Sentence | null {
    if (layer.type === 'Linear') return null;
    const [, ...shape] = shapeOf(layer.output);
    const after = `${layer.name}.output.grad[${[this.sample, ...unravel(node, shape)].join()}]`;
    return texts.sentence.throughActivation(texts.layerTitle(layer.type), this.equation(after), this.equation(ref));
  }

  private parameters(layer: LayerTrace, node: number): Sentence | null {
    if (layer.type !== 'Conv2D' && layer.type !== 'Deconv2D') return null;
    const [down = 1, across = 1] = shapeOf(layer.type === 'Deconv2D' ? layer.input : layer.output).slice(2);
    const equations = this.equations(parameterRefs(layer, node, null).map(gradientOf));
    const samples = this.trace.document.x.length;
    return samples > 1
      ? words.filterOfBatch(node + 1, down * across, samples, equations)
      : words.filter(node + 1, down * across, equations);
  }

  private inputAt(layer: LayerTrace, node: number): string {
    const [, ...shape] = shapeOf(layer.input);
    return this.first(`${layer.name}.input[${[this.sample, ...unravel(node, shape)].join()}]`);
  }
}

const channels = (count: number): number[] => Array.from({ length: count }, (_, place) => place);

function weight(layer: LayerTrace, filter: number, channel: number, { within }: Tap): string {
  const order = layer.type === 'Deconv2D' ? [channel, filter] : [filter, channel];
  return `${layer.name}.w[${[...order, ...within].join()}]`;
}
