import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { spoken } from '../maths/symbol';
import { isFrozen } from '../model/given';
import { selection } from '../state/attention';
import { trace } from '../state/store';
import { texts } from '../texts';
import { LinkButton } from '../ui/buttons';
import { SpokenLock } from '../ui/Lock';
import { SymbolMath } from '../ui/MathML';
import { goAbout, goRound } from '../ui/roving';
import { columnsOf, Entries } from './Entries';
import type { NumberRow } from './images';
import type { EdgeRow, Entry, GoalRow, NodeRow } from './rows';

export interface Line {
  id: string;
  symbol: string;
  current: boolean;
  /** Whether updates leave it unchanged. */
  frozen?: boolean;
  /** The cells before its numbers. */
  facts: readonly ComponentChildren[];
  /** `null` if it has no such number. */
  entries: readonly (Entry | null)[];
}

interface Props {
  caption: string;
  heads: readonly string[];
  lines: readonly Line[];
}

/** A table is one tab stop; the rows of the current step are marked. */
export function Table({ caption, heads, lines }: Props) {
  const { stop, onFocusCapture } = useStop(lines.flatMap(({ entries }) => entries));
  const columns = columnsOf(lines, lines[0]?.entries.length ?? 0);
  return (
    <table onKeyDown={goThrough} onFocusCapture={onFocusCapture}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          {heads.map((head, place) => (
            <th key={head} scope="col" class={place < heads.length - columns.length ? 'fact' : undefined}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map(({ id, symbol, current, frozen, facts, entries }) => (
          <tr key={id} data-near={id} aria-current={current ? 'step' : undefined}>
            <th scope="row">
              <SpokenSymbol of={symbol} />
              {frozen && <SpokenLock name={texts.names.frozen} />}
            </th>
            {facts.map((fact, place) => (
              // Keyed by position: every line has the same facts in the same order.
              <td key={place}>{fact}</td>
            ))}
            <Entries entries={entries} columns={columns} stop={stop} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Typeset, with the accessible name that symbols have everywhere on the page. */
export function SpokenSymbol({ of }: { of: string }) {
  return (
    <>
      <span class="visually-hidden">{spoken(of)}</span>
      <span aria-hidden="true">
        <SymbolMath of={of} />
      </span>
    </>
  );
}

/** Says what a table omits, and links to it. */
export function More({ text, way, go }: { text: string; way: string; go: () => void }) {
  return (
    <p class="more">
      {text} <LinkButton onClick={go}>{way}</LinkButton>
    </p>
  );
}

/** A table is one tab stop, and the arrow keys move through its numbers. */

/** The tab stop is the last focused number, or the selected one, or the first. */
export function useStop(entries: readonly (Entry | null)[]) {
  const [focused, setFocused] = useState<string | null>(null);
  const refs = entries.flatMap((entry) => entry?.ref ?? []);
  return {
    stop: [focused, selection.value].find((ref) => ref !== null && refs.includes(ref)) ?? refs[0],
    onFocusCapture: (event: FocusEvent) => setFocused((event.target as HTMLElement).dataset.entry ?? null),
  };
}

const entriesIn = (part: Element): HTMLElement[] => [...part.querySelectorAll<HTMLElement>('[data-entry]')];
const columnOf = (entry: HTMLElement): number => entry.closest('td')?.cellIndex ?? 0;

/** Up and down move column by column: the sort is stable in the order of the rows. */
function goThrough(event: KeyboardEvent): void {
  const entries = entriesIn(event.currentTarget as Element).sort((one, other) => columnOf(one) - columnOf(other));
  goRound(event, entries);
}

/** In a map the keys move from number to number along rows and columns. */
export function goAround(event: KeyboardEvent): void {
  const rows = [...((event.currentTarget as HTMLTableElement).tBodies[0]?.rows ?? [])].map(entriesIn);
  const written = rows.filter((row) => row.length > 0);
  goAbout(event, written);
}

const { heads } = texts.tables;

/** The columns of a table of weights. */
export const WEIGHTS = [heads.weight, heads.from, heads.to, heads.value, heads.product, heads.gradient, heads.next];

/** A unit, with its pre-activation if its column has one. */
export function unitLine({ node, current, value, gradient, pre, preGradient }: NodeRow, activated: boolean): Line {
  return {
    id: node.id,
    symbol: node.label,
    current,
    facts: [texts.roles[node.role]],
    entries: activated ? [pre, value, gradient, preGradient] : [value, gradient],
  };
}

export function weightLine({ edge, ref, current, weight, product, gradient, next }: EdgeRow): Line {
  return {
    id: ref,
    symbol: edge.label ?? ref,
    current,
    frozen: isFrozen(trace.value, ref),
    facts: [<SpokenSymbol key="from" of={edge.source} />, <SpokenSymbol key="to" of={edge.target} />],
    entries: [weight, product, gradient, next],
  };
}

/** The caption of a table of weights; it mentions the biases if there are any. */
export function weightsCaption(layer: string, weights: readonly EdgeRow[]): string {
  const { captions } = texts.tables;
  return weights.some(({ ref }) => ref.startsWith(`${layer}.b[`))
    ? captions.weights(layer)
    : captions.onlyWeights(layer);
}

export function goalLine({ ref, symbol, role, current, value }: GoalRow): Line {
  return { id: ref, symbol, current, facts: [texts.roles[role]], entries: [value] };
}

/** A single number of a layer and, if it is learned, its updated value. */
export function numberLine({ ref, symbol, current, value, gradient, next }: NumberRow, updated: boolean): Line {
  const frozen = isFrozen(trace.value, ref);
  return {
    id: ref,
    symbol,
    current,
    frozen,
    facts: [],
    entries: updated ? [value, gradient, next] : [value, gradient],
  };
}
