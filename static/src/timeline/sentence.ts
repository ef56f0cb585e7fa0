/** What is happening now, in plain words with the step's own numbers. The words are in texts/, the numbers in the trace. */

import type { LayerTrace, Trace } from '../api/types';
import { shapeOf, valueAt } from '../lookup';
import { baseOf, nextOf } from '../refs';
import { listed, type Part, type Sentence } from '../say';
import { inPageWords } from '../service-words';
import { texts } from '../texts';
import { computedCount, computedRefs, parameterRefs } from './computed';
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
    if (!stage) return [];
    if (stage.phase === 'loss') return this.loss();
    if (stage.phase === 'update') {
      const { refs, count } = this.computedIn(pieces);
      return words.update(this.changes(refs.map(baseOf), count), this.trace.document.optimizer.lr);
    }
    const ofParameters = pieces.filter((piece) => piece.stage.computes === 'parameter_gradients');
    if (grain === 'pass') {
      const last = this.trace.layers.at(-1)?.name;
      const outputs = pieces.filter((piece) => piece.stage.computes === 'output' && piece.stage.layer === last);
      return stage.phase === 'forward'
        ? words.forwardPass(this.allIn(outputs))
        : words.backwardPass(this.allIn(ofParameters));
    }
    const title = words.layer(stage.layer, texts.layerTitle(this.layer(stage.layer)?.type ?? ''));
    if (stage.phase === 'forward') return words.layerForward(title, this.allIn(pieces));
    if (stage.computes === 'loss_gradient') return words.lossGradients(this.allIn(pieces));
    const passedOn = pieces.filter((piece) => !ofParameters.includes(piece));
    return words.layerBackward(title, this.allIn(passedOn), ofParameters.length > 0);
  }

  private allIn(pieces: readonly Piece[]): Sentence {
    const { refs, count } = this.computedIn(pieces);
    return this.equations(refs, count);
  }

  /** As many as can be told, and how many there are. */
  private computedIn(pieces: readonly Piece[]) {
    return {
      refs: computedRefs(this.trace, pieces, this.sample, MOST + 1),
      count: computedCount(this.trace, pieces, this.sample),
    };
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
    const weights = this.inputs(layer).map((input, row) => [input, `${layer.name}.w.grad[${row},${node}]`] as const);
    return words.parameterGradients(
      this.unit(layer, node),
      this.value(arriving),
      this.few(weights, ([input, weight]) => words.times(this.equation(input), this.equation(weight))),
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

  private changes(refs: readonly string[], count = refs.length): Sentence {
    const change = (ref: string) => words.change(this.symbol(ref), this.value(ref), this.value(nextOf(ref)));
    return this.few(refs, change, count);
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

const ofImages = ({ input, output }: LayerTrace): boolean => shapeOf(input).length > 2 || shapeOf(output).length > 2;
