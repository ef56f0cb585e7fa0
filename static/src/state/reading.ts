/** A network that can only be read: in a saved web page, and in a frame, whose address says what it shows. */

import { signal } from '@preact/signals';
import { getStored, postTrace, Refused } from '../api/client';
import { NOTATIONS, type Notation, type Problem } from '../api/types';
import { showsProducts } from '../model/choices';
import { GRAINS, type Grain } from '../model/cursor';
import type { SharedState } from '../model/shared-state';
import { texts } from '../texts';
import { toStep } from './moves';
import { restore } from './network';
import { pending, readOnly, titleOfNetwork } from './store';
import { THEMES, theme } from './theme';
import { report } from './tracing';
import { READ, view } from './view';

/** The licences of what a saved page contains; null if they are at an address of the service. */
export const licences = signal<string | null>(null);

export async function openReading(state: SharedState): Promise<void> {
  readOnly.value = true;
  const { document, sample, edges, table } = state;
  const { signal } = new AbortController();
  const trace = await postTrace(document, sample, signal, { products: showsProducts(edges, table) });
  restore(state, trace, { title: texts.history.titles.opened(titleOfNetwork(document.name ?? '')), example: null });
}

/** What is around the picture: everything, only the steps, or nothing, and then nothing in it can be pressed. */
export const CONTROLS = ['all', 'steps', 'none'] as const;
export type Controls = (typeof CONTROLS)[number];

interface Framed {
  id: string;
  /** How many steps of the grain are taken; all, if there are fewer. */
  step: number;
  grain: Grain;
  sample: number;
  notation: Notation;
  table: boolean;
}

const PATH = /^\/embed\/([\w-]+)$/;

/** Reads the address of a frame, `/embed/{id}?view=matrices&step=3`. A value that is none of those has no effect. */
export function framedBy(path: string, search: string): Framed {
  const asked = new URLSearchParams(search);
  const count = (name: string) => Number(/^\d{1,9}$/.exec(asked.get(name) ?? '')?.[0] ?? 0);
  return {
    id: PATH.exec(path)?.[1] ?? '',
    step: count('step'),
    grain: oneOf(GRAINS, asked.get('grain')) ?? 'node',
    sample: Math.max(0, count('sample') - 1),
    notation: oneOf(NOTATIONS, asked.get('notation')) ?? 'scalar',
    table: asked.get('table') === '1',
  };
}

export const controlsIn = (search: string): Controls =>
  oneOf(CONTROLS, new URLSearchParams(search).get('controls')) ?? 'all';

const oneOf = <One extends string>(all: readonly One[], asked: string | null): One | undefined =>
  all.find((one) => one === asked);

const EDITING = { key: 'frame_key', detail: '' } as unknown as Problem;

/** Opens the stored network that the address of the frame names. */
export async function openFramed({ pathname, search }: Location): Promise<void> {
  const asked = new URLSearchParams(search);
  const { id, step, sample, ...looks } = framedBy(pathname, search);
  readOnly.value = true;
  view.value = oneOf(READ, asked.get('view')) ?? 'diagram';
  theme.value = oneOf(THEMES, asked.get('theme')) ?? theme.peek();
  try {
    const stored = await getStored(id);
    // All who see the frame see its address, and must not be able to change the network by it.
    if (stored.id) throw new Refused(EDITING);
    const { document } = stored;
    const state = { step: stored.step, start: null, cursor: 0, trail: [], edges: 'auto', nodes: 'both', example: null };
    const last = (document.x?.length ?? 1) - 1;
    await openReading({ ...state, ...looks, document, sample: Math.min(sample, last) } as SharedState);
    pending.value = null;
    toStep(step);
  } catch (error) {
    pending.value = () => openFramed(location);
    report(error);
  }
}
