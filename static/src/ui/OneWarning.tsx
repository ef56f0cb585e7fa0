import type { NetworkDocument, Remedy, Warning } from '../api/types';
import { sentenceOf } from '../maths/sentences';
import { type Rows, rowsAt, rowsOf, withRows } from '../model/given';
import { type Change, revised } from '../model/revise';
import { type ChangeTitle, changeTitleOf, put } from '../state/buildActions';
import { catalog, network } from '../state/store';
import { texts } from '../texts';
import { LinkButton, Sign } from './buttons';
import { SentenceText } from './SentenceText';
import './warnings.css';

const words = texts.warnings;

/** An unobtrusive sign; when opened, it shows the warning and offers remedies. */
export function OneWarning({ warning, named }: { warning: Warning; named: boolean }) {
  const { layer, message, remedies } = warning;
  const name = layer === null ? words.ofTargets : words.ofLayer(layer);
  return (
    <details class="warning" data-warning={message.key}>
      <summary aria-label={name} title={name}>
        <Sign d="M8 2.2 14.6 13.6H1.4ZM8 6.6v3.2M8 11.7v.01" />
        <span>{named ? (layer ?? words.targets) : words.sign}</span>
      </summary>
      <p>
        <SentenceText of={sentenceOf(message)} />
      </p>
      {remedies.length > 0 && (
        <p class="ways-out">
          {remedies.map((remedy) => (
            <LinkButton key={remedy.kind + remedy.value} onClick={() => follow(remedy)}>
              {titleOf(remedy)}
            </LinkButton>
          ))}
        </p>
      )}
    </details>
  );
}

function follow(remedy: Remedy): void {
  const document = network.peek();
  const after = document && remedied(document, remedy, lossTitle(remedy));
  if (after) put(after.document, after.done);
}

function titleOf(remedy: Remedy): string {
  switch (remedy.kind) {
    case 'remove':
      return words.remove(remedy.layer ?? '');
    case 'outputs':
      return words.outputs(Number(remedy.value));
    case 'loss':
      return words.loss(lossTitle(remedy));
    case 'share_targets':
      return words.shareTargets;
  }
}

/** As in the menu of losses. */
function lossTitle({ value }: Remedy): string {
  const kind = catalog.value?.losses.find(({ type }) => type === value);
  return kind ? kind.title : String(value);
}

/** The remedies that the service suggests for a warning: each is (document, remedy) → document. */

/** The document with the remedy applied, and the title of the change; `null` if the layer does not exist any more. */
export function remedied(
  document: NetworkDocument,
  remedy: Remedy,
  lossTitle: string,
): { document: NetworkDocument; done: ChangeTitle } | null {
  const { y } = rowsOf(document);
  const at = document.layers.findIndex(({ name }) => name === remedy.layer);
  switch (remedy.kind) {
    case 'remove': {
      if (at < 0) return null;
      const change: Change = { kind: 'remove', at };
      return { document: revised(document, change, null), done: changeTitleOf(document, change) };
    }
    case 'outputs': {
      if (at < 0) return null;
      const count = Number(remedy.value);
      const widened = revised(document, { kind: 'set', at, field: 'output_dim', value: count }, null);
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

/** A single share of a sample is the share of the second class; classes stay unchanged. */
const asTwoShares = (y: Targets): Targets =>
  (y as (number | number[])[]).map((row) => (Array.isArray(row) ? [1 - (row[0] ?? 0), row[0] ?? 0] : row)) as Targets;

/** With a single output, the class is the target. */
const asRows = (y: Targets): Targets =>
  (y as (number | number[])[]).map((row) => (Array.isArray(row) ? row : [row])) as Targets;

const shared = (y: Targets): Targets =>
  (y as number[][]).map((row) => {
    const sum = row.reduce((total, share) => total + share, 0);
    return row.map((share) => share / sum);
  }) as Targets;
