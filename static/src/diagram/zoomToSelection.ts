/** The part to zoom to: the pressed one, the one with the focus, or the selected one. */

import { computed } from '@preact/signals';
import { parseRef } from '../model/refs';
import { selection } from '../state/attention';
import { asTable } from '../state/store';
import { view as shownView } from '../state/view';
import { space } from '../state/visibleGraph';
import { lineUnder } from './pointing';
import { asParts, heats, placed, selectedPart } from './view';
import { closeId, fitView, type Subject, subjectOf, toggleClose } from './zoom';

/** The number of cells of a picture of weights to show on each side of one. */
const CELLS = 12;

/** A part of the picture, or a weight in a picture of all weights, which has no part. */
export function subjectAt(id: string): Subject | null {
  return subjectOf(placed.value, id) ?? cellAt(id);
}

function cellAt(ref: string): Subject | null {
  const { name, part, index } = parseRef(ref) ?? {};
  const heat = part === 'w' ? heats.value.find(({ layer }) => layer.name === name) : undefined;
  const [row, column] = index ?? [];
  if (!heat || row === undefined || column === undefined) return null;
  const { box, values } = heat;
  const cell = { width: box.width / (values[0]?.length ?? 1), height: box.height / values.length };
  return {
    middle: { x: box.x + (column + 0.5) * cell.width, y: box.y + (row + 0.5) * cell.height },
    reach: { width: CELLS * cell.width, height: CELLS * cell.height },
  };
}

/** The selection, if it is anywhere in the picture. */
export const selectedSubject = computed(() => {
  const id = selectedPart.value ?? selection.value;
  return id !== null && subjectAt(id) ? id : null;
});

export const isClose = computed(() => closeId.value !== null && closeId.value === selectedSubject.value);

const isPictured = (): boolean => shownView.peek() === 'diagram' && !asTable.peek() && placed.peek().nodes.length > 0;

/** Zooms to it, or back. */
function look(id: string | null): void {
  const subject = id === null ? null : subjectAt(id);
  if (id !== null && subject) toggleClose(id, subject, placed.peek(), space.peek());
}

export const lookAtSelected = (): void => look(selectedSubject.peek());

/** By key: zooms to the part with the focus, or to the selected one; otherwise it only zooms back. */
export function lookCloser(): void {
  if (!isPictured()) return;
  const focused = document.activeElement?.closest<SVGElement>('[data-part]')?.dataset.part;
  look(focused ?? selectedSubject.peek() ?? closeId.peek());
}

/** By double click, whose first click has selected its target; elsewhere it only zooms back. */
export function onDoubleClick(event: MouseEvent): void {
  const target = event.target instanceof Element ? event.target : null;
  // These have another action on press, and are not zoomed to.
  if (target?.closest('.gap, .given, .hands')) return;
  const part = target?.closest<SVGElement>('[data-part]')?.dataset.part;
  const line = asParts.peek() ? null : lineUnder(event);
  look(part ?? (target?.closest('.heat') ? selectedSubject.peek() : (line ?? closeId.peek())));
}

export function seeAll(): void {
  if (isPictured()) fitView(placed.peek());
}
