/** The state of the table dialog: a worker reads the table, and the service checks whether it fits the network. */

import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { postTrace, Refused, Unreachable } from '../../api/client';
import type { NetworkDocument, Trace } from '../../api/types';
import { takesClasses, takesTargets } from '../../model/layer-settings';
import { sayProblem } from '../../state/requestError';
import { catalog, network } from '../../state/store';
import { texts } from '../../texts';
import { table as words } from '../../texts/table';
import type { Choice, Role } from './columns';
import { type Fault, faultsOf } from './faults';
import { Reader } from './reader';
import type { Settings, Taken, Understood } from './understand';

export type Scale = 'none' | 'standard' | 'minmax';

/** The user's choice of how the columns are used. */
export interface Wish extends Omit<Choice, 'most'> {
  /** Use only as many rows as a batch may have. */
  firstOnly: boolean;
  scale: Scale;
}

/** The network with the table as its data, and the changes that the service would make to it. */
export interface Fit {
  document: NetworkDocument;
  fitted: Trace['fitted'];
  taken: Taken;
}

export interface TableState {
  understood: Understood | null;
  wish: Wish;
  reading: boolean;
  failed: boolean;
  faults: readonly Fault[];
  /** More rows than a batch may have: their number, and the limit. */
  long: { rows: number; most: number } | null;
  fit: Fit | null;
  /** The reason why the service would refuse it. */
  refused: string | null;
  change: (settings: Settings) => void;
  choose: (wish: Partial<Wish>) => void;
}

const START: Wish = { roles: [], complete: false, firstOnly: false, scale: 'none' };
const limit = (name: string, usual: number): number =>
  catalog.peek()?.limits.find((one) => one.name === name)?.value ?? usual;

export function useTable(source: File | string | null): TableState {
  const reader = useMemo(() => new Reader(), []);
  const [understood, setUnderstood] = useState<Understood | null>(null);
  const [settings, setSettings] = useState<Settings>({});
  const [wish, setWish] = useState(START);
  const [read, setRead] = useState({ reading: false, failed: false });
  const [outcome, setOutcome] = useState<Pick<TableState, 'fit' | 'long' | 'refused'>>(NOTHING);
  const guess = useRef<readonly Role[]>(START.roles);
  useEffect(() => () => reader.close(), [reader]);

  const take = (pending: Promise<Understood>) => {
    setRead({ reading: true, failed: false });
    pending.then(
      (came) => {
        setUnderstood(came);
        setWish((before) => ({ ...before, roles: keptRoles(before.roles, guess.current, came.roles) }));
        guess.current = came.roles;
        setRead({ reading: false, failed: false });
      },
      () => setRead({ reading: false, failed: true }),
    );
  };
  useEffect(() => {
    if (source === null) return;
    setSettings({});
    setWish(START);
    setUnderstood(null);
    take(reader.read(source, {}, takesClasses(catalog.peek(), network.peek()?.loss.type)));
  }, [source]);

  const most = limit('MAX_BATCH', 10_000);
  const faults = understood
    ? faultsOf(understood, wish, limit('MAX_WIDTH', 4096), takesTargets(catalog.value, network.value?.loss.type))
    : [];
  const ready = understood !== null && faults.length === 0 && !read.reading;
  useEffect(() => {
    setOutcome(NOTHING);
    if (!ready) return;
    const aborter = new AbortController();
    void heldAgainst(reader, wish, most, aborter.signal).then((came) => {
      if (!aborter.signal.aborted) setOutcome(came);
    });
    return () => aborter.abort();
  }, [understood, wish, ready]);

  return {
    understood,
    wish,
    ...read,
    faults,
    ...outcome,
    change: (changed) => {
      const next = { ...settings, ...changed };
      setSettings(next);
      take(reader.again(next, takesClasses(catalog.peek(), network.peek()?.loss.type)));
    },
    choose: (changed) => setWish({ ...wish, ...changed }),
  };
}

const NOTHING = { fit: null, long: null, refused: null };

/** The user's choices are kept as long as the number of columns stays the same. */
const keptRoles = (before: readonly Role[], guess: readonly Role[], now: readonly Role[]): readonly Role[] =>
  before !== guess && before.length === now.length ? before : now;

async function heldAgainst(
  reader: Reader,
  { roles, complete, firstOnly, scale }: Wish,
  most: number,
  signal: AbortSignal,
): Promise<Pick<TableState, 'fit' | 'long' | 'refused'>> {
  const before = network.peek();
  const taken = await reader.take({ roles, complete, most });
  if (!before || signal.aborted) return NOTHING;
  if (taken.beyond && !firstOnly) return { ...NOTHING, long: { rows: taken.x.length + taken.beyond, most } };
  if (taken.x.length === 0) return { ...NOTHING, refused: words.faults.noRows };
  const document = withTable(before, taken, roles, scale);
  try {
    const { fitted } = await postTrace(document, 0, signal, { edited: ['/data'] });
    return { ...NOTHING, fit: { document, fitted, taken } };
  } catch (error) {
    if (signal.aborted) return NOTHING;
    if (error instanceof Refused) return { ...NOTHING, refused: sayProblem(error.problem) };
    if (error instanceof Unreachable) return { ...NOTHING, refused: texts.problems.unreachable };
    throw error;
  }
}

function withTable(before: NetworkDocument, taken: Taken, roles: readonly Role[], scale: Scale): NetworkDocument {
  const { x: _, y: __, ...others } = before;
  const columns = taken.names.map((name, place) => {
    const role = roles[place] ?? 'unused';
    return role === 'class' && taken.classes ? { name, role, classes: taken.classes } : { name, role };
  });
  const data = {
    rows: { x: taken.x, ...(taken.y.length > 0 ? { y: taken.y } : {}) },
    columns,
    scale,
  } as NetworkDocument['data'];
  return { ...others, input_shape: [taken.x[0]?.length ?? 1], data };
}
