import { useEffect, useState } from 'preact/hooks';
import type { GradientFlow, LayerFlow } from '../api/questions';
import { type FlowAnswer, isKnown, keepFlow, refused, retry, shown, toGradients } from '../state/flow';
import { sample } from '../state/store';
import { texts } from '../texts';
import { LinkButton } from '../ui/buttons';
import { RequestErrorNote } from '../ui/notes';
import { SentenceText } from '../ui/SentenceText';
import { Sign, unitsNamed } from '../ui/stuck';
import { Bars } from './Bars';
import './flow.css';

const words = texts.flow;

/** The size of the gradient at each layer, the verdict, and the units that block it. */
export function Flow() {
  useEffect(keepFlow, []);
  if (!isKnown.value) {
    return (
      <p class="flow-aside">
        {words.notReached} <LinkButton onClick={toGradients}>{words.goThere}</LinkButton>
      </p>
    );
  }
  return (
    <>
      <RequestErrorNote of={refused.value} onRetry={retry} />
      {shown.value ? <Strip of={shown.value} /> : !refused.value && <p class="flow-aside">{words.working}</p>}
    </>
  );
}

function Strip({ of }: { of: FlowAnswer }) {
  // Stored by name: an edit under a resting pointer changes the numbers, but not the layer.
  const [pointed, setPointed] = useState<string | null>(null);
  const [focused, setFocused] = useState<string | null>(null);
  const row = of.flow.rows.find(({ layer }) => layer === (pointed ?? focused)) ?? null;
  const healthy = of.flow.rows.every(({ dead, saturated }) => dead.length + saturated.length === 0);
  return (
    <div class="flow-result">
      <p class="flow-verdict">
        <SentenceText precision={2} of={verdictSentence(verdictOf(of.flow))} />
      </p>
      <Bars of={of} onPoint={setPointed} onFocus={setFocused} />
      <p class="flow-reading">
        <Reading of={row} />
        {healthy && <span>{words.healthy}</span>}
      </p>
      <Notes of={of} />
    </div>
  );
}

function verdictSentence(verdict: Verdict) {
  const sentences = words.verdict;
  if (verdict.kind === 'stopped') return sentences.stopped(verdict.layer);
  if (!('times' in verdict)) return sentences[verdict.kind];
  return sentences[verdict.kind]({ value: verdict.times, ref: null }, { value: FAR, ref: null });
}

/** The units that block the gradient, and the reason. */
function Notes({ of: { of, flow } }: { of: FlowAnswer }) {
  const notes = flow.rows.flatMap(({ layer, dead, saturated }) =>
    [['dead', dead] as const, ['saturated', saturated] as const]
      .filter(([, stuck]) => stuck.length > 0)
      .map(([kind, stuck]) => {
        const named = unitsNamed(of, layer, stuck, sample.value, words);
        return { kind, layer, text: words[kind](named, layer, stuck.length) };
      }),
  );
  if (notes.length === 0) return null;
  return (
    <ul class="flow-notes">
      {notes.map(({ kind, layer, text }) => (
        <li key={`${layer} ${kind}`}>
          <Sign kind={kind} />
          <span>
            <SentenceText leads of={text} />
          </span>
        </li>
      ))}
    </ul>
  );
}

/** The numbers of the layer under the pointer; otherwise, the meaning of the marks. */
function Reading({ of }: { of: LayerFlow | null }) {
  if (of) {
    const { layer, type, gradient, parameters } = of;
    const [title, value] = [texts.layerTitle(type), { value: gradient, ref: null }];
    const own = parameters === null ? null : { value: parameters, ref: null };
    return (
      <span>
        <SentenceText of={own ? words.readingOwn(layer, title, value, own) : words.reading(layer, title, value)} />
      </span>
    );
  }
  return (
    <span title={words.key.title}>
      <span class="flow-key flow-key-bar" /> {words.key.gradient} <span class="flow-key flow-key-own" />{' '}
      {words.key.parameters}
    </span>
  );
}

/** The verdict: whether the gradient reaches the first layer. */

/** The gradient vanishes, or explodes, if it changes by more than this factor from the output to the first layer. */
export const FAR = 1000;
/** Up to this factor its size counts as unchanged. */
const NEAR = 2;

type Verdict =
  | { kind: 'single' | 'none' | 'broken' | 'even' }
  /** The gradient is 0 before this layer. */
  | { kind: 'stopped'; layer: string }
  | { kind: 'vanishes' | 'shrinks' | 'grows' | 'explodes'; times: number };

export function verdictOf({ rows, ratio }: GradientFlow): Verdict {
  if (!rows.every(({ gradient }) => Number.isFinite(gradient))) return { kind: 'broken' };
  if (rows.length < 2) return { kind: 'single' };
  if (ratio === null) return { kind: 'none' };
  const stopped = rows.findLastIndex(({ gradient }) => gradient === 0);
  if (stopped >= 0) return { kind: 'stopped', layer: rows[stopped + 1]?.layer ?? '' };
  const times = ratio < 1 ? 1 / ratio : ratio;
  if (times <= NEAR) return { kind: 'even' };
  if (ratio < 1) return { kind: times > FAR ? 'vanishes' : 'shrinks', times };
  return { kind: times > FAR ? 'explodes' : 'grows', times };
}
