/** What is happening now, in plain words with the step's own numbers. The words are in texts/, the numbers in the trace. */

import type { LayerTrace, Trace } from '../api/types';
import { shapeOf, valueAt } from '../lookup';
import { baseOf, nextOf } from '../refs';
import { listed, type Part, type Sentence } from '../say';
import { inPageWords } from '../service-words';
import { texts } from '../texts';
import { computedRefs, parameterRefs } from './computed';
import { finish, type Grain, type Piece, stepAt } from './cursor';
import { growingAt } from './growing';
import { ImageTeller } from './image-sentence';
import { added, MOST, Telling } from './telling';
import { type Sum, termSentence } from './term-sentence';

const words = texts.sentence;

/** `sum` is, term by term, what the number that is being added up has come to. */
export function sentenceAt(
  trace: Trace,
  grain: Grain,
  cursor: number,
  sample: number,
  sum: Sum | null = null,
): Sentence {
  const pieces = stepAt(trace.stages, grain, cursor);
  const [piece] = pieces;
  if (!piece) return words.ready(inPageWords(trace.document.name ?? ''));
  const told = new Teller(trace, sample);
  const sentence =
    piece.term !== null
      ? told.term(piece, sum)
      : pieces.length === 1 && piece.end - piece.first === 1
        ? told.node(piece)
        : told.step(pieces, grain);
  return cursor >= finish(trace.stages) ? words.complete(sentence) : sentence;
}

class Teller extends Telling {
  /** One term of a node; where a node is a single operation, that is the node itself. */
  term(piece: Piece, sum: Sum | null): Sentence {
    const { computes, terms } = piece.stage;
    const grown = growingAt(this.trace, [piece], this.sample);
    if (!grown || terms === 1) return this.node(piece);
    if (computes === 'next') return words.update(this.changes([baseOf(grown.ref)]), this.trace.document.optimizer.lr);
    return termSentence(this.trace, grown, sum, computes === 'parameter_gradients');
  }

  /** One node of one stage. */
  node(piece: Piece): Sentence {
    const { stage, first: node } = piece;
    const layer = this.layer(stage.layer);
    const ref = computedRefs(this.trace, [piece], this.sample)[0] ?? '';
    if (layer && ofImages(layer)) {
      const told = new ImageTeller(this.trace, this.sample).node(layer, piece, ref);
      if (told) return told;
    }
    switch (stage.computes) {
      case 'mean':
      case 'variance':
        return words.gathered(this.symbol(ref));
      case 'loss':
        return this.loss();
      case 'loss_gradient':
        return words.lossGradient(this.symbol(baseOf(ref)), this.value(ref));
      case 'output':
        return layer && weighted(layer) ? this.sum(layer, node) : this.activation(layer, node);
      case 'parameter_gradients':
        return layer ? this.parameterGradients(layer, node) : [];
      case 'input_gradient':
        return layer && weighted(layer) ? this.collected(layer, node, ref) : this.throughActivation(layer, node, ref);
      case 'next':
        return words.update(
          this.changes(layer ? parameterRefs(layer, node, null) : []),
          this.trace.document.optimizer.lr,
        );
    }
  }

  /** A whole layer or a whole pass. */
  step(pieces: readonly Piece[], grain: Grain): Sentence {
    const stage = pieces.at(-1)?.stage;
    const refs = computedRefs(this.trace, pieces, this.sample);
    if (!stage) return [];
    if (stage.phase === 'loss') return this.loss();
    if (stage.phase === 'update') {
      const before = refs.map((ref) => ref.replace('.next[', '['));
      return words.update(this.changes(before), this.trace.document.optimizer.lr);
    }
    if (grain === 'pass') {
      const outputs = refs.filter((ref) => ref.startsWith(`${this.trace.layers.at(-1)?.name}.output[`));
      return stage.phase === 'forward'
        ? words.forwardPass(this.equations(outputs))
        : words.backwardPass(this.equations(refs.filter(isParameter)));
    }
    const title = words.layer(stage.layer, texts.layerTitle(this.layer(stage.layer)?.type ?? ''));
    if (stage.phase === 'forward') return words.layerForward(title, this.equations(refs));
    if (stage.computes === 'loss_gradient') return words.lossGradients(this.equations(refs));
    return words.layerBackward(title, this.equations(refs.filter((ref) => !isParameter(ref))), refs.some(isParameter));
  }

  private loss(): Sentence {
    const outputs = this.trace.output[this.sample] ?? [];
    const pairs = outputs.map((_, unit) => {
      const truth = `y[${this.sample},${unit}]`;
      return words.compared(this.equation(this.output(unit)), this.equation(truth));
    });
    const known = this.trace.document.x.length === 1 && valueAt(this.trace, `y[${this.sample},0]`) !== null;
    return words.loss(known && pairs.length <= MOST ? listed(pairs, words.and) : null, this.value('loss'));
  }

  private sum(layer: LayerTrace, node: number): Sentence {
    const products = this.inputs(layer).map((input, row) => [input, `${layer.name}.w[${row},${node}]`] as const);
    const out = `${layer.name}.output[${this.sample},${node}]`;
    if (products.length > MOST) return words.longSum(this.symbol(out), products.length, this.value(out));
    const terms = products.map(([input, weight], place) => this.product(input, weight, place));
    return words.sum(this.symbol(out), added([...terms, this.factor(`${layer.name}.b[${node}]`)]), this.value(out));
  }

  private activation(layer: LayerTrace | undefined, node: number): Sentence {
    const name = layer?.name ?? '';
    const before = this.first(`${name}.input[${this.sample},${node}]`);
    return words.activation(
      texts.layerTitle(layer?.type ?? ''),
      this.equation(before),
      this.equation(`${name}.output[${this.sample},${node}]`),
    );
  }

  private parameterGradients(layer: LayerTrace, node: number): Sentence {
    const arriving = `${layer.name}.output.grad[${this.sample},${node}]`;
    const refs = parameterRefs(layer, node, 'grad');
    if (this.trace.document.x.length > 1) {
      return words.batchGradients(
        this.unitOfEverySample(layer, node),
        this.trace.document.x.length,
        this.equations(refs),
      );
    }
    const weights = this.inputs(layer).map((input, row) =>
      words.times(this.equation(input), this.equation(`${layer.name}.w.grad[${row},${node}]`)),
    );
    return words.parameterGradients(
      this.unit(layer, node),
      this.value(arriving),
      this.few(weights, (one) => one),
      this.equation(`${layer.name}.b.grad[${node}]`),
    );
  }

  private collected(layer: LayerTrace, node: number, ref: string): Sentence {
    const units = layer.output_gradient[0]?.length ?? 0;
    const source = this.symbol(this.inputs(layer)[node] ?? '');
    if (units > MOST) return words.longCollected(source, units, this.equation(ref));
    const terms = Array.from({ length: units }, (_, unit) => {
      const arriving = `${layer.name}.output.grad[${this.sample},${unit}]`;
      return this.product(arriving, `${layer.name}.w[${node},${unit}]`, unit);
    });
    return words.collected(source, added(terms), this.equation(ref));
  }

  private throughActivation(layer: LayerTrace | undefined, node: number, ref: string): Sentence {
    const after = this.equation(`${layer?.name}.output.grad[${this.sample},${node}]`);
    return words.throughActivation(texts.layerTitle(layer?.type ?? ''), after, this.equation(ref));
  }

  private changes(refs: readonly string[]): Sentence {
    return this.few(refs, (ref) => words.change(this.symbol(ref), this.value(ref), this.value(nextOf(ref))));
  }

  private inputs(layer: LayerTrace): string[] {
    return (layer.input[0] ?? []).map((_, input) => this.first(`${layer.name}.input[${this.sample},${input}]`));
  }

  /** The unit that a layer's output belongs to, by its sum: z, or h or ŷ where no activation follows. */
  private unit(layer: LayerTrace, node: number): Part {
    return this.symbol(`${layer.name}.output[${this.sample},${node}]`);
  }

  /** The unit without the sample that is drawn, where a sentence speaks of all of them. */
  private unitOfEverySample(layer: LayerTrace, node: number): Part {
    const unit = this.unit(layer, node);
    if (typeof unit === 'string' || !('symbol' in unit)) return unit;
    return { ...unit, symbol: unit.symbol.replace(/\^\[\d+\]$/, '') };
  }

  private output(unit: number): string {
    return `${this.trace.layers.at(-1)?.name}.output[${this.sample},${unit}]`;
  }
}

const weighted = (layer: LayerTrace): boolean => Object.keys(layer.parameters).length > 0;
const isParameter = (ref: string): boolean => /\.(?!output|input|one)[a-z]+\.grad\[/.test(ref) && !ref.startsWith('x.');

const ofImages = ({ input, output }: LayerTrace): boolean => shapeOf(input).length > 2 || shapeOf(output).length > 2;
