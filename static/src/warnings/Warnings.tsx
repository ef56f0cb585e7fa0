import type { Remedy, Warning } from '../api/types';
import { put } from '../build/act';
import { inPageWords } from '../service-words';
import { catalog, network, trace, trouble } from '../state/store';
import { texts } from '../texts';
import { SentenceText } from '../timeline/SentenceText';
import { sentenceOf } from '../timeline/wording';
import { remedied } from './remedy';
import './warnings.css';

const words = texts.warnings;

interface Props {
  /** Whether each is called by its layer; where they stand at the layer that would be said twice. */
  named?: boolean;
  /** Which of them stand here. */
  at: (warning: Warning) => boolean;
}

/** What does not suit, as a quiet sign each; opened, it says what, and offers what helps. */
export function Warnings({ at, named = false }: Props) {
  // While something is refused the numbers are those of an older network, and so are its warnings.
  const found = trouble.value?.kind === 'refused' ? [] : (trace.value?.warnings ?? []).filter(at);
  return (
    <>
      {found.map((warning) => (
        <OneWarning key={warning.where + warning.message.key} warning={warning} named={named} />
      ))}
    </>
  );
}

/** All of them, beside the picture. */
export function PictureWarnings() {
  if (!trace.value?.warnings.length) return null;
  return (
    <section class="picture-warnings" aria-label={words.group}>
      <Warnings at={() => true} named />
    </section>
  );
}

function OneWarning({ warning, named }: { warning: Warning; named: boolean }) {
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
