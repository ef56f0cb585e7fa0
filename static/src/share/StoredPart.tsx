import { useState } from 'preact/hooks';
import { postStored } from '../api/stored';
import { copied } from '../clipboard';
import { Told } from '../page/Told';
import { sayProblem } from '../refusals';
import { shared } from '../state/sharing';
import { troubleOf } from '../state/trouble';
import { view } from '../state/view';
import { texts } from '../texts';
import { ways } from '../texts/ways';
import { addressWith } from './address';

const words = ways.stored;

export function StoredPart() {
  const [said, setSaid] = useState('');
  const [link, setLink] = useState<string | null>(null);
  const store = async () => {
    const document = shared.value?.document;
    if (!document) return;
    setSaid(words.storing);
    try {
      const { id } = await postStored(document);
      const address = addressWith(`${view.value}&n=${id}`);
      setLink(address);
      setSaid((await copied(address)) ? words.copied : words.stored);
    } catch (error) {
      const trouble = troubleOf(error);
      setSaid(words.failed(trouble.kind === 'refused' ? sayProblem(trouble.problem) : texts.problems.noServer));
    }
  };
  return (
    <section>
      <h3>{words.title}</h3>
      <p>{words.says}</p>
      <p class="row">
        <button type="button" class="link" onClick={() => void store()}>
          {words.store}
        </button>
      </p>
      <p class="said" aria-live="polite">
        <Told text={said} />
      </p>
      {link && (
        <p class="stored">
          <a href={link}>{link.slice(link.indexOf('#'))}</a>
        </p>
      )}
    </section>
  );
}
