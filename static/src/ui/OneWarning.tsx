import type { Remedy, Warning } from '../api/types';
import { sentenceOf } from '../maths/sentences';
import { patched } from '../model/json';
import { put } from '../state/buildActions';
import { behind, catalog, network, trace } from '../state/store';
import { askTrace } from '../state/tracing';
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
            <LinkButton key={remedy.kind + remedy.value} onClick={() => void follow(warning, remedy)}>
              {titleOf(remedy)}
            </LinkButton>
          ))}
        </p>
      )}
    </details>
  );
}

/** The edit is of the shown network: after a change that is not answered yet, that of the same warning in the answer. */
async function follow({ where, message }: Warning, { kind }: Remedy): Promise<void> {
  await askTrace.settled();
  const document = network.peek();
  if (!document || behind.peek()) return;
  const now = trace.peek()?.warnings.find((one) => one.where === where && one.message.key === message.key);
  const remedy = now?.remedies.find((one) => one.kind === kind);
  if (remedy) put(patched(document, remedy.patch), { title: doneTitleOf(remedy), places: [remedy.edited] });
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

/** For the history. */
function doneTitleOf(remedy: Remedy): string {
  const layer = remedy.layer ?? '';
  switch (remedy.kind) {
    case 'remove':
      return texts.build.done.removed(layer);
    case 'outputs':
      return words.done.outputs(layer, Number(remedy.value));
    case 'loss':
      return words.done.loss(lossTitle(remedy));
    case 'share_targets':
      return words.done.shareTargets;
  }
}
