import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { postStored } from '../api/client';
import { deleteStored } from '../api/questions';
import { download, fileName, fileText } from '../documents/files';
import { type Packing, packing } from '../documents/link';
import { isPictured, pngOf, svgOfPicture } from '../picture/picture';
import { copied } from '../state/browser';
import { forgetStored, readStored, rememberStored, type StoredHere, storedHere } from '../state/database';
import { requestErrorOf, sayProblem } from '../state/requestError';
import { shared, way } from '../state/sharing';
import { asTable, network, trainingStep } from '../state/store';
import { openView, view } from '../state/view';
import { texts } from '../texts';
import { ways } from '../texts/ways';
import { LinkButton } from '../ui/buttons';
import { LocalizedText } from '../ui/notes';
import { ExportPart } from './ExportPart';

const words = texts.share.file;

/** A link, a file, a picture, or storage on the server. */
export function ShareMenu({ print }: { print: () => void }) {
  return (
    <div class="share">
      <h2>{texts.share.title}</h2>
      <LinkPart />
      <FilePart />
      <PicturePart print={print} />
      <ExportPart />
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
      <p class="row">
        <LinkButton title={ways.picture.printSays} onClick={print}>
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
      const { id, view: key, kept_days: days } = await postStored(document);
      if (id) rememberStored({ id, view: key ?? id, name: document.name ?? '', at: new Date().toISOString() });
      const address = addressWith(`${view.value}&n=${key}`);
      setLink(address);
      setKept(days ? ways.stored.kept(days) : '');
      setStatus((await copied(address)) ? ways.stored.copied : ways.stored.stored);
    } catch (error) {
      setStatus(ways.stored.failed(whyNot(error)));
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
      <StoredList />
    </section>
  );
}

/** The networks that were stored from this browser: they can be opened, and deleted for good. */
function StoredList() {
  const list = storedHere.value;
  const [asking, setAsking] = useState<string | null>(null);
  const [status, setStatus] = useState('');
  const place = useRef<HTMLDivElement>(null);
  // The button with the focus is replaced by others: the focus goes to one of these.
  const next = useRef<string | null>(null);
  useEffect(readStored, []);
  useLayoutEffect(() => {
    if (next.current === null) return;
    const found = place.current?.querySelector<HTMLElement>(`${next.current} button`);
    (found ?? place.current)?.focus();
    next.current = null;
  });
  const ask = (id: string | null, focus: string) => {
    next.current = focus;
    setAsking(id);
  };
  const remove = async ({ id, name }: StoredHere) => {
    try {
      await deleteStored(id);
    } catch (error) {
      const trouble = requestErrorOf(error);
      // One that the server has deleted by itself, or that was deleted elsewhere, is gone all the same.
      if (!(trouble.kind === 'refused' && trouble.problem.status === 404)) {
        return setStatus(ways.stored.notDeleted(whyNot(error)));
      }
    }
    const at = list.findIndex((one) => one.id === id);
    const neighbour = list[at + 1] ?? list[at - 1];
    setStatus(ways.stored.deleted(name || ways.picture.unnamed));
    ask(null, neighbour ? rowOf(neighbour) : '.none');
    forgetStored(id);
  };
  return (
    <div ref={place} class="stored-here" tabIndex={-1}>
      {list.length > 0 && <h4>{ways.stored.here}</h4>}
      {list.length > 0 && <p>{ways.stored.hereSays}</p>}
      <ul>
        {list.map((one) => {
          const name = one.name || ways.picture.unnamed;
          return (
            <li key={one.id} data-stored={one.id}>
              <a href={addressWith(`diagram&n=${one.view}`)}>{name}</a>
              <time dateTime={one.at}>{timeOf(one.at)}</time>
              {asking === one.id ? (
                <span class="row">
                  <span id="stored-sure">{ways.stored.sure}</span>
                  <LinkButton aria-describedby="stored-sure" onClick={() => ask(null, rowOf(one))}>
                    {ways.stored.keep}
                  </LinkButton>
                  <LinkButton onClick={() => void remove(one)}>{ways.stored.remove}</LinkButton>
                </span>
              ) : (
                <LinkButton aria-label={ways.stored.removeTitle(name)} onClick={() => ask(one.id, rowOf(one))}>
                  {ways.stored.remove}
                </LinkButton>
              )}
            </li>
          );
        })}
      </ul>
      <p class="said" aria-live="polite">
        <LocalizedText text={status} />
      </p>
    </div>
  );
}

const rowOf = ({ id }: StoredHere): string => `[data-stored="${id}"]`;

const timeOf = (at: string): string =>
  new Date(at).toLocaleString(texts.lang, { dateStyle: 'medium', timeStyle: 'short' });

/** The reason why the server did not do it. */
function whyNot(error: unknown): string {
  const trouble = requestErrorOf(error);
  return trouble.kind === 'refused' ? sayProblem(trouble.problem) : texts.problems.noServer;
}

/** The address of this page with another fragment. */
const addressWith = (fragment: string): string => `${location.href.split('#')[0]}#${fragment}`;
