import { useEffect, useState } from 'preact/hooks';
import { postStored } from '../api/client';
import { download, fileName, fileText } from '../documents/files';
import { type Packing, packing } from '../documents/link';
import { isPictured, pngOf, svgOfPicture } from '../picture/picture';
import { copied } from '../state/browser';
import { requestErrorOf, sayProblem } from '../state/requestError';
import { shared, way } from '../state/sharing';
import { asTable, network, trainingStep } from '../state/store';
import { openView, view } from '../state/view';
import { texts } from '../texts';
import { ways } from '../texts/ways';
import { LinkButton } from '../ui/buttons';
import { LocalizedText } from '../ui/notes';
import './share.css';

const words = texts.share.file;

/** A link, a file, a picture, or storage on the server. */
export function ShareMenu({ print }: { print: () => void }) {
  return (
    <div class="share">
      <h2>{texts.share.title}</h2>
      <LinkPart />
      <FilePart />
      <PicturePart print={print} />
      <StoredPart />
    </div>
  );
}

function FilePart() {
  const [status, setStatus] = useState('');
  const save = () => {
    const document = network.value;
    if (!document) return;
    const name = fileName(document.name ?? '', 'json');
    download(name, new Blob([fileText(document)], { type: 'application/json' }));
    setStatus(words.saved(name));
  };
  return (
    <section>
      <h3>{words.title}</h3>
      <p>{words.says}</p>
      <p class="row">
        <LinkButton onClick={save}>{words.save}</LinkButton>
      </p>
      <p class="said" aria-live="polite">
        {status}
      </p>
    </section>
  );
}

function LinkPart() {
  const base = shared.value;
  const [withWay, setWithWay] = useState(base?.start != null);
  const start = withWay ? way.value : null;
  const [made, setMade] = useState<Packing | null>(null);
  const [status, setStatus] = useState('');
  useEffect(() => {
    let newest = true;
    setStatus('');
    if (base) void packing({ ...base, start }).then((packed) => newest && setMade(packed));
    return () => {
      newest = false;
    };
  }, [base, start]);
  const copy = async (payload: string) => {
    setStatus((await copied(addressWith(`${view.value}&s=${payload}`))) ? ways.link.copied : ways.link.failed);
  };
  // Reserves the room of the link while it is computed, so that nothing beneath it moves.
  const link = made?.fits === false ? null : made;
  return (
    <section aria-busy={made === null}>
      <h3>{ways.link.title}</h3>
      {made?.fits !== false && <p>{ways.link.says}</p>}
      <Way chosen={withWay} onChoose={setWithWay} />
      {made?.fits === false ? (
        <p role="alert" class="message">
          {(made.why === 'numbers' ? ways.link.tooMany : ways.link.tooLong)(made.asked, made.allowed)}
        </p>
      ) : (
        <>
          <p class="row">
            <button type="button" class="primary" aria-disabled={!link} onClick={() => link && void copy(link.payload)}>
              {ways.link.copy}
            </button>
            <span aria-live="polite">{status}</span>
          </p>
          <p class={link ? 'state' : 'state waiting'}>{ways.link.ending(link?.hash ?? '0'.repeat(16))}</p>
        </>
      )}
    </section>
  );
}

/** Whether the link includes the way back to earlier training steps. */
function Way({ chosen, onChoose }: { chosen: boolean; onChoose: (chosen: boolean) => void }) {
  const [{ value: found }, { value: step }] = [way, trainingStep];
  if (!found) return step > 1 ? <p>{ways.link.noWay(step)}</p> : null;
  return (
    <>
      <p>
        <label class="way" title={ways.link.wayTitle}>
          <input type="checkbox" checked={chosen} onChange={(event) => onChoose(event.currentTarget.checked)} />
          {ways.link.way(found.step)}
        </label>
      </p>
      <p>{chosen ? ways.link.hasWay(step, found.step) : ways.link.noWay(step)}</p>
    </>
  );
}

/** Saves the picture on the screen. */
function PicturePart({ print }: { print: () => void }) {
  const [status, setStatus] = useState('');
  const save = async (kind: 'svg' | 'png') => {
    setStatus(ways.picture.drawing);
    try {
      const svg = await svgOfPicture();
      if (!svg) return setStatus('');
      const name = fileName(network.value?.name ?? '', kind);
      download(name, kind === 'svg' ? new Blob([svg], { type: 'image/svg+xml' }) : await pngOf(svg));
      setStatus(texts.share.file.saved(name));
    } catch {
      setStatus(ways.picture.failed);
    }
  };
  const show = () => {
    asTable.value = false;
    openView('diagram');
  };
  return (
    <section>
      <h3>{ways.picture.title}</h3>
      {isPictured() ? (
        <>
          <p>{ways.picture.says}</p>
          <p class="row">
            {(['svg', 'png'] as const).map((kind) => (
              <button
                key={kind}
                type="button"
                class="link"
                title={ways.picture.titles[kind]}
                onClick={() => void save(kind)}
              >
                {ways.picture.save(kind.toUpperCase())}
              </button>
            ))}
          </p>
        </>
      ) : (
        <p>
          {ways.picture.elsewhere} <LinkButton onClick={show}>{ways.picture.show}</LinkButton>
        </p>
      )}
      <p>{ways.picture.printSays}</p>
      <p class="row">
        <LinkButton title={ways.picture.printTitle} onClick={print}>
          {ways.picture.print}
        </LinkButton>
      </p>
      <p class="said" aria-live="polite">
        {status}
      </p>
    </section>
  );
}

function StoredPart() {
  const [status, setStatus] = useState('');
  const [link, setLink] = useState<string | null>(null);
  const [kept, setKept] = useState('');
  const store = async () => {
    const document = shared.value?.document;
    if (!document) return;
    setStatus(ways.stored.storing);
    try {
      // A link lets others read the network, but not change it.
      const { view: key, kept_days: days } = await postStored(document);
      const address = addressWith(`${view.value}&n=${key}`);
      setLink(address);
      setKept(days ? ways.stored.kept(days) : '');
      setStatus((await copied(address)) ? ways.stored.copied : ways.stored.stored);
    } catch (error) {
      const trouble = requestErrorOf(error);
      setStatus(ways.stored.failed(trouble.kind === 'refused' ? sayProblem(trouble.problem) : texts.problems.noServer));
    }
  };
  return (
    <section>
      <h3>{ways.stored.title}</h3>
      <p>{ways.stored.says}</p>
      <p class="row">
        <LinkButton onClick={() => void store()}>{ways.stored.store}</LinkButton>
      </p>
      <p class="said" aria-live="polite">
        <LocalizedText text={status} />
      </p>
      {link && (
        <p class="stored">
          <a href={link}>{link.slice(link.indexOf('#'))}</a>
        </p>
      )}
      <p class="said" aria-live="polite">
        <LocalizedText text={kept} />
      </p>
    </section>
  );
}

/** The address of this page with another fragment. */
const addressWith = (fragment: string): string => `${location.href.split('#')[0]}#${fragment}`;
