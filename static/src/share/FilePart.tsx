import { useRef, useState } from 'preact/hooks';
import { receive } from '../build/table/received';
import { closePanel } from '../page/Panel';
import { network } from '../state/store';
import { texts } from '../texts';
import { download } from './download';
import { fileName, fileText } from './files';

const words = texts.share.file;

export function FilePart() {
  const chooser = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState('');
  const save = () => {
    const document = network.value;
    if (!document) return;
    const name = fileName(document.name ?? '', 'json');
    download(name, new Blob([fileText(document)], { type: 'application/json' }));
    setSaid(words.saved(name));
  };
  const open = (input: HTMLInputElement) => {
    const file = input.files?.[0];
    if (!file) return;
    closePanel(input);
    void receive(file);
  };
  return (
    <section>
      <h3>{words.title}</h3>
      <p>{words.says}</p>
      <p class="row">
        <button type="button" class="link" onClick={save}>
          {words.save}
        </button>
        <button type="button" class="link" onClick={() => chooser.current?.click()}>
          {words.open}
        </button>
        <input
          ref={chooser}
          type="file"
          hidden
          accept=".json,application/json"
          aria-label={words.open}
          onChange={(event) => open(event.currentTarget)}
        />
      </p>
      <p class="said" aria-live="polite">
        {said}
      </p>
    </section>
  );
}
