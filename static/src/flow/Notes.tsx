import type { Told } from '../state/flow';
import { sample } from '../state/store';
import { texts } from '../texts';
import { FlowSentence } from './FlowSentence';
import { Sign } from './Sign';
import { unitsNamed } from './units';

const words = texts.flow;

/** Which units stop the gradient, and why. */
export function Notes({ of: { of, flow } }: { of: Told }) {
  const notes = flow.rows.flatMap(({ layer, dead, saturated }) =>
    [['dead', dead] as const, ['saturated', saturated] as const]
      .filter(([, stuck]) => stuck.length > 0)
      .map(([kind, stuck]) => {
        const named = unitsNamed(of, layer, stuck, sample.value, words);
        return { kind, layer, said: words[kind](named, layer, stuck.length) };
      }),
  );
  if (notes.length === 0) return null;
  return (
    <ul class="flow-notes">
      {notes.map(({ kind, layer, said }) => (
        <li key={`${layer} ${kind}`}>
          <Sign kind={kind} />
          <span>
            <FlowSentence of={said} />
          </span>
        </li>
      ))}
    </ul>
  );
}
