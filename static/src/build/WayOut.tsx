import { refusal } from '../state/store';
import { wayOut } from '../ways';
import { put } from './act';

/** A button that does what helps against the refusal of the last edit. */
export function WayOut() {
  const { value } = refusal;
  const way = value && wayOut(value.problem, value.attempted, value.place);
  if (!way) return null;
  return (
    <button type="button" class="link" onClick={() => put(way.document, { title: way.title, places: [value.place] })}>
      {way.title}
    </button>
  );
}
