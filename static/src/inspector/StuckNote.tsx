import { Sign, unitsNamed } from '../flow/stuck';
import { functionsOf, stuckOf } from '../model/functions';
import { placeOf } from '../model/picture';
import { columns } from '../state/pictured';
import { cursor, sample, trace } from '../state/store';
import { texts } from '../texts';
import { SentenceText } from '../timeline/SentenceText';

const words = texts.flow;

/** Of a unit that nothing comes back through, and of what leads into it: why its gradient is 0. */
export function StuckNote({ of: ref }: { of: string }) {
  const current = trace.value;
  if (!current) return null;
  const place = placeOf(current, columns.value, ref).at(-1);
  const found =
    place && stuckOf(functionsOf(columns.value)[place.column] ?? [], place.unit, current.stages, cursor.value);
  if (!found) return null;
  const named = unitsNamed(current, found.layer, [place.unit], sample.value, words);
  return (
    <p class="stuck-note" role="note">
      <Sign kind={found.kind} />{' '}
      <span>
        <SentenceText leads of={words[found.kind](named, found.layer, 1)} />
      </span>
    </p>
  );
}
