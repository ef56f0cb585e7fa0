import type { Remedy, Warning } from '../api/types';
import { put } from '../build/act';
import { inPageWords } from '../service-words';
import { catalog, network } from '../state/store';
import { texts } from '../texts';
import { SentenceText } from '../timeline/SentenceText';
import { sentenceOf } from '../timeline/wording';
import { remedied } from './remedy';
import './warnings.css';

const words = texts.warnings;

/** A quiet sign; opened, it says what does not suit, and offers what helps. */
export function OneWarning({ warning, named }: { warning: Warning; named: boolean }) {
  const { layer, message, remedies } = warning;
  const name = layer === null ? words.ofTargets : words.ofLayer(layer);
  return (
    <details class="warning" data-warning={message.key}>
      <summary aria-label={name} title={name}>
        <svg class="sign" viewBox="0 0 16 16" aria-hidden="true">
          <path d="M8 2.2 14.6 13.6H1.4ZM8 6.6v3.2M8 11.7v.01" />
        </svg>
        <span>{named ? (layer ?? words.targets) : words.sign}</span>
      </summary>
      <p>
        <SentenceText of={sentenceOf(message)} />
      </p>
      {remedies.length > 0 && (
        <p class="ways-out">
          {remedies.map((remedy) => (
            <button type="button" class="link" key={remedy.kind + remedy.value} onClick={() => follow(remedy)}>
              {titleOf(remedy)}
            </button>
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

/** As the menu of losses calls it. */
function lossTitle({ value }: Remedy): string {
  const kind = catalog.value?.losses.find(({ type }) => type === value);
  return kind ? inPageWords(kind.title) : String(value);
}
