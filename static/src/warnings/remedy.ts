/** What the service advises against something that does not suit: each is (document, remedy) → document. */

import type { NetworkDocument, Remedy } from '../api/types';
import type { Done } from '../build/act';
import { doneBy } from '../build/done';
import { type Change, revised } from '../build/revise';
import { type Rows, rowsAt, rowsOf, withRows } from '../rows';
import { texts } from '../texts';

const words = texts.warnings;

/** The document as it is advised, with what was done; `null` where the layer is gone. */
export function remedied(
  document: NetworkDocument,
  remedy: Remedy,
  lossTitle: string,
): { document: NetworkDocument; done: Done } | null {
  const { y } = rowsOf(document);
  const at = document.layers.findIndex(({ name }) => name === remedy.layer);
  switch (remedy.kind) {
    case 'remove': {
      if (at < 0) return null;
      const change: Change = { kind: 'remove', at };
      return { document: revised(document, change), done: doneBy(document, change) };
    }
    case 'outputs': {
      if (at < 0) return null;
      const count = Number(remedy.value);
      const widened = revised(document, { kind: 'set', at, field: 'output_dim', value: count });
      const title = words.done.outputs(remedy.layer ?? '', count);
      const places = [`/layers/${at}/output_dim`];
      return { document: withRows(widened, { y: asTwoShares(y) }), done: { title, places } };
    }
    case 'loss': {
      const loss = { type: remedy.value } as NetworkDocument['loss'];
      const done = { title: words.done.loss(lossTitle), places: ['/loss'] };
      return { document: withRows({ ...document, loss }, { y: asRows(y) }), done };
    }
    case 'share_targets':
      return {
        document: withRows(document, { y: shared(y) }),
        done: { title: words.done.shareTargets, places: [rowsAt(document, '/y')] },
      };
  }
}

type Targets = Rows['y'];

/** The one share of a sample is that of the second class; classes stay. */
const asTwoShares = (y: Targets): Targets =>
  (y as (number | number[])[]).map((row) => (Array.isArray(row) ? [1 - (row[0] ?? 0), row[0] ?? 0] : row)) as Targets;

/** Where there is one output, its class is its target. */
const asRows = (y: Targets): Targets =>
  (y as (number | number[])[]).map((row) => (Array.isArray(row) ? row : [row])) as Targets;

const shared = (y: Targets): Targets =>
  (y as number[][]).map((row) => {
    const sum = row.reduce((total, share) => total + share, 0);
    return row.map((share) => share / sum);
  }) as Targets;
