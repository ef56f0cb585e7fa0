import { useState } from 'preact/hooks';
import { network } from '../state/store';
import { texts } from '../texts';
import { download } from './download';
import { fileName, fileText } from './files';

const words = texts.share.file;

export function FilePart() {
  const [said, setSaid] = useState('');
  const save = () => {
    const document = network.value;
    if (!document) return;
    const name = fileName(document.name ?? '', 'json');
    download(name, new Blob([fileText(document)], { type: 'application/json' }));
    setSaid(words.saved(name));
  };
  return (
    <section>
      <h3>{words.title}</h3>
      <p>{words.says}</p>
      <p class="row">
        <button type="button" class="link" onClick={save}>
          {words.save}
        </button>
      </p>
      <p class="said" aria-live="polite">
        {said}
      </p>
    </section>
  );
}
