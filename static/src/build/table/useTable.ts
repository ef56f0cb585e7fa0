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

/** Errors that prevent the chosen use of a table. Separate from `understand.ts`, whose parser only the worker loads. */

export type Fault =
  | { kind: 'noInput' | 'noTarget' | 'both' | 'oneColumn' | 'noRows' | 'question' }
  | { kind: 'severalClasses'; columns: number[] }
  | { kind: 'oneClass' | 'manyClasses'; column: number; name: string }
  | {
      kind: 'missing' | 'date' | 'text' | 'huge';
      column: number;
      name: string;
      count: number;
      row: number;
      text: string;
    }
  | { kind: 'ragged'; row: number; cells: number; expected: number }
  | { kind: 'unclosed'; row: number }
  | { kind: 'wide'; columns: number; most: number };

/** The errors of the chosen use; a network has limited numbers of inputs and outputs. A loss may need no targets. */
export function faultsOf(
  table: Understood,
  { roles, complete }: Omit<Choice, 'most'>,
  width: number,
  targetsNeeded = true,
): Fault[] {
  const faults: Fault[] = [];
  const { columns, ragged, unclosed, question, rows } = table;
  if (unclosed !== null) faults.push({ kind: 'unclosed', row: unclosed });
  else if (ragged) faults.push({ kind: 'ragged', row: ragged.row, cells: ragged.cells, expected: ragged.expected });
  if (question) faults.push({ kind: 'question' });
  if (rows === 0) return [...faults, { kind: 'noRows' }];
  if (columns.length === 1 && targetsNeeded) return [...faults, { kind: 'oneColumn' }];
  const places = (role: Role) => roles.flatMap((one, place) => (one === role ? [place] : []));
  const [inputs, targets, classes] = [places('input'), places('target'), places('class')];
  if (inputs.length === 0) faults.push({ kind: 'noInput' });
  if (targetsNeeded && targets.length + classes.length === 0) faults.push({ kind: 'noTarget' });
  if (targets.length && classes.length) faults.push({ kind: 'both' });
  if (classes.length > 1) faults.push({ kind: 'severalClasses', columns: classes.map((place) => place + 1) });
  for (const used of [inputs, targets]) {
    if (used.length > width) faults.push({ kind: 'wide', columns: used.length, most: width });
  }
  for (const [place, role] of roles.entries()) {
    const column = columns[place];
    if (!column || role === 'unused') continue;
    const kinds = role === 'class' ? (['missing'] as const) : (['text', 'date', 'huge', 'missing'] as const);
    for (const kind of kinds) {
      const first = column.first[kind];
      if (!first || (kind === 'missing' && complete)) continue;
      faults.push({ kind, column: place + 1, name: column.name, count: column.counts[kind], ...first });
    }
    if (role !== 'class') continue;
    if (!column.classes) faults.push({ kind: 'manyClasses', column: place + 1, name: column.name });
    else if (column.classes.length < 2) faults.push({ kind: 'oneClass', column: place + 1, name: column.name });
  }
  return faults;
}
