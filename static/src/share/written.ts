/** A state as a link holds it. */

import { changes } from '../training/line';
import type { SharedState } from './state';

/** Of the start only what differs: inputs and targets, the largest part of many documents, stay the same. */
export const written = ({ start, ...state }: SharedState) => ({
  ...state,
  start: start && { step: start.step, document: changes(state.document, start.document) },
});
