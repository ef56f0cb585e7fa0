/** What all sentences are made of: symbols, numbers and equations of one trace, and lists of them. */

import type { LayerTrace, Trace } from '../api/types';
import { valueAt } from '../lookup';
import { symbolOf } from '../maths/names';
import { canonical } from '../refs';
import { listed, type Part, type Sentence, say } from '../say';
import { texts } from '../texts';

const words = texts.sentence;
/** More items than this are told as "…". */
export const MOST = 3;

export class Telling {
  constructor(
    protected readonly trace: Trace,
    protected readonly sample: number,
  ) {}

  protected equations(refs: readonly string[], count = refs.length): Sentence {
    return this.few(refs, (ref) => this.equation(ref), count);
  }

  /** Of `count` only the first are put into words: an image has thousands. They alone need be among the `items`. */
  protected few<Item>(
    items: readonly Item[],
    inWords: (item: Item) => Sentence,
    count: number = items.length,
  ): Sentence {
    if (count <= MOST + 1) return listed(items.map(inWords), words.and);
    return listed([...items.slice(0, MOST).map(inWords), [words.more(count - MOST)]], words.and);
  }

  protected equation(ref: string): Sentence {
    return [this.symbol(ref), ' = ', this.value(ref)];
  }

  protected symbol(ref: string): Part {
    return { symbol: symbolOf(this.trace, ref), ref };
  }

  protected value(ref: string): Part {
    return { value: valueAt(this.trace, ref) ?? Number.NaN, ref };
  }

  /** A term of a sum; in the first place a negative number needs no parentheses. */
  protected product(one: string, other: string, place: number): Sentence {
    return say`${place === 0 ? this.value(one) : this.factor(one)} · ${this.factor(other)}`;
  }

  /** A negative number after an operator is set in parentheses. */
  protected factor(ref: string): Sentence {
    const negative = (valueAt(this.trace, ref) ?? 0) < 0;
    return negative ? ['(', this.value(ref), ')'] : [this.value(ref)];
  }

  protected first(ref: string): string {
    return canonical(
      this.trace.layers.map(({ name }) => name),
      ref,
    );
  }

  protected layer(name: string): LayerTrace | undefined {
    return this.trace.layers.find((layer) => layer.name === name);
  }
}

export function added(terms: Sentence[]): Sentence {
  return terms.flatMap((term, place) => (place ? [' + ', ...term] : term));
}
