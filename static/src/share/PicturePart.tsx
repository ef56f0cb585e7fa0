import { useState } from 'preact/hooks';
import { isPictured, pngOf, svgOfPicture } from '../picture/picture';
import { print } from '../print/printing';
import { asTable, network } from '../state/store';
import { openView } from '../state/view';
import { texts } from '../texts';
import { ways } from '../texts/ways';
import { download } from './download';
import { fileName } from './files';

const words = ways.picture;

/** The picture on the screen, to keep. */
export function PicturePart() {
  const [said, setSaid] = useState('');
  const save = async (kind: 'svg' | 'png') => {
    setSaid(words.drawing);
    try {
      const svg = await svgOfPicture();
      if (!svg) return setSaid('');
      const name = fileName(network.value?.name ?? '', kind);
      download(name, kind === 'svg' ? new Blob([svg], { type: 'image/svg+xml' }) : await pngOf(svg));
      setSaid(texts.share.file.saved(name));
    } catch {
      setSaid(words.failed);
    }
  };
  const show = () => {
    asTable.value = false;
    openView('diagram');
  };
  return (
    <section>
      <h3>{words.title}</h3>
      {isPictured() ? (
        <>
          <p>{words.says}</p>
          <p class="row">
            {(['svg', 'png'] as const).map((kind) => (
              <button key={kind} type="button" class="link" title={words.titles[kind]} onClick={() => void save(kind)}>
                {words.save(kind.toUpperCase())}
              </button>
            ))}
          </p>
        </>
      ) : (
        <p>
          {words.elsewhere}{' '}
          <button type="button" class="link" onClick={show}>
            {words.show}
          </button>
        </p>
      )}
      <p>{words.printSays}</p>
      <p class="row">
        <button type="button" class="link" title={words.printTitle} onClick={() => void print()}>
          {words.print}
        </button>
      </p>
      <p class="said" aria-live="polite">
        {said}
      </p>
    </section>
  );
}
